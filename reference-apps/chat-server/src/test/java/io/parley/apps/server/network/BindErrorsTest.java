package io.parley.apps.server.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.server.options.ServerSettings;
import io.parley.apps.server.options.ServerSettings.Listen;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BindErrorsTest {
    private static final Listen D = ServerSettings.DEFAULT.listen();

    private static Listen listen(String host, int port) {
        return new Listen(host, port, D.transport(), null, null, null);
    }

    private static String words(IOException trouble, Listen listen) {
        return BindErrors.port(trouble, listen.host(), listen.port());
    }

    @Test
    void aPortThatIsTaken() {
        assertThat(words(new BindException("Address already in use"), D))
                .isEqualTo("port 5222 is taken: another program listens there; choose one with --port");
    }

    @Test
    void aPortThatIsNotAllowed() {
        assertThat(words(new SocketException("Permission denied"), listen("", 80)))
                .isEqualTo(
                        "port 80 is not allowed: below 1024 a program needs the right to it; choose one with --port");
    }

    @Test
    void aHostThatIsUnknownOrAnothers() {
        assertThat(words(new UnknownHostException("x: Name or service not known"), listen("x", 1)))
                .startsWith("there is no host called x;");
        assertThat(words(new BindException("Cannot assign requested address"), listen("192.0.2.1", 1)))
                .startsWith("192.0.2.1 is not an address of this machine;");
    }

    @Test
    void aPathThatIsTakenOrNoSocket() {
        Path path = Path.of("/run/a.sock");
        assertThat(BindErrors.unix(new BindException("address in use: /run/a.sock"), path))
                .isEqualTo("/run/a.sock is taken: another program listens there; choose another with --unix");
        assertThat(BindErrors.unix(new BindException("not a socket: /run/a.sock"), path))
                .isEqualTo("cannot listen at /run/a.sock: not a socket: /run/a.sock");
        assertThat(BindErrors.unix(new SocketException("Unix domain path too long"), path))
                .isEqualTo("cannot listen at /run/a.sock: Unix domain path too long");
        assertThat(BindErrors.admin(new NoSuchFileException("/run/a.sock"), path))
                .isEqualTo("the operator cannot be let in: cannot listen at /run/a.sock: there is no file /run/a.sock");
    }

    @Test
    void figuresHaveAnAddressOfTheirOwn() {
        InetSocketAddress address = InetSocketAddress.createUnresolved("127.0.0.1", 9090);
        assertThat(BindErrors.metrics(new BindException("Address already in use"), address))
                .isEqualTo(
                        "figures cannot be served: port 9090 is taken: another program listens there; choose one with"
                                + " --metrics");
        assertThat(BindErrors.metrics(new BindException("Cannot assign requested address"), address))
                .startsWith("figures cannot be served: 127.0.0.1 is not an address of this machine;");
    }

    @Test
    void anythingElseIsToldAsItIs() {
        assertThat(words(new IOException("no such device"), D)).isEqualTo("cannot listen at port 5222: no such device");
        assertThat(words(new SocketException("Permission denied"), listen("h", 5222)))
                .isEqualTo("cannot listen at h, port 5222: Permission denied");
    }
}
