package io.sealpost.database.backup;

/** Why a backup cannot be taken or put back, in one plain sentence. */
public final class BackupProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Whose fault it is. */
    public enum Kind {
        /** The file is no backup, cut short or altered. */
        DAMAGED,
        /** There is a file of that name, or it cannot be made. */
        CANNOT_CREATE,
        /** The disk is full, or reading or writing failed. */
        DISK,
        /** The backup, or the database, does not fit this release or this moment; the settings must change. */
        UNFIT,
        /** It may go well another time. */
        TRY_AGAIN
    }

    BackupProblem(Kind kind, String sentence, Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
    }

    BackupProblem(Kind kind, String sentence) {
        this(kind, sentence, null);
    }

    /** What is to be done depends on it. */
    public Kind kind() {
        return kind;
    }
}
