package io.sealpost.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.relay.smtp.ProxyHeader.Local;
import io.sealpost.relay.smtp.ProxyHeader.Malformed;
import io.sealpost.relay.smtp.ProxyHeader.Nothing;
import io.sealpost.relay.smtp.ProxyHeader.Proxied;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderTest {
    static final String V2 = "0d0a0d0a000d0a515549540a";

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 192.0.2.7 192.0.2.1 50000 587,      192.0.2.7:50000",
        "PROXY TCP6 2001:db8::7 2001:db8::1 65535 465,  2001:db8:0:0:0:0:0:7:65535",
        "PROXY TCP6 ::ffff:192.0.2.7 ::1 1 465,         192.0.2.7:1",
    })
    void readsALineAndNothingBeyondIt(String line, String client) throws IOException {
        ByteArrayInputStream in = wire((line + "\r\nEHLO x\r\n").getBytes(StandardCharsets.US_ASCII));
        assertThat(shown(ProxyHeader.read(in))).isEqualTo(client);
        assertThat(in.readAllBytes()).asString().isEqualTo("EHLO x\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "21 11 000c c0000207 c0000201 c350 024b,                          192.0.2.7:50000",
        "21 11 0010 c0000207 c0000201 c350 024b 04000100,                 192.0.2.7:50000", // a field of the balancer's
        // own
        "21 21 0024 20010db8000000000000000000000007 20010db8000000000000000000000001 0001 01d1, 2001:db8:0:0:0:0:0:7:1",
    })
    void readsABlockAndNothingBeyondIt(String hex, String client) throws IOException {
        ByteArrayInputStream in = wire(HexFormat.of().parseHex(V2 + hex.replace(" ", "") + "4e"));
        assertThat(shown(ProxyHeader.read(in))).isEqualTo(client);
        assertThat(in.readAllBytes()).asString().isEqualTo("N");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 192.0.2.7 192.0.2.1 50000 587\n",
                "PROXY TCP4 192.0.2.7 192.0.2.1 50000\r\n",
                "PROXY TCP4 192.0.2.7 192.0.2.1 99999 587\r\n",
                "PROXY TCP4 999.0.2.7 192.0.2.1 1 587\r\n",
                "PROXY TCP4 abc 192.0.2.1 1 587\r\n",
                "PROXY TCP4 192.0.2.7  192.0.2.1 1 587\r\n",
                "PROXY UDP4 192.0.2.7 192.0.2.1 1 587\r\n",
                "PROXY TCP4 192.0.2.7",
                "proxy UNKNOWN\r\n",
                "EHLO x\r\n",
                "\u0016\u0003\u0001"
            })
    void takesNothingElse(String bytes) throws IOException {
        assertThat(ProxyHeader.read(wire(bytes.getBytes(StandardCharsets.ISO_8859_1))))
                .isEqualTo(new Malformed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11 11 000c c0000207c0000201c350024b", // version 1
                "22 11 000c c0000207c0000201c350024b", // no command
                "21 11 0008 c0000207c0000201", // too short for its family
                "21 11 000c c0000207", // cut off
                "21 11 ffff 00"
            })
    void takesNoOtherBlock(String hex) throws IOException {
        assertThat(ProxyHeader.read(wire(HexFormat.of().parseHex(V2 + hex.replace(" ", "")))))
                .isEqualTo(new Malformed());
    }

    @Test
    void aLineWithoutEndIsReadSoFarOnly() throws IOException {
        ByteArrayInputStream in = wire("PROXY ".repeat(100).getBytes(StandardCharsets.US_ASCII));
        assertThat(ProxyHeader.read(in)).isEqualTo(new Malformed());
        assertThat(in.available()).isEqualTo(600 - 107);
    }

    @ParameterizedTest
    @ValueSource(strings = {"20 00 0000", "20 11 000c c0000207c0000201c350024b", "21 00 0000", "21 31 0001 00"})
    void theBalancersOwnConnectionIsLocal(String hex) throws IOException {
        assertThat(ProxyHeader.read(wire(HexFormat.of().parseHex(V2 + hex.replace(" ", "")))))
                .isEqualTo(new Local());
    }

    @Test
    void soIsOneThatItKnowsNothingOf() throws IOException {
        byte[] line = "PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(ProxyHeader.read(wire(line))).isEqualTo(new Local());
        assertThat(ProxyHeader.read(wire(new byte[0]))).isEqualTo(new Nothing());
    }

    private static ByteArrayInputStream wire(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static String shown(ProxyHeader header) {
        assertThat(header).isInstanceOf(Proxied.class);
        var client = ((Proxied) header).client();
        return client.getAddress().getHostAddress() + ":" + client.getPort();
    }
}
