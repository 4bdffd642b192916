package io.sealpost.cli.foreign;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

/** What the clients send: complete mails with CRLF, so that no client has anything to add. */
enum Mails {
    PLAIN("text/plain; charset=us-ascii", "7bit", "Twelve boxes of paper, please.\r\n"),
    /** UTF-8, and bytes that are none. */
    EIGHT_BIT(
            "text/plain; charset=utf-8",
            "8bit",
            "Gr\u00c3\u00bc\u00c3\u009fe aus M\u00c3\u00bcnchen \u00fc\u00ff\u00a0\r\n"),
    /** Lines that a client must stuff (RFC 5321 §4.5.2), the first and the last among them. */
    DOTS("text/plain; charset=us-ascii", "7bit", ".\r\n..\r\n...\r\n.a\r\n\r\n.\r\n\r\nend\r\n.last\r\n"),
    ATTACHMENT("application/octet-stream", "base64", attachment());

    private final String type;
    private final String encoding;
    private final String body;

    Mails(String type, String encoding, String body) {
        this.type = type;
        this.encoding = encoding;
        this.body = body;
    }

    /** The bytes, with this From. */
    byte[] from(String sender) {
        String mail = "From: Anna <" + sender + ">\r\nTo: shop@sandbox.test\r\nSubject: An order\r\n"
                + "Date: Tue, 24 Nov 2026 12:00:00 +0000\r\nMessage-ID: <" + this + "@office.test>\r\n"
                + "MIME-Version: 1.0\r\nContent-Type: " + type + "\r\nContent-Transfer-Encoding: " + encoding
                + "\r\n\r\n" + body;
        return mail.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String attachment() {
        byte[] bytes = new byte[1024 * 1024];
        new Random(4).nextBytes(bytes);
        return Base64.getMimeEncoder().encodeToString(bytes) + "\r\n";
    }
}
