package io.sealpost.dkim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The RFC's test data; mails with CRLF line ends whatever the files have. */
final class Vectors {
    private Vectors() {}

    static byte[] bytes(String file) throws IOException {
        return text(file).replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(String file) throws IOException {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
