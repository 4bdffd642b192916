package io.sealpost.relay.smtp;

import io.sealpost.mail.Secret;
import io.sealpost.relay.smtp.SaslResult.Answered;
import io.sealpost.relay.smtp.SaslResult.Credentials;
import io.sealpost.relay.smtp.SaslResult.ForeignIdentity;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** The mechanisms of AUTH. */
enum SaslMechanism {
    /** RFC 4616: {@code [authzid] NUL authcid NUL passwd}. */
    PLAIN {
        @Override
        SaslResult run(SaslDialogue dialogue, Optional<String> initial) throws IOException {
            Optional<byte[]> message = initial.isPresent() ? dialogue.decode(initial.get()) : dialogue.ask("");
            return message.isEmpty() ? new Answered() : credentials(dialogue, message.get());
        }

        private SaslResult credentials(SaslDialogue dialogue, byte[] message) throws IOException {
            String[] parts = SaslDialogue.text(message).split("\0", -1);
            Arrays.fill(message, (byte) 0);
            if (parts.length != 3) {
                return dialogue.malformed();
            }
            boolean own = parts[0].isEmpty() || parts[0].equalsIgnoreCase(parts[1]);
            return own ? new Credentials(parts[1], new Secret(parts[2])) : new ForeignIdentity(parts[1]);
        }
    },

    /** The draft's LOGIN, which old devices know alone: name and password asked for one after the other. */
    LOGIN {
        @Override
        SaslResult run(SaslDialogue dialogue, Optional<String> initial) throws IOException {
            Optional<byte[]> name = initial.isPresent() ? dialogue.decode(initial.get()) : dialogue.ask("Username:");
            Optional<byte[]> password = name.isEmpty() ? Optional.empty() : dialogue.ask("Password:");
            if (password.isEmpty()) {
                return new Answered();
            }
            Secret secret = new Secret(SaslDialogue.text(password.get()));
            Arrays.fill(password.get(), (byte) 0);
            return new Credentials(SaslDialogue.text(name.get()), secret);
        }
    };

    /** Runs the exchange; {@code initial} is the initial response as it stands in the line, {@code =} for an empty one. */
    abstract SaslResult run(SaslDialogue dialogue, Optional<String> initial) throws IOException;

    /** By its name in any case; empty for one that is not offered. */
    static Optional<SaslMechanism> named(String name) {
        return Arrays.stream(values())
                .filter(m -> m.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
