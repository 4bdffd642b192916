package io.sealpost.relay.deliver;

/** Where in an attempt something was said or went wrong. */
public enum Stage {
    /** Before any connection: the route itself. */
    ROUTE("connect"),
    /** Opening the connection. */
    CONNECT("connect"),
    /** The 220 that opens the session. */
    GREETING("connect"),
    /** EHLO, or HELO after it. */
    EHLO("EHLO"),
    /** STARTTLS and the handshake. */
    STARTTLS("STARTTLS"),
    /** MAIL, and RSET before it. */
    MAIL("MAIL"),
    /** RCPT. */
    RCPT("RCPT"),
    /** DATA, and the content up to the final dot. */
    DATA("DATA"),
    /** From the final dot on. */
    END_OF_DATA("end of data");

    private final String command;

    Stage(String command) {
        this.command = command;
    }

    /** As {@link io.sealpost.mail.RemoteReply#command()} names it. */
    public String command() {
        return command;
    }

    /** Whether what is refused here is the session with the host, not the message. */
    boolean isBeforeMail() {
        return compareTo(MAIL) < 0;
    }
}
