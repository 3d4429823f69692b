package io.parley.apps.server.operator;

import io.parley.apps.terminal.Printable;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * The admin socket: a Unix-domain socket that only its owner can use. Each line of the client is a command. The answer
 * is its lines, each after a space, and then a line {@code ok} or {@code failed}. Any thread may close it.
 */
public final class AdminSocket implements Closeable {
    static final String OK = "ok";
    static final String FAILED = "failed";

    private static final int MAX_LINE = 64 << 10;
    private static final int MAX_CLIENTS = 16;
    private static final long RETRY_NANOS = 100_000_000;

    private final Path path;
    private final ServerSocketChannel channel;
    private final Operator operator;
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();
    private final Semaphore places = new Semaphore(MAX_CLIENTS);

    private AdminSocket(Path path, ServerSocketChannel channel, Operator operator) {
        this.path = path;
        this.channel = channel;
        this.operator = operator;
    }

    /** Opens the socket; replaces a socket file that no process listens at. */
    public static AdminSocket open(Path path, Operator operator) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
        try {
            SocketChannel.open(address).close();
            throw new BindException("address in use: " + path);
        } catch (ConnectException stale) {
            removeSocket(path);
        } catch (BindException taken) {
            throw taken;
        } catch (SocketException none) {
            // There is no such file, or it is no socket; then the bind fails and says so.
        }
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            bind(channel, path);
        } catch (IOException | RuntimeException error) {
            channel.close();
            throw error;
        }
        AdminSocket socket = new AdminSocket(path, channel, operator);
        daemon("parley-admin", socket::accept).start();
        return socket;
    }

    /**
     * Binds in a folder that only the owner can enter, and then moves the socket to its path. At its path, others could
     * connect before its mode is set. The longer path must also fit in a socket address.
     */
    private static void bind(ServerSocketChannel channel, Path path) throws IOException {
        Path folder = folderIn(Objects.requireNonNullElse(path.getParent(), Path.of("")));
        Path socket = folder.resolve(path.getFileName());
        try {
            channel.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            Files.move(socket, path);
        } catch (FileAlreadyExistsException taken) {
            throw new BindException("address in use: " + path);
        } finally {
            Files.deleteIfExists(socket); // if it was not moved
            Files.delete(folder);
        }
    }

    /** Makes a folder that only its owner can enter. */
    private static Path folderIn(Path parent) throws IOException {
        try {
            return Files.createTempDirectory(parent, "");
        } catch (NoSuchFileException none) {
            throw new IOException("there is no folder " + parent, none);
        } catch (AccessDeniedException error) {
            throw new IOException("this user has no permission to make a folder in " + parent, error);
        }
    }

    /** Removes a socket file. Other files also refuse connections, and stay. */
    private static void removeSocket(Path path) throws IOException {
        if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw new BindException("it is there and is no socket");
        }
        Files.delete(path);
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void accept() {
        while (channel.isOpen()) {
            try {
                admit(channel.accept());
            } catch (IOException none) {
                // Closed; or there are no file descriptors left, and the operator must be able to connect later.
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private void admit(SocketChannel client) {
        clients.add(client);
        if (channel.isOpen() && places.tryAcquire()) {
            daemon("parley-admin-client", () -> serve(client)).start();
        } else {
            release(client);
        }
    }

    private void serve(SocketChannel client) {
        try (Reader in = Channels.newReader(client, StandardCharsets.UTF_8);
                Writer out = new BufferedWriter(Channels.newWriter(client, StandardCharsets.UTF_8))) {
            BufferedReader lines = new BufferedReader(in);
            StringBuilder line = new StringBuilder();
            for (int next = lines.read(); next >= 0 && line.length() < MAX_LINE; next = lines.read()) {
                if (next != '\n') {
                    line.append((char) next);
                } else if (!line.toString().isBlank()) {
                    answer(line.toString(), out);
                    line.setLength(0);
                }
            }
        } catch (IOException gone) {
            // The client has disconnected.
        } finally {
            places.release();
            release(client);
        }
    }

    private void answer(String line, Writer out) throws IOException {
        StringBuilder answer = new StringBuilder();
        boolean done = operator.run(
                line, text -> answer.append(' ').append(Printable.of(text)).append('\n'));
        out.write(answer + (done ? OK : FAILED) + "\n");
        out.flush();
    }

    private void release(SocketChannel client) {
        clients.remove(client);
        try {
            client.close();
        } catch (IOException alreadyGone) {
            // It is closed either way.
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
        clients.forEach(this::release);
    }
}
