package io.sealpost.relay.smtp;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.sealpost.account.limit.SendingLimits;
import io.sealpost.mail.DataSize;
import io.sealpost.mail.MailDomain;
import io.sealpost.relay.smtp.tls.TestCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * What must hold of a session whatever its client sends, for Jazzer to break (profile {@code fuzz-session}): no exception, an end, whole
 * replies, memory given back, and no message where none was ended. Knows nothing of Jazzer, which finds the methods by their names; the
 * inputs that it kept are run again by {@link SessionFuzzTest}.
 */
public final class SessionFuzz {
    private static final DataSize MEMORY = new DataSize(1 << 20);
    private static final SmtpLimits LIMITS = new SmtpLimits(
            new SmtpLimits.Message(new DataSize(2000), 3),
            new SmtpLimits.Session(128, 256, 20, 3, 100),
            new SmtpLimits.Connections(10, 10, 10),
            new SmtpLimits.Bodies(MEMORY, new DataSize(1024)),
            SmtpTimeouts.DEFAULTS);
    private static final Pattern REPLY = Pattern.compile("[2-5][0-9]{2}[ -][\\x20-\\x7E]*\r\n");
    private static final Pattern LAST = Pattern.compile("LAST[ \t]*\r\n", Pattern.CASE_INSENSITIVE);
    private static final Pattern END = Pattern.compile("(?=\r\n\\.\r\n)"); // Two may share a line end.
    private static final Pattern BARE = Pattern.compile("\r(?!\n)|(?<!\r)\n|\0");

    private static final SmtpService SERVICE = service();

    private SessionFuzz() {}

    private static SmtpService service() {
        try {
            Path folder = Files.createTempDirectory("session-fuzz");
            folder.toFile().deleteOnExit();
            return new SmtpService(
                    MailDomain.parse("relay.example"),
                    LIMITS,
                    folder.resolve("spool"),
                    TestCertificate.ec().serve(folder),
                    new FakeAccounts(),
                    SendingLimits.NONE,
                    new RecordingSubmissions());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Before the first input. */
    public static void fuzzerInitialize() {
        ((Logger) LoggerFactory.getLogger("sealpost.smtpd")).setLevel(Level.OFF);
    }

    /** One input: throws when something does not hold. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        FuzzInput input = FuzzInput.of(bytes);
        RecordingSubmissions taken = new RecordingSubmissions();
        SmtpService service = new SmtpService(
                SERVICE.hostname(),
                LIMITS,
                SERVICE.spoolDirectory(),
                SERVICE.tls(),
                SERVICE.accounts(),
                SendingLimits.NONE,
                taken);
        BodyStore bodies = BodyStore.open(LIMITS.bodies(), SERVICE.spoolDirectory());
        ListenerSettings listener =
                new ListenerSettings("fuzzed", new InetSocketAddress(0), TlsMode.STARTTLS, input.rules());
        OpenSessions sessions = new OpenSessions(10);
        MemorySocket socket = new MemorySocket(input.sent(), input.readSize());
        run(
                new ListenerContext(listener, () -> service, sessions, bodies, new Verbs(), new AtomicBoolean()),
                socket,
                service);
        require(sessions.count() == 0, "the session is forgotten");
        require(bodies.memory().left() == MEMORY.bytes(), "the memory is given back");
        check(new String(input.sent(), StandardCharsets.ISO_8859_1), socket, taken.contents());
        taken.all().forEach(submission -> submission.content().release());
    }

    private static void run(ListenerContext context, MemorySocket socket, SmtpService service) throws IOException {
        ClientConnection connection = new ClientConnection(socket, LIMITS);
        SmtpSession session = new SmtpSession(connection, context, service);
        connection.serve(session);
        context.sessions().add(session);
        session.loggedIn(new SmtpSession.Login(FakeAccounts.ACCOUNT, "PLAIN"));
        for (String verb = session.nextVerb(); verb != null; verb = session.nextVerb()) {
            try {
                context.verbs().named(verb).run(session, session.argument());
            } catch (IOException e) {
                session.wireFailed(e); // The client has sent all that it had to say.
            }
        }
        session.resetTransaction();
        connection.close();
    }

    private static void check(String sent, MemorySocket socket, List<String> contents) {
        String replies = new String(socket.replies(), StandardCharsets.ISO_8859_1);
        require(REPLY.matcher(replies).replaceAll("").isEmpty(), "each reply is a whole line: " + replies);
        long ends = count(END, sent) + count(LAST, sent);
        require(contents.size() <= ends, contents.size() + " messages of " + ends + " ends");
        long said = count(Pattern.compile("250 2\\.0\\.0 Ok: queued"), replies);
        require(said == contents.size(), said + " said of " + contents.size() + " taken");
        for (String content : contents) {
            require(!BARE.matcher(content).find(), "no bare CR, LF or NUL");
            require(content.isEmpty() || content.endsWith("\r\n"), "a last line is whole");
            require(content.length() <= LIMITS.maxMessageSize().bytes(), "no more than the largest message");
        }
    }

    private static long count(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        long count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}
