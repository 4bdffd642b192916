package io.sealpost.cli.wiring;

import io.sealpost.account.brake.BrakeReason;
import io.sealpost.account.brake.BrakeSettings.Mode;
import io.sealpost.account.brake.BrakeStore;
import io.sealpost.account.brake.Owner;
import io.sealpost.account.brake.Suspect;
import io.sealpost.account.limit.Bound;
import io.sealpost.account.limit.NearLimit;
import io.sealpost.account.limit.Scope;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.QueueIntake;
import io.sealpost.relay.bounce.Letter;
import io.sealpost.relay.bounce.Letters;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells owners and the operator, by mail that is of no account: no brake and no limit holds it. Thread-safe. */
final class OwnerLetters {
    private static final Logger LOG = LoggerFactory.getLogger(OwnerLetters.class);

    private final Letters letters;
    private final QueueIntake queue;
    private final BrakeStore accounts;
    private volatile Optional<EmailAddress> operator;

    /** {@code operator}: whom to tell beside owners; empty: the postmaster of the bounce domain. */
    OwnerLetters(Letters letters, QueueIntake queue, BrakeStore accounts, RelaySettings settings) {
        this.letters = letters;
        this.queue = queue;
        this.accounts = accounts;
        this.operator = settings.settings().limits().operator();
    }

    void use(RelaySettings settings) {
        letters.use(settings.notices());
        operator = settings.settings().limits().operator();
    }

    /** Four fifths are used; of a domain or a tenant the log alone hears. */
    void near(NearLimit near) {
        Bound bound = near.bound();
        String what = bound.meter().metric().word();
        LOG.warn(
                "{} has used four fifths of a limit: {} {} of {}",
                near.account().address(),
                bound.rate(),
                what,
                bound.meter().scope().stored());
        if (bound.meter().scope() == Scope.ACCOUNT || bound.meter().scope() == Scope.APP_PASSWORD) {
            accounts.owner(near.account().account()).ifPresent(owner -> limit(owner, bound));
        }
    }

    private void limit(Owner owner, Bound bound) {
        Map<String, Letter.Phrase> words = Map.of(
                "what", new Letter.Phrase(bound.meter().metric().word(), List.of()),
                "window", new Letter.Phrase("window." + bound.meter().window().toSeconds(), List.of()));
        send(toOwner("limit", owner, Map.of("most", Long.toString(bound.most())), words));
    }

    /** It looks taken over: owner and operator are told. */
    void suspect(Suspect suspect) {
        BrakeReason reason = suspect.reason();
        LOG.warn(
                "{} looks taken over: {}; limits.brake={}",
                suspect.owner().address(),
                reason.sentence(),
                mode(suspect));
        Map<String, Letter.Phrase> words = Map.of(
                "reason",
                new Letter.Phrase(
                        "reason." + reason.kind().name().toLowerCase(Locale.ROOT),
                        List.of(reason.seen(), reason.usual())));
        String name = suspect.mode() == Mode.HOLD ? "braked" : "suspicious";
        send(toOwner(name, suspect.owner(), Map.of(), words));
        send(new Letter(
                "operator",
                operator.orElseGet(letters::postmaster),
                accounts.operatorLanguage(),
                Map.of("account", shown(suspect.owner()), "mode", mode(suspect)),
                words));
    }

    private static Letter toOwner(
            String letter, Owner owner, Map<String, String> more, Map<String, Letter.Phrase> words) {
        Map<String, String> values = new HashMap<>(more);
        values.put("account", shown(owner));
        values.put("name", owner.name().orElseGet(() -> shown(owner)));
        return new Letter(letter, owner.address(), owner.language(), values, words);
    }

    private static String mode(Suspect suspect) {
        return suspect.mode().name().toLowerCase(Locale.ROOT);
    }

    private static String shown(Owner owner) {
        return ForeignText.escape(owner.address().toString());
    }

    private void send(Letter letter) {
        NewMessage message = letters.write(letter);
        queue.enqueue(message);
        LOG.info("{}: letter \"{}\" to {}", message.envelope().id(), letter.name(), letter.to());
    }
}
