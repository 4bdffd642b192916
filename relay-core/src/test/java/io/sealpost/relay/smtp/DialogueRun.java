package io.sealpost.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.relay.smtp.Dialogue.Row;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Holds one conversation of a dialogue file with a real listener. */
final class DialogueRun {
    private final ListenerFixture relay;
    private final Dialogue dialogue;
    private final StringBuilder soFar = new StringBuilder();

    DialogueRun(ListenerFixture relay, Dialogue dialogue) {
        this.relay = relay;
        this.dialogue = dialogue;
    }

    void hold() throws IOException {
        relay.submissions.clear();
        try (TestClient client = open()) {
            for (Row row : dialogue.rows()) {
                soFar.append(String.format("%4d %-60s | %s%n", row.number(), row.client(), row.server()));
                act(client, row.client());
                expect(client, row.server());
            }
        }
        List<String> wanted = dialogue.messages().stream()
                .map(DialogueText::expand)
                .map(DialogueText::bytes)
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .toList();
        assertThat(relay.submissions.contents()).as(dialogue.title()).isEqualTo(wanted);
    }

    private TestClient open() throws IOException {
        boolean implicit = dialogue.listener().equals("submissions");
        TestClient client = implicit
                ? TestClient.connectTls(relay.address(dialogue.listener()))
                : TestClient.connect(relay.address(dialogue.listener()));
        return switch (dialogue.start()) {
            case CONNECTED -> client;
            case SECURED -> client.secured();
            case LOGGED_IN -> client.loggedIn();
            case IN_DATA -> client.inData();
        };
    }

    private static void act(TestClient client, String cell) throws IOException {
        switch (cell) {
            case "" -> {}
            case "<TLS handshake>" -> client.handshake("TLSv1.3", "TLSv1.2");
            case "<closes>" -> client.close();
            default -> send(client, cell);
        }
    }

    private static void send(TestClient client, String cell) throws IOException {
        String bytewise = "<byte by byte> ";
        if (cell.startsWith(bytewise)) {
            for (byte b : DialogueText.sent(cell.substring(bytewise.length()))) {
                client.send(new byte[] {b});
            }
        } else {
            client.send(DialogueText.sent(cell));
        }
    }

    private void expect(TestClient client, String cell) throws IOException {
        if (cell.isEmpty()) {
            return;
        }
        if (cell.equals("closed")) {
            assertThat(client.isClosedByServer()).as("closed behind%n%s", soFar).isTrue();
        } else if (cell.equals("...")) {
            client.reply();
        } else {
            String line = line(client);
            assertThat(DialogueText.fits(cell, line))
                    .as("%s, in%n%s     got: %s", dialogue.title(), soFar, line)
                    .isTrue();
        }
    }

    private String line(TestClient client) throws IOException {
        try {
            return client.line();
        } catch (EOFException e) {
            return "(closed)";
        }
    }
}
