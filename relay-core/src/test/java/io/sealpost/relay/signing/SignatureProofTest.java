package io.sealpost.relay.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.dkim.DkimSigner;
import io.sealpost.dkim.DkimVerifier;
import io.sealpost.dkim.KeyRecords;
import io.sealpost.dkim.KeyRecords.Answer;
import io.sealpost.dkim.SigningKeys;
import io.sealpost.dkim.SigningOptions;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Share;
import io.sealpost.queue.Content;
import io.sealpost.relay.fake.FakeKeys;
import io.sealpost.relay.fake.MovableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Signed or not sent, proved: what the DNS shows when a message was signed decides whether it may go. */
class SignatureProofTest {
    private static final MailDomain OK = MailDomain.parse("ok.example");
    private static final byte[] TRACE = "Received: by x; y\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String OTHERS = "DKIM-Signature: v=1; a=rsa-sha256; d=list.example; s=x; h=from; bh=; b=\r\n";
    private static final String MAIL = "From: me@ok.example\r\nSubject: x\r\n\r\nbody\r\n";

    private final MovableClock clock = new MovableClock();
    private final FakeKeys keys = new FakeKeys().activate(2, "ok.example");
    private final List<String> asked = new ArrayList<>();
    private Answer shown = new Answer.Records(List.of(FakeKeys.record()));

    @Test
    void whatVerifiesIsSigned() throws IOException {
        assertThat(signed(Share.ALL, MAIL)).isInstanceOf(SigningOutcome.Signed.class);
        assertThat(asked).containsExactly("s100._domainkey.ok.example");
    }

    @Test
    void onlyOurOwnSignaturesAreLookedAt() throws IOException {
        assertThat(signed(Share.ALL, OTHERS.repeat(3) + MAIL)).isInstanceOf(SigningOutcome.Signed.class);
        assertThat(asked).containsExactly("s100._domainkey.ok.example");
    }

    @Test
    void aRecordThatIsGoneTakenBackOrAnothersKeyIsToldByItsName() throws IOException {
        shown = new Answer.Records(List.of());
        assertThat(sentence()).contains("s100._domainkey.ok.example: NoKey, there is no TXT record under this name");
        shown = new Answer.Records(List.of("v=DKIM1; p="));
        assertThat(sentence()).contains("KeyRevoked");
        shown = new Answer.Records(List.of(FakeKeys.recordOfAnother()));
        assertThat(sentence()).contains("SignatureMismatch");
        shown = new Answer.Records(List.of(FakeKeys.record(), FakeKeys.record()));
        assertThat(sentence()).contains("KeyUnusable, 2 TXT records stand under one name");
    }

    @Test
    void whileNobodyCanTellMailIsSigned() throws IOException {
        shown = new Answer.Unavailable("timed out");

        assertThat(signed(Share.ALL, MAIL)).isInstanceOf(SigningOutcome.Signed.class);
    }

    @Test
    void nobodyIsAskedWhereNothingIsVerified() throws IOException {
        shown = new Answer.Records(List.of());

        assertThat(signed(Share.NONE, MAIL)).isInstanceOf(SigningOutcome.Signed.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void aShareIsVerified() throws IOException {
        for (int i = 0; i < 200; i++) {
            signed(Share.parse("5%"), MAIL);
        }

        assertThat(asked).hasSizeBetween(2, 25);
    }

    private String sentence() throws IOException {
        SigningOutcome outcome = signed(Share.ALL, MAIL);
        assertThat(outcome).isInstanceOf(SigningOutcome.Unproved.class);
        return ((SigningOutcome.Unproved) outcome).sentence();
    }

    private final Random chance = new Random(6376);

    private SigningOutcome signed(Share share, String mail) throws IOException {
        KeyRecords records = name -> {
            asked.add(name);
            return shown;
        };
        SigningKeys providers = SigningKeys.choose();
        SignatureProof proof = new SignatureProof(new DkimVerifier(providers, records), chance, share);
        MessageSigning signing = new MessageSigning(
                keys, new DkimSigner(providers), domain -> SigningOptions.USUAL, Optional.of(proof), clock);
        return signing.sign(2, OK, TRACE, Content.of(mail.getBytes(StandardCharsets.US_ASCII)));
    }
}
