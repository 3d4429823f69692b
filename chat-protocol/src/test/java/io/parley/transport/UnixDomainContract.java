package io.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a transport over Unix-domain sockets must do besides: look after the socket's file. */
public interface UnixDomainContract extends TransportContract {
    AtomicInteger NUMBER = new AtomicInteger();

    /** A path, short enough for a socket, that nobody uses. */
    static SocketAddress freshAddress() {
        return UnixDomainSocketAddress.of(freshPath());
    }

    private static Path freshPath() {
        try {
            Path directory = Files.createTempDirectory("parley");
            directory.toFile().deleteOnExit();
            return directory.resolve("s" + NUMBER.incrementAndGet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    default void unix_theFileGoesWithTheListener() {
        Path path = freshPath();
        Listening listening = bench().listen(UnixDomainSocketAddress.of(path), remote -> null);
        assertThat(path).exists();
        listening.close();
        assertThat(path).doesNotExist();
    }

    @Test
    default void unix_aStaleFileIsReplaced() throws IOException {
        Path path = freshPath();
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
        try (ServerSocketChannel crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            crashed.bind(address);
        }
        assertThat(path).exists();
        bench().listen(address, remote -> bench().probe().echoing());
        bench().echoWorks(address);
    }

    @Test
    default void unix_aFileThatIsNoSocketIsLeftAlone() throws IOException {
        Path path = freshPath();
        Files.writeString(path, "mine");
        assertThatThrownBy(() -> bench().transport().listen(UnixDomainSocketAddress.of(path), remote -> null))
                .isInstanceOf(IOException.class);
        assertThat(path).hasContent("mine");
        Files.delete(path);
    }
}
