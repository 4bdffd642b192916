package io.sealpost.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1:587",
        "0.0.0.0, 0.0.0.0:587",
        "::, [::]:587",
        "::1, [::1]:587",
        "2001:db8::1, [2001:db8:0:0:0:0:0:1]:587"
    })
    void standAsTheSettingsWriteThem(String numeric, String shown) throws Exception {
        assertThat(Addresses.shown(new InetSocketAddress(InetAddress.getByName(numeric), 587)))
                .isEqualTo(shown);
    }
}
