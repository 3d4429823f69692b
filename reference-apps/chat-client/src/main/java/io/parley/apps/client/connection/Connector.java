package io.parley.apps.client.connection;

import io.parley.apps.client.options.ClientSettings;
import io.parley.client.ChatClient;
import io.parley.client.ClientListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Connects to the server of the settings. Any thread may call it. */
public final class Connector {
    private Connector() {}

    /**
     * Connects and logs in.
     *
     * @param callbacks makes all callbacks, {@code connected} among them
     * @param connected takes the client before anything else is told of it
     */
    public static CompletableFuture<ChatClient> connect(
            ClientSettings settings, ClientListener listener, Executor callbacks, Consumer<ChatClient> connected) {
        ChatClient.Builder builder = ChatClient.builder()
                .name(settings.nick())
                .program("parley-chat-client")
                .reconnect(settings.reconnect())
                .listener(listener)
                .executor(callbacks);
        String password = settings.password();
        if (password != null && settings.code() != null) {
            builder.register(password, settings.code());
        } else if (password != null) {
            builder.password(password);
        }
        return CompletableFuture.supplyAsync(
                        () -> builder.connectAsync(
                                        settings.transport(),
                                        settings.destination().socketAddress())
                                .thenApply(client -> {
                                    connected.accept(client);
                                    return client;
                                }),
                        callbacks)
                .thenCompose(client -> client);
    }
}
