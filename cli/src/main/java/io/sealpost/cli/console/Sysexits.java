package io.sealpost.cli.console;

/** The exit codes that scripts and mail programs know from sysexits.h. */
public final class Sysexits {
    /** All went well. */
    public static final int OK = 0;
    /** The command line is wrong. */
    public static final int USAGE = 64;
    /** What was handed over is wrong: a name, a key, a password. */
    public static final int DATAERR = 65;
    /** A file or a thing that was named does not exist. */
    public static final int NOINPUT = 66;
    /** Something that is needed is not there. */
    public static final int UNAVAILABLE = 69;
    /** A bug of ours. */
    public static final int SOFTWARE = 70;
    /** A file cannot be made. */
    public static final int CANTCREAT = 73;
    /** Reading or writing failed: the disk is full, above all. */
    public static final int IOERR = 74;
    /** Try again later: the database is away, a record is not seen yet. */
    public static final int TEMPFAIL = 75;
    /** Rights are missing. */
    public static final int NOPERM = 77;
    /** The settings, the master key or the schema are wrong. */
    public static final int CONFIG = 78;

    private Sysexits() {}
}
