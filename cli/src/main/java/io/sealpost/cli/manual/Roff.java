package io.sealpost.cli.manual;

/** Text for roff: nothing in it is taken for a request or an escape, and what is not ASCII is named by its number. */
final class Roff {
    private Roff() {}

    /** One line of text. */
    static String text(String plain) {
        StringBuilder roff = new StringBuilder();
        if (plain.startsWith(".") || plain.startsWith("'")) {
            roff.append("\\&"); // A control character at the beginning of a line.
        }
        plain.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> roff.append("\\e");
                case '-' -> roff.append("\\-"); // A minus that can be copied, not a hyphen.
                case '"' -> roff.append("\\(dq");
                case '\'' -> roff.append("\\(aq");
                case '~' -> roff.append("\\(ti");
                case '^' -> roff.append("\\(ha");
                default -> {
                    if (c < 0x7F) {
                        roff.append((char) c);
                    } else {
                        roff.append("\\[u%04X]".formatted(c));
                    }
                }
            }
        });
        return roff.toString();
    }
}
