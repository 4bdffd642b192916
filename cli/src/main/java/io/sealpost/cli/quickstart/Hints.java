package io.sealpost.cli.quickstart;

import io.sealpost.cli.console.Console;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.Secret;
import java.nio.file.Path;

/** Lines to copy while the quickstart stays up. */
final class Hints {
    private Hints() {}

    static void print(Console console, EmailAddress account, Secret appPassword, Path settings) {
        String user = account + ":" + appPassword.reveal();
        console.print("");
        console.print("It stays up until Ctrl-C. Try it yourself (the certificate is self-signed):");
        console.print("");
        console.print("  swaks --server 127.0.0.1:2587 --tls --auth PLAIN --auth-user " + account + " --auth-password "
                + appPassword.reveal() + " --from " + account + " --to bert@sandbox.test");
        console.print(
                "  printf 'From: " + account + "\\r\\nTo: bert@sandbox.test\\r\\nSubject: Hi\\r\\n\\r\\nHi\\r\\n' |"
                        + " curl -k --url smtps://127.0.0.1:2465 --user '" + user + "' --mail-from " + account
                        + " --mail-rcpt bert@sandbox.test -T -");
        console.print("  openssl s_client -connect 127.0.0.1:2587 -starttls smtp -crlf");
        console.print("  ./sealpost queue list --config " + settings);
        console.print("");
        console.print("Mail program: server 127.0.0.1, port 2587 STARTTLS or 2465 TLS, user " + account + ", password "
                + appPassword.reveal());
        console.print(
                "Recipients: @sandbox.test arrives, @down.test is deferred, @nomail.test bounces (see the zone file).");
    }
}
