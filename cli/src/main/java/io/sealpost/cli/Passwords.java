package io.sealpost.cli;

import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.mail.Secret;
import java.security.SecureRandom;
import java.util.Optional;

/** Where a main password comes from: a line of standard input, an answer on the terminal, or a generator. Never from an argument. */
final class Passwords {
    private static final String ALPHABET =
            "abcdefghjkmnpqrstuvwxyz23456789"; // No look-alikes: it may be typed from paper.
    private static final int GROUPS = 5;
    private static final int GROUP = 4;

    private Passwords() {}

    /** One line of standard input when it is no terminal; else asked for twice without echo. */
    static Secret read(Console console) {
        Optional<String> first = console.askHidden("Password: ");
        if (first.isEmpty()) {
            String line = console.readLine()
                    .orElseThrow(() ->
                            new Fault(Sysexits.NOINPUT, "no password came on standard input; --generate makes one"));
            return new Secret(line);
        }
        if (!console.askHidden("Again: ").equals(first)) {
            throw new Fault(Sysexits.DATAERR, "the two passwords differ; nothing was changed");
        }
        return new Secret(first.get());
    }

    /** Twenty characters of thirty-one: 99 bits. */
    static Secret generate() {
        SecureRandom random = new SecureRandom();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP; i++) {
            if (i > 0 && i % GROUP == 0) {
                text.append('-');
            }
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new Secret(text.toString());
    }
}
