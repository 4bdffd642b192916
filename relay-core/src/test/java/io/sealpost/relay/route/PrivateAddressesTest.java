package io.sealpost.relay.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sealpost.mail.IpNetwork;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateAddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.0.9",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "198.19.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "2001:0:1::1",
                "2002:7f00:1::1",
                "fc00::1",
                "fdff::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void addressesOfNoPublicHostAreRefusedUnlessAllowed(String address) throws UnknownHostException {
        InetAddress parsed = InetAddress.getByName(address);
        assertThat(PrivateAddresses.refused().permits(parsed)).isFalse();
        assertThat(PrivateAddresses.allowed().permits(parsed)).isTrue();
        assertThat(PrivateAddresses.allowedIn(List.of(IpNetwork.parse(address))).permits(parsed))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "100.63.0.1",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.167.0.1",
                "223.255.255.255",
                "2001:db8::1",
                "2a00:1450::1b",
                "2606:4700::1111"
            })
    void publicAddressesAreAlwaysPermitted(String address) throws UnknownHostException {
        assertThat(PrivateAddresses.refused().permits(InetAddress.getByName(address)))
                .isTrue();
    }

    @Test
    void anIpv4AddressInsideAnIpv6OneIsRefused() throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xFF;
        mapped[11] = (byte) 0xFF;
        mapped[12] = 8;
        InetAddress address = Inet6Address.getByAddress(null, mapped, -1);
        assertThat(address).isInstanceOf(Inet6Address.class);
        assertThat(PrivateAddresses.refused().permits(address)).isFalse();
    }

    @Test
    void aListAllowsItsNetworksOnly() throws UnknownHostException {
        PrivateAddresses list =
                PrivateAddresses.allowedIn(List.of(IpNetwork.parse("127.0.0.0/30"), IpNetwork.parse("fd00::/8")));
        assertThat(list.permits(InetAddress.getByName("127.0.0.3"))).isTrue();
        assertThat(list.permits(InetAddress.getByName("127.0.0.4"))).isFalse();
        assertThat(list.permits(InetAddress.getByName("fd12::1"))).isTrue();
        assertThat(list.permits(InetAddress.getByName("fc12::1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "fd00::/129",
                "10.0.0.0/",
                "1.2.3.4.5",
                "::g/8",
                ":"
            })
    void whatIsNoNetworkIsRefusedInPlainWords(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpNetwork.parse(text))
                .withMessageContaining("is not a network; write an address and a length, as 10.0.0.0/8");
    }

    @Test
    void aNetworkIsShownAsItIsWritten() {
        assertThat(IpNetwork.parse("10.0.0.0/8")).hasToString("10.0.0.0/8");
        assertThat(IpNetwork.parse("192.0.2.1").prefixLength()).isEqualTo(32);
    }
}
