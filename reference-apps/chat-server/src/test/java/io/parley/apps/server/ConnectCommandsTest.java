package io.parley.apps.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.server.network.LocalAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectCommandsTest {
    @Test
    void everyInterfaceMeansEachAddressOfTheMachine() throws Exception {
        List<InetAddress> local = List.of(address("192.0.2.7"), address("2001:db8::7"));
        assertThat(ConnectCommands.to(new InetSocketAddress(5222), local, null))
                .containsExactly(
                        "java -jar chat-client.jar localhost:5222",
                        "java -jar chat-client.jar 192.0.2.7:5222",
                        "java -jar chat-client.jar [2001:db8::7]:5222");
    }

    @Test
    void linesAreForNetcat() throws Exception {
        List<InetAddress> local = List.of(address("192.0.2.7"), address("2001:db8::7"));
        assertThat(ConnectCommands.lines(new InetSocketAddress(5223), local, false))
                .containsExactly("nc localhost 5223", "nc 192.0.2.7 5223", "nc 2001:db8::7 5223");
        assertThat(ConnectCommands.lines(new InetSocketAddress(address("192.0.2.7"), 99), List.of(), true))
                .containsExactly("ncat --ssl 192.0.2.7 99");
    }

    @Test
    void oneAddressMeansItself() throws Exception {
        assertThat(ConnectCommands.to(
                        new InetSocketAddress(address("192.0.2.7"), 99), List.of(address("192.0.2.8")), null))
                .containsExactly("java -jar chat-client.jar 192.0.2.7:99");
    }

    @Test
    void aPathIsAPath() {
        assertThat(ConnectCommands.to(UnixDomainSocketAddress.of("/run/parley.sock"), List.of(), null))
                .containsExactly("java -jar chat-client.jar unix:/run/parley.sock");
    }

    @ParameterizedTest
    @CsvSource({
        "::1, [::1]",
        "2001:db8:0:0:1:0:0:0, [2001:db8:0:0:1::]",
        "2001:db8:0:1:0:0:0:1, [2001:db8:0:1::1]",
        "fd00:10:0:20:0:0:30:100, [fd00:10:0:20::30:100]",
        "1:2:3:4:5:6:7:8, [1:2:3:4:5:6:7:8]",
        "1:0:3:4:5:6:7:8, [1:0:3:4:5:6:7:8]",
        "fe80::1%5, [fe80::1%5]"
    })
    void ipv6IsShortAndInBrackets(String address, String written) throws Exception {
        assertThat(ConnectCommands.to(new InetSocketAddress(address(address), 1), List.of(), null))
                .containsExactly("java -jar chat-client.jar " + written + ":1");
    }

    @Test
    void theMachinesOwnAddressesAreOnesThatOthersCanUse() {
        assertThat(LocalAddresses.reachable())
                .allMatch(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress());
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }
}
