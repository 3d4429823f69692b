package io.parley.apps.benchmarks.evidence;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ClientListener;
import io.parley.client.ClientState;
import org.jspecify.annotations.Nullable;

/** Counts whether a client that is connected again goes on with its session. Callbacks, but for {@link #begin}. */
public final class Sessions implements ClientListener {
    private final String name;
    private final Tally tally;
    private volatile @Nullable ChatClient client;
    private volatile long origin; // the last known

    /** For the client of this name. */
    public Sessions(String name, Tally tally) {
        this.name = name;
        this.tally = tally;
    }

    /** The client is connected for the first time. */
    public void begin(ChatClient connected) {
        origin = connected.origin();
        client = connected;
    }

    @Override
    public void onState(ClientState state) {
        ChatClient known = client;
        if (known == null || state.phase() != ClientState.Phase.ONLINE) {
            return;
        }
        long now = known.origin();
        if (now == origin) {
            tally.count(Tally.Event.RESUMED);
        } else if (tally.count(Tally.Event.NEW_SESSION)) {
            tally.note(name + " began a new session");
        }
        origin = now;
    }

    @Override
    public void onClosed(ChatException why) {
        if (tally.count(Tally.Event.CLIENT_ENDED)) {
            tally.note(name + " ended: " + why.code() + " " + why.getMessage());
        }
    }
}
