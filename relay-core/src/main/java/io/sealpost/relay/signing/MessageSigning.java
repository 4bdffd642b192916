package io.sealpost.relay.signing;

import io.sealpost.dkim.BodySource;
import io.sealpost.dkim.DkimSigner;
import io.sealpost.dkim.RawMessage;
import io.sealpost.dkim.SigningAlgorithm;
import io.sealpost.dkim.SigningIdentity;
import io.sealpost.dkim.SigningOptions;
import io.sealpost.dkim.SigningResult;
import io.sealpost.dkim.Verdict;
import io.sealpost.keys.ActiveKey;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.KeyLookup;
import io.sealpost.keys.Keys;
import io.sealpost.mail.MailDomain;
import io.sealpost.queue.Content;
import io.sealpost.queue.MessageEnvelope;
import io.sealpost.queue.MessageKind;
import io.sealpost.queue.Origin;
import io.sealpost.queue.SignedPrefix;
import io.sealpost.relay.authorise.FromHeader;
import io.sealpost.relay.authorise.HeaderField;
import io.sealpost.relay.authorise.MessageHeader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the prefix of a message: a DKIM field for each active key of its From's domain, then the trace field. Thread-safe. */
public final class MessageSigning {
    /** Above what intake takes: what is stored was read once already. */
    private static final int HEADER_LIMIT = 32 << 20;

    private final Keys keys;
    private final DkimSigner signer;
    private final Function<MailDomain, SigningOptions> options;
    private final Optional<SignatureProof> proof;
    private final Clock clock;

    /** The same options for every signature, which nobody verifies here; the clock gives {@code t=}. */
    public MessageSigning(Keys keys, DkimSigner signer, SigningOptions options, Clock clock) {
        this(keys, signer, domain -> options, Optional.empty(), clock);
    }

    /**
     * Signs as each domain wants it.
     *
     * @param options those of the domain that a key belongs to ({@code d=})
     * @param proof verifies what was signed; empty: nobody does
     * @param clock gives {@code t=}
     */
    public MessageSigning(
            Keys keys,
            DkimSigner signer,
            Function<MailDomain, SigningOptions> options,
            Optional<SignatureProof> proof,
            Clock clock) {
        this.keys = keys;
        this.signer = signer;
        this.options = options;
        this.proof = proof;
        this.clock = clock;
    }

    /**
     * The domains ({@code d=}) that sign mail from this one now: itself, and the one above whose keys sign for it.
     *
     * @throws io.sealpost.database.StoreUnavailable when nobody can tell now which keys sign
     */
    public Set<MailDomain> signers(long tenant, MailDomain domain) {
        Stream<MailDomain> ofKeys = keys.activeFor(tenant, domain) instanceof KeyLookup.ActiveKeys active
                ? active.keys().stream().map(ActiveKey::domain)
                : Stream.empty();
        return Stream.concat(Stream.of(domain), ofKeys).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Signs content that gets this trace field.
     *
     * @param tenant whose keys
     * @param domain that of From, for {@code d=}
     * @param trace our Received field, whole
     * @throws io.sealpost.database.StoreUnavailable when nobody can tell now which keys sign
     * @throws IOException when the content cannot be read
     */
    public SigningOutcome sign(long tenant, MailDomain domain, byte[] trace, Content content) throws IOException {
        return MessageHeader.read(content, HEADER_LIMIT) instanceof MessageHeader header
                ? sign(tenant, domain, trace, content, header)
                : new SigningOutcome.Unsignable("its header cannot be read");
    }

    /**
     * Makes the DKIM fields of a stored message again, or for the first time; its trace field stays. A notice may be signed by the
     * operator's domain, as it was when it was made.
     *
     * @throws io.sealpost.database.StoreUnavailable when nobody can tell now which keys sign
     * @throws IOException when the content cannot be read
     */
    public SigningOutcome signAgain(MessageEnvelope message, SignedPrefix prefix, Content content) throws IOException {
        Optional<MessageHeader> header = Optional.of(MessageHeader.read(content, HEADER_LIMIT))
                .filter(MessageHeader.class::isInstance)
                .map(MessageHeader.class::cast);
        Optional<MailDomain> domain = header.flatMap(MessageSigning::fromDomain);
        if (domain.isEmpty()) {
            return new SigningOutcome.Unsignable("its From field cannot be read");
        }
        byte[] trace = PrefixFields.trace(prefix);
        SigningOutcome outcome = sign(message.origin().tenant(), domain.get(), trace, content, header.get());
        boolean byOperator = outcome instanceof SigningOutcome.NoKey && message.kind() == MessageKind.NOTICE;
        return byOperator ? sign(Origin.OPERATOR, domain.get(), trace, content, header.get()) : outcome;
    }

    private SigningOutcome sign(long tenant, MailDomain domain, byte[] trace, Content content, MessageHeader header)
            throws IOException {
        KeyLookup lookup = keys.activeFor(tenant, domain);
        if (lookup instanceof KeyLookup.NoActiveKey none) {
            return new SigningOutcome.NoKey(domain, none.cause());
        }
        List<ActiveKey> active = ((KeyLookup.ActiveKeys) lookup).keys();
        List<SigningIdentity> identities = active.stream()
                .map(key -> identity(key, options.apply(key.domain())))
                .toList();
        long bodyStart = Math.min(content.size(), header.length() + 2L);
        BodySource body = () -> from(content, bodyStart);
        Instant now = clock.instant();
        SigningResult result = signer.sign(RawMessage.of(header.bytes(), body), identities, now);
        if (result instanceof SigningResult.Unsignable unsignable) {
            return new SigningOutcome.Unsignable(unsignable.reason());
        }
        byte[] fields = ((SigningResult.Signed) result).fields();
        Optional<Verdict> fault = proof.isEmpty()
                ? Optional.empty()
                : proof.get().fault(fields, identities.size(), header.bytes(), body, now);
        if (fault.isPresent()) {
            return new SigningOutcome.Unproved(fault.get());
        }
        List<Long> keyIds = active.stream().map(ActiveKey::id).toList();
        return new SigningOutcome.Signed(new SignedPrefix(PrefixFields.join(fields, trace), keyIds));
    }

    private static SigningIdentity identity(ActiveKey key, SigningOptions options) {
        SigningAlgorithm algorithm =
                key.algorithm() == KeyAlgorithm.RSA ? SigningAlgorithm.RSA_SHA256 : SigningAlgorithm.ED25519_SHA256;
        return new SigningIdentity(key.domain().ascii(), key.selector(), algorithm, key.privateKey(), options);
    }

    private static InputStream from(Content content, long start) throws IOException {
        InputStream body = content.open();
        body.skipNBytes(start);
        return body;
    }

    private static Optional<MailDomain> fromDomain(MessageHeader header) {
        List<HeaderField> from = header.named("From");
        return from.size() == 1 && FromHeader.parse(from.get(0).body()) instanceof FromHeader.Addresses addresses
                ? Optional.of(addresses.mailboxes().get(0).domain())
                : Optional.empty();
    }
}
