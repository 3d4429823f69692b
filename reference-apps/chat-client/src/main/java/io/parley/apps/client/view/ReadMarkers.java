package io.parley.apps.client.view;

import io.parley.client.ChatRoom;

/** Tells the server what the user has read. Any thread. */
public final class ReadMarkers {
    private volatile boolean kept; // set when the client is connected

    /** Sets whether the user has an account: the server keeps no markers of guests. */
    public void kept(boolean value) {
        kept = value;
    }

    /** Whether the server keeps markers of the user. */
    public boolean isKept() {
        return kept;
    }

    /** The user has read a room up to a number. If the server does not keep it now, what is read later is told with it. */
    public void read(ChatRoom room, long seq) {
        if (kept && seq > room.readSeq()) {
            room.read(seq);
        }
    }
}
