package io.sealpost.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder that received mail is written to: {@code <n>-<safe id>.eml} with the bytes as they came, and a line of JSON in
 * {@code received.jsonl}. Safe for threads. The numbers go on where an earlier run ended.
 */
final class ReceivedFolder {
    private static final Pattern NUMBERED = Pattern.compile("(\\d{1,9})-.*\\.eml");
    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^message-id:\\s*<?([^>\\r\\n]*)");
    private static final int HEADER_LOOKED_AT = 16 * 1024;
    private static final int MAX_ID = 80;

    private final ObjectMapper json = new ObjectMapper();
    private final Path folder;
    private int last;

    /** Makes the folder where it is missing; throws IOException when it cannot be made or read. */
    ReceivedFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            this.last = files.map(file -> NUMBERED.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
                    .max()
                    .orElse(0);
        }
    }

    /** Writes one message and its line. The file appears whole or not at all, and before its line does. */
    synchronized ReceivedMail write(
            Instant at, ReceivedMail.Connection connection, String mailFrom, List<String> rcptTo, byte[] bytes)
            throws IOException {
        last++;
        Path file = folder.resolve(last + "-" + safeId(bytes) + ".eml");
        Path part = folder.resolve("." + last + ".part");
        Files.write(part, bytes);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        ReceivedMail mail = new ReceivedMail(at, connection, mailFrom, rcptTo, file, bytes.length);
        Files.writeString(
                folder.resolve("received.jsonl"),
                line(mail) + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return mail;
    }

    private String line(ReceivedMail mail) throws IOException {
        ReceivedMail.Connection connection = mail.connection();
        ObjectNode line = json.createObjectNode();
        line.put("when", mail.at().toString());
        line.put("peer", shown(connection.peer()));
        line.put("local", shown(connection.local()));
        line.put("helo", connection.helo());
        line.put("mail_from", mail.mailFrom());
        mail.rcptTo().forEach(line.putArray("rcpt_to")::add);
        line.put("tls", connection.tls().map(ReceivedMail.Tls::version).orElse(null));
        line.put("cipher", connection.tls().map(ReceivedMail.Tls::cipher).orElse(null));
        line.put("size", mail.size());
        line.put("file", mail.file().getFileName().toString());
        return json.writeValueAsString(line);
    }

    private static String shown(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static String safeId(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, HEADER_LOOKED_AT), StandardCharsets.ISO_8859_1);
        int headerEnd = head.indexOf("\r\n\r\n");
        Matcher matcher = MESSAGE_ID.matcher(headerEnd < 0 ? head : head.substring(0, headerEnd + 2));
        String id = matcher.find() ? matcher.group(1).strip().replaceAll("[^A-Za-z0-9@._+-]", "_") : "";
        return id.isEmpty() ? "no-id" : id.substring(0, Math.min(id.length(), MAX_ID));
    }
}
