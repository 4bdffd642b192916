package io.sealpost.dkim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Test data from the class path, one character a byte; mails with CRLF line ends whatever the files have. */
final class Vectors {
    private Vectors() {}

    /** The DNS of the RFCs' examples. */
    static KeyRecords records() throws IOException {
        Map<String, List<String>> zone = text("keys.tsv")
                .lines()
                .map(line -> line.split("\t"))
                .collect(Collectors.toMap(cells -> cells[0], cells -> List.of(cells[1])));
        return name -> new KeyRecords.Answer.Records(zone.getOrDefault(name, List.of()));
    }

    static byte[] bytes(String file) throws IOException {
        return TestSigner.bytes(withCrlf(text(file)));
    }

    static String text(String file) throws IOException {
        return resource("/vectors/" + file);
    }

    static String resource(String path) throws IOException {
        try (InputStream in = Vectors.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    static String withCrlf(String text) {
        return text.replace("\r\n", "\n").replace("\n", "\r\n");
    }
}
