package io.sealpost.relay.smtp;

import io.sealpost.account.AuthenticatedAccount;
import io.sealpost.relay.intake.ClientIdentity;
import io.sealpost.relay.smtp.CommandLine.Fit;
import io.sealpost.relay.smtp.CommandLine.Unfit;
import io.sealpost.relay.smtp.CommandLine.Why;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What the verbs of one connection share: the line that is being obeyed, who is there, the transaction, and how often the protocol
 * was broken. Belongs to the session's thread; {@link #connection}, {@link #login}, {@link #wakeWhenIdle} and {@link #withdrawLogin}
 * are for any.
 */
final class SmtpSession {
    /** What a login was granted for, and by which mechanism. */
    record Login(AuthenticatedAccount account, String mechanism) {
        /** A device, which said nothing; found anew for each mail, since its sender tells who it is. */
        static Login byNetwork(AuthenticatedAccount device) {
            return new Login(device, "");
        }

        boolean isByNetwork() {
            return mechanism.isEmpty();
        }
    }

    private final ClientConnection connection;
    private final ListenerContext context;
    private final SmtpService service;
    private SessionLog log;
    private CommandLine line = new Fit("");
    private String verb = "CONNECT";
    private Optional<String> helo = Optional.empty();
    private volatile Optional<Login> login = Optional.empty();
    private Optional<Transaction> transaction = Optional.empty();
    private Optional<Reply> failedChunks = Optional.empty();
    private int faults;
    private int loginFailures;
    private int mails;
    private final Queue<Runnable> ends = new ConcurrentLinkedQueue<>();
    private volatile boolean withdrawn;
    private volatile Doing doing = Doing.WORKS;

    /** {@code service}: as it was when the session began; what is set since counts for later ones. */
    SmtpSession(ClientConnection connection, ListenerContext context, SmtpService service) {
        this.connection = connection;
        this.context = context;
        this.service = service;
        this.log = new SessionLog(connection.getInetAddress());
    }

    ClientConnection connection() {
        return connection;
    }

    ListenerContext context() {
        return context;
    }

    SmtpService service() {
        return service;
    }

    SessionLog log() {
        return log;
    }

    /** Who is there, as the balancer in between says. */
    void connectedFrom(InetAddress client) {
        log = new SessionLog(client);
    }

    /** The verb of the client's next line, in capitals; {@link UnfitLineCommand#NAME} for a line without one; null at the end. */
    String nextVerb() {
        if (connection.hasEnded()) {
            return null;
        }
        try {
            readNextLine();
        } catch (SocketTimeoutException e) {
            sayFarewell();
        } catch (IOException e) {
            lost();
        } finally {
            doing = Doing.WORKS;
        }
        return connection.hasEnded() ? null : verb;
    }

    private void readNextLine() throws IOException {
        doing = transaction.isEmpty() ? Doing.WAITS_BETWEEN_MAILS : Doing.WAITS_WITHIN_A_MAIL;
        // Marked first, asked second: who wants it to end sees the mark, or we see what they want.
        if (withdrawn || (transaction.isEmpty() && context.isDraining())) {
            sayFarewell();
            return;
        }
        line = connection.readLine();
        String name = line instanceof Fit fit ? Arguments.verbOf(fit.text()) : UnfitLineCommand.NAME;
        if (line instanceof Fit fit
                && fit.text().length() > service().limits().session().commandLine() - 2
                && !name.equals(AuthCommand.NAME)) {
            line = new Unfit(Why.TOO_LONG);
        }
        verb = line instanceof Fit && context.verbs().knows(name) ? name : UnfitLineCommand.NAME;
    }

    /** The line that the running verb stands in. */
    CommandLine line() {
        return line;
    }

    /** What stands behind the verb, without the blanks around it. */
    String argument() {
        return line instanceof Fit fit ? Arguments.behindVerb(fit.text()) : "";
    }

    /** A further line of a dialogue within a command (AUTH). */
    CommandLine readContinuation() throws IOException {
        return connection.readLine();
    }

    void reply(Reply reply) throws IOException {
        if (reply.isProtocolFault() && ++faults > service().limits().session().faults()) {
            hangUp(Reply.of(421, "4.7.0", service().hostname() + " Too many errors; closing"));
        } else {
            connection.write(reply.onWire());
        }
    }

    /** A refusal that the operator may be asked about. */
    void refuse(Reply reply) throws IOException {
        log.rejected(verb, reply, helo.orElse(""));
        reply(reply);
    }

    /** The last reply: the connection is closed behind it, and nothing that was read is obeyed any more. */
    void hangUp(Reply reply) throws IOException {
        connection.write(reply.onWire());
        connection.hangUp();
    }

