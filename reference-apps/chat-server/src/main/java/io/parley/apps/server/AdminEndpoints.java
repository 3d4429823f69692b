package io.parley.apps.server;

import io.parley.apps.server.monitoring.Metrics;
import io.parley.apps.server.network.BindErrors;
import io.parley.apps.server.operator.AdminSocket;
import io.parley.apps.server.operator.Operator;
import io.parley.apps.server.options.ServerSettings.Listen;
import io.parley.server.ChatServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints for operators: the admin socket and the metrics, as far as the settings name them. Immutable; any thread
 * may close it.
 */
final class AdminEndpoints implements Closeable {
    private final @Nullable AdminSocket admin;
    private final @Nullable Metrics metrics;

    private AdminEndpoints(@Nullable AdminSocket admin, @Nullable Metrics metrics) {
        this.admin = admin;
        this.metrics = metrics;
    }

    /**
     * Opens the endpoints that the settings name.
     *
     * @param operator runs the commands that come over the socket
     * @param ready whether the server accepts new connections
     * @throws IOException with a message for the operator; nothing stays open then
     */
    static AdminEndpoints open(Listen listen, ChatServer server, Operator operator, BooleanSupplier ready)
            throws IOException {
        AdminSocket admin = admin(listen.admin(), operator);
        try {
            return new AdminEndpoints(admin, metrics(listen.metrics(), server, ready));
        } catch (IOException error) {
            new AdminEndpoints(admin, null).close();
            throw error;
        }
    }

    private static @Nullable AdminSocket admin(@Nullable Path path, Operator operator) throws IOException {
        if (path == null) {
            return null;
        }
        try {
            return AdminSocket.open(path, operator);
        } catch (IOException error) {
            throw new IOException(BindErrors.admin(error, path), error);
        }
    }

    private static @Nullable Metrics metrics(
            @Nullable InetSocketAddress address, ChatServer server, BooleanSupplier ready) throws IOException {
        if (address == null) {
            return null;
        }
        try {
            return Metrics.open(address, server, ready);
        } catch (IOException error) {
            throw new IOException(BindErrors.metrics(error, address), error);
        }
    }

    /** Where the metrics are served; null if they are not. */
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
