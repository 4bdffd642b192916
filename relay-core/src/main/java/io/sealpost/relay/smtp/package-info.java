/**
 * Stop 1 of a message's way: the server side of SMTP, from the accepted socket to {@link io.sealpost.relay.intake.Submissions}.
 *
 * <p>SubEthaSMTP gives the accept loop, a session a connection and the command table; {@code ClientConnection} stands between it and
 * the wire, and every verb is a class of our own. SubEtha sees bare verbs only, never an argument, so that it cannot log a password.
 * Alone holds inbound sockets; knows nothing of SQL, DKIM or of who may send as whom.
 */
package io.sealpost.relay.smtp;
