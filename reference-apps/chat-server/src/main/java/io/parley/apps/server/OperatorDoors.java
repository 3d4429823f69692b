package io.parley.apps.server;

import io.parley.apps.server.ServerSettings.Listen;
import io.parley.server.ChatServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is open for those who run the server and not for those who chat: the admin socket and the figures, where they
 * are wanted. Immutable; any thread may close it.
 */
final class OperatorDoors implements Closeable {
    private final @Nullable AdminSocket admin;
    private final @Nullable Metrics metrics;

    private OperatorDoors(@Nullable AdminSocket admin, @Nullable Metrics metrics) {
        this.admin = admin;
        this.metrics = metrics;
    }

    /**
     * Opens what is wanted.
     *
     * @param operator who does what comes over the socket
     * @param ready whether new connections are welcome
     * @throws IOException with words for the operator; nothing stays open then
     */
    static OperatorDoors open(Listen listen, ChatServer server, Operator operator, BooleanSupplier ready)
            throws IOException {
        AdminSocket admin = admin(listen.admin(), operator);
        try {
            return new OperatorDoors(admin, metrics(listen.metrics(), server, ready));
        } catch (IOException no) {
            new OperatorDoors(admin, null).close();
            throw no;
        }
    }

    private static @Nullable AdminSocket admin(@Nullable Path path, Operator operator) throws IOException {
        if (path == null) {
            return null;
        }
        try {
            return AdminSocket.open(path, operator);
        } catch (IOException no) {
            throw new IOException(BindTrouble.admin(no, path), no);
        }
    }

    private static @Nullable Metrics metrics(
            @Nullable InetSocketAddress address, ChatServer server, BooleanSupplier ready) throws IOException {
        if (address == null) {
            return null;
        }
        try {
            return Metrics.open(address, server, ready);
        } catch (IOException no) {
            throw new IOException(BindTrouble.metrics(no, address), no);
        }
    }

    /** Where figures are served, if they are. */
    @Nullable
    InetSocketAddress metricsAddress() {
        return metrics == null ? null : metrics.address();
    }

    @Override
    public void close() throws IOException {
        if (metrics != null) {
            metrics.close();
        }
        if (admin != null) {
            admin.close();
        }
    }
}
