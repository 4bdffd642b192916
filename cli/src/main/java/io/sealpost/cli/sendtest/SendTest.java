package io.sealpost.cli.sendtest;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Story;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.DirectSending;
import io.sealpost.database.TimeOrderedIds;
import io.sealpost.dkim.RawMessage;
import io.sealpost.dkim.Verdict;
import io.sealpost.keys.ActiveKey;
import io.sealpost.keys.HeldDomain;
import io.sealpost.keys.KeyLookup;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.Content;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.Recipient;
import io.sealpost.queue.SignedPrefix;
import io.sealpost.relay.deliver.Transmission;
import io.sealpost.relay.intake.TraceField;
import io.sealpost.relay.route.Route;
import io.sealpost.relay.signing.SigningOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sends one mail, step by step. Used once; not thread-safe. */
public final class SendTest {
    private final DirectSending sending;
    private final MailDomain hostname;
    private final Story story;
    private final QueueId id;

    /** {@code hostname}: our name in Received. */
    public SendTest(DirectSending sending, MailDomain hostname, Story story) {
        this.sending = sending;
        this.hostname = hostname;
        this.story = story;
        this.id = new QueueId(new TimeOrderedIds(sending.clock(), 0).next()); // Stored nowhere: it meets no other.
    }

    /** The message as it goes out. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared; lives for one run.
    private record Signed(SignedPrefix prefix, byte[] content) {
        byte[] whole() {
            byte[] whole = Arrays.copyOf(prefix.bytes(), prefix.bytes().length + content.length);
            System.arraycopy(content, 0, whole, prefix.bytes().length, content.length);
            return whole;
        }
    }

    /**
     * Runs all steps.
     *
     * @return one end a recipient, in their order
     * @throws Fault when the mail cannot be signed, or its signatures do not hold: nothing was sent then
     */
    public List<Delivered> run(TestMail mail) throws Exception {
        HeldDomain domain = held(mail.from().domain());
        story.step(() -> keys(domain), SendTest::toldKeys);
        Signed signed = story.step(
                () -> sign(mail, domain), made -> "composed and signed: " + made.whole().length + " bytes, id " + id);
        story.step(
                () -> verify(signed),
                verdicts -> verdicts.stream()
                        .map(verdict -> verdict.key().orElseThrow() + " holds")
                        .collect(Collectors.joining(", ", "verified against the DNS: ", "")));
        List<Delivered> ends = new ArrayList<>();
        for (Map.Entry<MailDomain, List<Recipient>> site : byDomain(mail).entrySet()) {
            ends.addAll(deliver(mail, signed, site.getKey(), site.getValue()));
        }
        return ends;
    }

    private HeldDomain held(MailDomain name) {
        return sending.domain(name)
                .orElseThrow(() -> new Fault(
                        Sysexits.DATAERR,
                        "nobody here holds the domain " + name
                                + ", so nothing is signed for it; add it: sealpost domain add " + name));
    }

    private List<ActiveKey> keys(HeldDomain domain) {
        KeyLookup lookup = sending.keysOf(domain);
        if (lookup instanceof KeyLookup.NoActiveKey none) {
            throw new Fault(Sysexits.UNAVAILABLE, new SigningOutcome.NoKey(domain.name(), none.cause()).sentence());
        }
        return ((KeyLookup.ActiveKeys) lookup).keys();
    }

    private static String toldKeys(List<ActiveKey> keys) {
        return keys.stream()
                .map(key -> key.selector() + " (" + key.algorithm().tag() + ")")
                .collect(Collectors.joining(" and ", "keys of " + keys.get(0).domain() + ": ", ""));
    }

    private Signed sign(TestMail mail, HeldDomain domain) throws Exception {
        Instant now = sending.clock().instant();
        byte[] content = mail.bytes(hostname, id + "@" + hostname, now);
        SigningOutcome outcome = sending.signing()
                .sign(domain.tenant(), domain.name(), TraceField.local(hostname, id, now), Content.of(content));
        if (outcome instanceof SigningOutcome.Signed signed) {
            return new Signed(signed.prefix(), content);
        }
        throw new Fault(Sysexits.UNAVAILABLE, ((SigningOutcome.Unsigned) outcome).sentence());
    }

    private List<Verdict> verify(Signed signed) throws Exception {
        List<Verdict> verdicts = sending.verifier()
                .verify(RawMessage.of(signed.whole()), sending.clock().instant());
        Optional<Verdict> failed =
                verdicts.stream().filter(verdict -> !verdict.passed()).findFirst();
        if (failed.isPresent() || verdicts.size() != signed.prefix().keyIds().size()) {
            throw unverified(failed, signed);
        }
        return verdicts;
    }

    private Fault unverified(Optional<Verdict> failed, Signed signed) {
        String which = failed.flatMap(Verdict::key).map(Object::toString).orElse("a signature");
        boolean unavailable = failed.map(Verdict::kind).orElse(Verdict.Kind.NO_KEY) == Verdict.Kind.KEY_UNAVAILABLE;
        String why = failed.map(
                        verdict -> verdict.detail().isEmpty() ? verdict.kind().word() : verdict.detail())
                .orElse("there are not " + signed.prefix().keyIds().size() + " signatures");
        return new Fault(
                unavailable ? Sysexits.TEMPFAIL : Sysexits.UNAVAILABLE,
                which + " does not hold: " + why
                        + ". Nothing was sent; \"sealpost doctor DOMAIN\" says more about the domain's records");
    }

    private static Map<MailDomain, List<Recipient>> byDomain(TestMail mail) {
        return mail.to().stream()
                .collect(Collectors.groupingBy(
                        address -> address.domain(),
                        LinkedHashMap::new,
                        Collectors.mapping(Recipient::of, Collectors.toList())));
    }

    private List<Delivered> deliver(TestMail mail, Signed signed, MailDomain domain, List<Recipient> recipients)
            throws Exception {
        Route route = story.step(() -> sending.router().route(domain), way -> told(domain, way, recipients));
        if (!(route instanceof Route.Hosts hosts)) {
            return unrouted(recipients, route);
        }
        Transmission transmission = new Transmission(
                id,
                Optional.of(mail.from()),
                MailOptions.NONE,
                recipients,
                signed.prefix(),
                Content.of(signed.content()));
        return story.step(
                () -> sending.delivery().attempt(transmission, hosts, () -> true).stream()
                        .map(Delivered::of)
                        .toList(),
                SendTest::told);
    }

    private static List<Delivered> unrouted(List<Recipient> recipients, Route route) {
        return recipients.stream()
                .map(recipient -> route instanceof Route.NotNow notNow
                        ? Delivered.unrouted(recipient.address(), Delivered.End.TEMPORARY, notNow.reply())
                        : Delivered.unrouted(
                                recipient.address(), Delivered.End.REFUSED, ((Route.Unroutable) route).reply()))
                .toList();
    }

    private static String told(MailDomain domain, Route route, List<Recipient> recipients) {
        if (!(route instanceof Route.Hosts hosts)) {
            return told(unrouted(recipients, route));
        }
        return hosts.hosts().stream()
                .map(host -> host.name() + " "
                        + host.addresses().stream()
                                .map(address -> address.getAddress().getHostAddress())
                                .toList())
                .collect(Collectors.joining(", ", "mail for " + domain + " goes to ", ""));
    }

    private static String told(List<Delivered> ends) {
        return ends.stream().map(Delivered::sentence).collect(Collectors.joining("\n           "));
    }
}
