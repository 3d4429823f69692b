package io.parley.apps.client;

import static java.util.Objects.requireNonNull;

import io.parley.apps.client.command.Commands;
import io.parley.apps.client.command.Results;
import io.parley.apps.client.connection.Connector;
import io.parley.apps.client.follow.ServerFollower;
import io.parley.apps.client.options.ClientSettings;
import io.parley.apps.client.view.View;
import io.parley.apps.client.view.ViewQueue;
import io.parley.client.ChatClient;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A login: its client, what follows the server, and its commands.
 *
 * @param server any thread may call it
 * @param client any thread may call it
 * @param commands the input thread's
 */
record Session(ServerFollower server, ChatClient client, Commands commands) {

    /** Makes sessions that differ in their settings only. */
    record Factory(View view, ViewQueue viewQueue, Executor callbacks, Clock clock) {

        /**
         * Connects and logs in; waits for it.
         *
         * @param first whether it is the first session of the program
         * @throws io.parley.client.ChatException if that fails
         */
        Session open(ClientSettings settings, boolean first) {
            // A login may take two attempts: each has a follower of its own, and the last one counts.
            AtomicReference<@Nullable ServerFollower> last = new AtomicReference<>();
            Supplier<ServerFollower> followers = () -> {
                ServerFollower next =
                        new ServerFollower(view, settings.destination().address(), first, clock);
                last.set(next);
                return next;
            };
            ChatClient client = Results.await(Connector.connect(
                    settings,
                    followers,
                    callbacks,
                    connected -> requireNonNull(last.get()).connected(connected)));
            ServerFollower server = requireNonNull(last.get());
            return new Session(server, client, new Commands(settings, viewQueue, server, callbacks, client));
        }
    }
}
