package io.sealpost.relay.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsIdentityTest {
    @TempDir
    Path directory;

    private ServerCertificate main;
    private ServerCertificate mainRsa;
    private ServerCertificate reseller;
    private TlsIdentity identity;

    @BeforeEach
    void fourPairs() {
        main = read(TestCertificate.ec("relay.example"), "main");
        mainRsa = read(TestCertificate.rsa("relay.example", "old.example"), "main-rsa");
        reseller = read(TestCertificate.rsa("*.reseller.example", "Mail.Other.Example"), "reseller");
        identity = new TlsIdentity("relay.example", List.of(main, mainRsa, reseller));
    }

    private ServerCertificate read(TestCertificate certificate, String name) {
        return ServerCertificate.read(certificate.writeTo(directory, name));
    }

    @Test
    void bothKindsOfKeyForOurName() {
        assertThat(identity.choose("relay.example", "EC")).contains(main);
        assertThat(identity.choose("RELAY.example", "RSA")).contains(mainRsa);
    }

    @Test
    void whoNamesNobodyOrAStrangerIsShownOurs() {
        assertThat(identity.choose("", "EC")).contains(main);
        assertThat(identity.choose("", "RSA")).contains(mainRsa);
        assertThat(identity.choose("unknown.example", "RSA")).contains(mainRsa);
    }

    @Test
    void aResellersClientsAreShownItsCertificateOnly() {
        assertThat(identity.choose("smtp.reseller.example", "RSA")).contains(reseller);
        assertThat(identity.choose("smtp.reseller.example", "EC")).isEmpty();
        assertThat(identity.choose("mail.other.example", "RSA")).contains(reseller);
    }

    @Test
    void aWildcardStandsForOneWholeLabel() {
        assertThat(reseller.isFor("a.b.reseller.example")).isFalse();
        assertThat(reseller.isFor("reseller.example")).isFalse();
        assertThat(reseller.isFor("xreseller.example")).isFalse();
    }

    @Test
    void withoutAPairForOurNameTheMainOneIsShown() {
        TlsIdentity misnamed = new TlsIdentity("other.example", List.of(main, reseller));
        assertThat(misnamed.choose("", "EC")).contains(main);
        assertThat(misnamed.choose("", "RSA")).isEmpty();
    }
}