    private void sayFarewell() {
        try {
            if (withdrawn) {
                log.loginWithdrawn(login.map(Login::account));
                hangUp(Reply.of(421, "4.7.0", service().hostname() + " This login is not valid any more; closing"));
            } else if (context.isDraining()) {
                hangUp(Reply.of(421, "4.3.2", service().hostname() + " Shutting down; try again in a minute"));
            } else {
                log.timedOut(verb);
                hangUp(Reply.of(421, "4.4.2", service().hostname() + " Timeout; closing"));
            }
        } catch (IOException e) {
            lost();
        }
    }

    /** The wire failed while a verb was using it. */
    void wireFailed(IOException cause) {
        if (cause instanceof SocketTimeoutException) {
            sayFarewell();
        } else {
            lost();
        }
    }

    private void lost() {
        log.lost(verb);
        connection.end();
    }

    Optional<String> helo() {
        return helo;
    }

    /** A greeting ends a transaction (RFC 5321 §4.1.4). */
    void greeted(String name) {
        helo = Optional.of(name);
        resetTransaction();
    }

    /** Whether a password may be sent now: inside TLS, or where the listener takes clear text (RFC 8314 §3.2 forbids it elsewhere). */
    boolean mayLogIn() {
        return connection.isSecure() || context.listener().takesClearText();
    }

    Optional<Login> login() {
        return login;
    }

    void loggedIn(Login granted) {
        login = Optional.of(granted);
    }

    void forgetLogin() {
        login = Optional.empty();
    }

    /**
     * The login counts no more: the session ends with its next step, at once where it waits for a command. Data that is arriving is
     * heard to its end, where it is refused.
     */
    void withdrawLogin() {
        withdrawn = true;
        if (doing != Doing.WORKS) {
            connection.raw().wake();
        }
    }

    /** Counts a refused login; whether it was the last that this session may try. */
    boolean loginFailed() {
        return ++loginFailures >= service().limits().session().loginFailures();
    }

    Optional<Transaction> transaction() {
        return transaction;
    }

    void begin(Transaction begun) {
        resetTransaction();
        transaction = Optional.of(begun);
        mails++;
    }

    /** Whether this session has had all the mails that one may have. */
    boolean hasHadItsMails() {
        return mails >= service().limits().session().mails();
    }

    void resetTransaction() {
        transaction.ifPresent(Transaction::close);
        transaction = Optional.empty();
        failedChunks = Optional.empty();
    }

    /** Ends the transaction at a chunk that failed; those behind it hear the same until LAST or the next transaction. */
    void failChunks(Reply reply) {
        resetTransaction();
        failedChunks = Optional.of(reply);
    }

    Optional<Reply> failedChunks() {
        return failedChunks;
    }

    /** Ends the transaction; whoever has it closes it. */
    Transaction takeTransaction() {
        Transaction taken = transaction.orElseThrow();
        transaction = Optional.empty();
        return taken;
    }

    /** A message went through: a session that works is not ended for faults of long ago. */
    void forgetFaults() {
        faults = 0;
    }

    /** TLS within the time for it; what the client said in clear counts no more (RFC 3207 §4.2). */
    boolean startTls() {
        try {
            connection.startTls(service().tls(), context.listener().tlsKind());
        } catch (IOException | RuntimeException e) {
            log.tlsFailed(e);
            connection.abort();
            connection.end();
            return false;
        }
        connection.tlsDescription().ifPresent(log::tlsEstablished);
        helo = Optional.empty();
        login = Optional.empty();
        resetTransaction();
        return true;
    }

    /** For the Received field; TLS was needed, and a login but of a device, whatever the greeting (RFC 3848). */
    ClientIdentity identity() {
        return new ClientIdentity(
                connection.getInetAddress(),
                helo.orElse(""),
                protocol(),
                connection.tlsDescription(),
                context.listener().name());
    }

    private String protocol() {
        boolean device = login.filter(Login::isByNetwork).isPresent();
        return "ESMTP" + (connection.isSecure() ? "S" : "") + (device ? "" : "A");
    }

    /** Ends the waiting for a command when no transaction is open. */
    void wakeWhenIdle() {
        if (doing == Doing.WAITS_BETWEEN_MAILS) {
            connection.raw().wake();
        }
    }

    /** What else is to be done, once, when the connection is closed. */
    void atTheEnd(Runnable work) {
        ends.add(work);
    }

    /** Called once, by the connection. */
    void closed() {
        resetTransaction();
        log.disconnected();
        for (Runnable end = ends.poll(); end != null; end = ends.poll()) {
            end.run();
        }
        context.sessions().remove(this);
    }
}
