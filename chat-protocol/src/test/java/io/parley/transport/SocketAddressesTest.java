package io.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses of socket transports and the files behind them. */
class SocketAddressesTest {
    private static final SocketAddress INTERNET = new InetSocketAddress("127.0.0.1", 5222);

    @TempDir
    Path folder;

    @Test
    void knowsTcpAndUnixDomain() {
        SocketAddress unix = UnixDomainSocketAddress.of(folder.resolve("s"));
        assertThatCode(() -> SocketAddresses.requireKnown(INTERNET)).doesNotThrowAnyException();
        assertThatCode(() -> SocketAddresses.requireKnown(unix)).doesNotThrowAnyException();
        assertThat(SocketAddresses.isUnixDomain(INTERNET)).isFalse();
        assertThat(SocketAddresses.isUnixDomain(unix)).isTrue();
        SocketAddress other = new SocketAddress() {
            private static final long serialVersionUID = 1L;
        };
        assertThatThrownBy(() -> SocketAddresses.requireKnown(other)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAHostThatIsNotResolved() throws IOException {
        SocketAddresses.requireResolved(INTERNET);
        SocketAddresses.requireResolved(UnixDomainSocketAddress.of(folder.resolve("s")));
        SocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.example", 1);
        assertThatThrownBy(() -> SocketAddresses.requireResolved(unresolved))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("nowhere.example");
    }

    @Test
    void leavesAFileThatIsNoSocketAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("notes"), "mine");
        assertThatThrownBy(() -> SocketAddresses.deleteStaleFile(UnixDomainSocketAddress.of(file), () -> true))
                .isInstanceOf(BindException.class);
        assertThat(file).hasContent("mine");
    }

    @Test
    void deletesASocketFileOnlyIfNobodyListens() throws IOException {
        Path file = folder.resolve("s");
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(file);
        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address).close(); // leaves its file
        assertThat(Files.exists(file)).isTrue();
        assertThatThrownBy(() -> SocketAddresses.deleteStaleFile(address, () -> false))
                .isInstanceOf(BindException.class);
        assertThat(Files.exists(file)).isTrue();
        SocketAddresses.deleteStaleFile(address, () -> true);
        assertThat(Files.exists(file)).isFalse();
        SocketAddresses.deleteStaleFile(address, () -> {
            throw new AssertionError("there is no file to ask about");
        });
    }

    @Test
    void deletesAListenersFile() throws IOException {
        Path file = Files.createFile(folder.resolve("s"));
        SocketAddresses.deleteFile(UnixDomainSocketAddress.of(file));
        SocketAddresses.deleteFile(UnixDomainSocketAddress.of(file));
        SocketAddresses.deleteFile(INTERNET);
        assertThat(Files.exists(file)).isFalse();
    }
}
