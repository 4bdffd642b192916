package io.sealpost.relay.smtp;

import io.sealpost.relay.smtp.Dialogue.Row;
import io.sealpost.relay.smtp.Dialogue.Start;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads a file of conversations, the client on the left, the server on the right of each row; README.md beside the files tells the
 * rules.
 */
final class DialogueFile {
    private static final String SEPARATOR = " | ";

    private final String name;
    private final List<Dialogue> dialogues = new ArrayList<>();
    private String title = "";
    private String listener = "submission";
    private Start start = Start.CONNECTED;
    private List<Row> rows = new ArrayList<>();
    private List<String> messages = new ArrayList<>();

    private DialogueFile(String name) {
        this.name = name;
    }

    static List<Dialogue> read(String name) {
        DialogueFile file = new DialogueFile(name);
        List<String> lines = lines(name);
        for (int i = 0; i < lines.size(); i++) {
            file.take(i + 1, lines.get(i));
        }
        file.finish();
        return file.dialogues;
    }

    private static List<String> lines(String name) {
        try (InputStream in = DialogueFile.class.getResourceAsStream("dialogues/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void take(int number, String line) {
        if (line.startsWith("== ")) {
            finish();
            title = line.substring(3);
        } else if (line.startsWith("on ")) {
            String[] words = line.substring(3).split(", ");
            listener = words[0];
            start = Start.valueOf(words[1].toUpperCase(Locale.ROOT).replace(' ', '_'));
        } else if (line.startsWith("> ")) {
            messages.add(line.substring(2));
        } else if (!line.isBlank() && !line.startsWith("#")) {
            rows.add(row(number, line));
        }
    }

    private Row row(int number, String line) {
        int at = line.lastIndexOf(SEPARATOR);
        if (at < 0 && line.endsWith(" |")) {
            return new Row(number, line.substring(0, line.length() - 2).stripTrailing(), "");
        }
        if (at < 0) {
            throw new IllegalStateException(name + ":" + number + " has no column: " + line);
        }
        return new Row(
                number,
                line.substring(0, at).stripTrailing(),
                line.substring(at + SEPARATOR.length()).strip());
    }

    private void finish() {
        if (!rows.isEmpty()) {
            dialogues.add(new Dialogue(title, listener, start, rows, messages));
        }
        rows = new ArrayList<>();
        messages = new ArrayList<>();
        listener = "submission";
        start = Start.CONNECTED;
    }
}
