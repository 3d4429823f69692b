package io.parley.apps.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.server.ServerSettings.Listen;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BindTroubleTest {
    private static final Listen D = ServerSettings.DEFAULT.listen();

    private static Listen listen(String host, int port, Path unix) {
        return new Listen(host, port, D.via(), unix, null, null);
    }

    private static String words(IOException trouble, Listen listen) {
        return BindTrouble.words(trouble, listen);
    }

    @Test
    void aPortThatIsTaken() {
        assertThat(words(new BindException("Address already in use"), D))
                .isEqualTo("port 5222 is taken: another program listens there; choose one with --port");
    }

    @Test
    void aPortThatIsNotAllowed() {
        assertThat(words(new SocketException("Permission denied"), listen("", 80, null)))
                .isEqualTo(
                        "port 80 is not allowed: below 1024 a program needs the right to it; choose one with --port");
    }

    @Test
    void aHostThatIsUnknownOrAnothers() {
        assertThat(words(new UnknownHostException("x: Name or service not known"), listen("x", 1, null)))
                .startsWith("there is no host called x;");
        assertThat(words(new BindException("Cannot assign requested address"), listen("192.0.2.1", 1, null)))
                .startsWith("192.0.2.1 is not an address of this machine;");
    }

    @Test
    void aPathThatIsTakenOrNoSocket() {
        Listen listen = listen("", 1, Path.of("/run/a.sock"));
        assertThat(words(new BindException("address in use: /run/a.sock"), listen))
                .startsWith("/run/a.sock is taken:");
        assertThat(words(new BindException("not a socket: /run/a.sock"), listen))
                .isEqualTo("cannot listen at /run/a.sock: not a socket: /run/a.sock");
    }

    @Test
    void anythingElseIsToldAsItIs() {
        assertThat(words(new IOException("no such device"), D)).isEqualTo("cannot listen at port 5222: no such device");
        assertThat(words(new SocketException("Permission denied"), listen("h", 5222, null)))
                .isEqualTo("cannot listen at h, port 5222: Permission denied");
    }
}
