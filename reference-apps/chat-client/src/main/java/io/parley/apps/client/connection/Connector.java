package io.parley.apps.client.connection;

import io.parley.apps.client.options.ClientSettings;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ClientListener;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Executor;

/** Connects to the server of the settings. One thread. */
public final class Connector {
    private final ClientSettings settings;
    private final ClientListener listener;
    private final Executor callbacks;

    public Connector(ClientSettings settings, ClientListener listener, Executor callbacks) {
        this.settings = settings;
        this.listener = listener;
        this.callbacks = callbacks;
    }

    /**
     * Connects and logs in; tries the addresses of the host one after another.
     *
     * @throws UnknownHostException if there is no such host
     * @throws ChatException if the last address fails, or the server refuses the login
     */
    public ChatClient connect(String name) throws UnknownHostException {
        List<SocketAddress> addresses = settings.destination().addresses();
        int last = addresses.size() - 1;
        for (int i = 0; i < last; i++) {
            try {
                return connect(name, addresses.get(i));
            } catch (ChatException why) {
                if (why.code() != ChatException.NOT_CONNECTED) {
                    throw why;
                }
            }
        }
        return connect(name, addresses.get(last));
    }

    private ChatClient connect(String name, SocketAddress address) {
        ChatClient.Builder builder = ChatClient.builder();
        if (settings.password() != null) {
            builder.password(settings.password());
        }
        return builder.name(name)
                .program("parley-chat-client")
                .reconnect(false) // the program does it, with the words for the user
                .listener(listener)
                .executor(callbacks)
                .connect(settings.transport(), address);
    }
}
