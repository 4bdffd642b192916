package io.sealpost.relay.smtp;

import java.util.List;

/**
 * One conversation of a dialogue file.
 *
 * @param title what it shows
 * @param listener whose port it is held on
 * @param start how far the client has come before the first row
 * @param rows what is said, in turn
 * @param messages the contents that are taken, in order
 */
record Dialogue(String title, String listener, Start start, List<Row> rows, List<String> messages) {
    /** Where a conversation begins. */
    enum Start {
        /** Connected, with the greeting still to be read. */
        CONNECTED,
        /** Inside TLS, behind EHLO. */
        SECURED,
        /** Inside TLS and logged in. */
        LOGGED_IN,
        /** Logged in, with a sender and a recipient, behind 354. */
        IN_DATA
    }

    /**
     * One row of the file.
     *
     * @param number of the line in the file
     * @param client what the client does; empty: it waits
     * @param server what is expected of the server; empty: nothing is read yet
     */
    record Row(int number, String client, String server) {}
}
