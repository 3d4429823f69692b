package io.parley.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.transport.Listening;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a transport over Unix-domain sockets must do in addition: it looks after the socket's file. */
public interface UnixDomainContract extends TransportContract {
    /**
     * A path in a new directory, short enough for a socket.
     *
     * @return the address
     */
    static SocketAddress freshAddress() {
        return UnixDomainSocketAddress.of(freshPath());
    }

    private static Path freshPath() {
        try {
            Path directory = Files.createTempDirectory("parley");
            directory.toFile().deleteOnExit();
            return directory.resolve("s");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closing the listener deletes the socket's file. */
    @Test
    default void unix_theFileGoesWithTheListener() {
        Path path = freshPath();
        Listening listening = bench().listen(UnixDomainSocketAddress.of(path), remote -> null);
        assertThat(path).exists();
        listening.close();
        assertThat(path).doesNotExist();
    }

    /**
     * A file that a crashed process left is replaced.
     *
     * @throws IOException if the test cannot make its file
     */
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

    /**
     * A file that is no socket is kept.
     *
     * @throws IOException if the test cannot make its file
     */
    @Test
    default void unix_aFileThatIsNoSocketIsLeftAlone() throws IOException {
        Path path = freshPath();
        Files.writeString(path, "mine");
        assertThatThrownBy(() -> bench().transport().listen(UnixDomainSocketAddress.of(path), remote -> null))
                .isInstanceOf(IOException.class);
        assertThat(path).hasContent("mine");
        Files.delete(path);
    }

    /**
     * The file of a listener with a full queue is kept.
     *
     * @throws IOException if the test cannot make its file
     */
    @Test
    default void unix_aFileWhoseListenerIsBusyIsLeftAlone() throws IOException {
        Path path = freshPath();
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
        List<SocketChannel> waiting = new ArrayList<>();
        try (ServerSocketChannel busy = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            busy.bind(address, 1);
            while (waits(address, waiting)) {
                assertThat(waiting).as("a queue of one, more or less").hasSizeLessThan(100);
            }
            assertThatThrownBy(() -> bench().transport().listen(address, remote -> null))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("in use");
            assertThat(path).exists();
        } finally {
            for (SocketChannel channel : waiting) {
                channel.close();
            }
            Files.delete(path);
        }
    }

    /** Joins the queue of those who want to be accepted; false if it is full. */
    private static boolean waits(UnixDomainSocketAddress address, List<SocketChannel> waiting) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        waiting.add(channel);
        channel.configureBlocking(false);
        try {
            return channel.connect(address);
        } catch (SocketException full) {
            return false;
        }
    }
}
