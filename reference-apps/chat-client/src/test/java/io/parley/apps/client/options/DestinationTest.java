package io.parley.apps.client.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationTest {
    @ParameterizedTest
    @CsvSource({
        "host, , host, 5222, host:5222",
        "host:1, , host, 1, host:1",
        "host:65535, , host, 65535, host:65535",
        "alice@host, alice, host, 5222, host:5222",
        "alice@host:99, alice, host, 99, host:99",
        "alice@10.0.0.1:99, alice, 10.0.0.1, 99, 10.0.0.1:99",
        "[::1], , ::1, 5222, [::1]:5222",
        "[::1]:99, , ::1, 99, [::1]:99",
        "alice@[fe80::1%eth0]:99, alice, fe80::1%eth0, 99, [fe80::1%eth0]:99",
        "::1, , ::1, 5222, [::1]:5222",
        "alice@2001:db8::5, alice, 2001:db8::5, 5222, [2001:db8::5]:5222",
        "unix:/run/a.sock, , /run/a.sock, 0, unix:/run/a.sock",
        "unix:/run/a@b:1, , /run/a@b:1, 0, unix:/run/a@b:1",
        "alice@unix:/run/a@b, alice, /run/a@b, 0, unix:/run/a@b"
    })
    void aDestinationIsReadAsTyped(String typed, String nick, String host, int port, String place) {
        Destination destination = Destination.parse(typed);
        assertThat(destination).isEqualTo(new Destination(nick, host, port));
        assertThat(destination.address()).isEqualTo(place);
    }

    @ParameterizedTest
    @CsvSource({
        "'', there is no host",
        "alice@, there is no host",
        "@host, there is no name before the @",
        ":5222, there is no host",
        "host:, not a port: ''",
        "host:0, not a port: '0'",
        "host:65536, not a port: '65536'",
        "host:100000, not a port: '100000'",
        "host:-1, not a port: '-1'",
        "host:http, not a port: 'http'",
        "[::1, a [ without its ]",
        "[], there is no host",
        "[::1]99, after ] comes :port or nothing",
        "unix:, there is no path"
    })
    void whatIsNoneIsRefusedWithWords(String typed, String words) {
        assertThatThrownBy(() -> Destination.parse(typed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(words);
    }

    @Test
    void aHostIsNotLookedUp() {
        assertThat(Destination.parse("[::1]:99").socketAddress())
                .isEqualTo(InetSocketAddress.createUnresolved("::1", 99));
        assertThat(Destination.parse("unix:/a").socketAddress()).isEqualTo(UnixDomainSocketAddress.of("/a"));
    }
}
