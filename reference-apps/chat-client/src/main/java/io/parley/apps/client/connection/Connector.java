package io.parley.apps.client.connection;

import io.parley.apps.client.options.ClientSettings;
import io.parley.apps.client.options.Login;
import io.parley.client.ChatClient;
import io.parley.client.ClientListener;
import io.parley.transport.Transport;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Connects to the server of the settings. Any thread may call it. */
public final class Connector {
    private Connector() {}

    /**
     * Connects and logs in.
     *
     * @param listeners makes the listener of each attempt; called where callbacks run
     * @param callbacks makes all callbacks, {@code connected} among them
     * @param connected takes the client before anything else is told of it
     */
    public static CompletableFuture<ChatClient> connect(
            ClientSettings settings,
            Supplier<? extends ClientListener> listeners,
            Executor callbacks,
            Consumer<ChatClient> connected) {
        Supplier<ChatClient.Builder> builders = () -> ChatClient.builder()
                .name(settings.nick())
                .program("parley-chat-client")
                .reconnect(settings.reconnect())
                .listener(listeners.get())
                .executor(callbacks);
        return CompletableFuture.supplyAsync(
                        () -> login(settings, builders).thenApply(client -> {
                            connected.accept(client);
                            return client;
                        }),
                        callbacks)
                .thenCompose(client -> client);
    }

    private static CompletableFuture<ChatClient> login(ClientSettings settings, Supplier<ChatClient.Builder> builders) {
        Transport transport = settings.transport();
        SocketAddress address = settings.destination().socketAddress();
        if (settings.login() instanceof Login.Scram scram) {
            return scram.proof().connectAsync(builders, transport, address);
        }
        ChatClient.Builder builder = builders.get();
        if (settings.login() instanceof Login.Registration wanted) {
            builder.register(wanted.password(), wanted.code());
        } else if (settings.login() instanceof Login.Password known) {
            builder.password(known.password());
        } else if (settings.login() instanceof Login.Token own) {
            builder.token(own.token());
        }
        return builder.connectAsync(transport, address);
    }
}
