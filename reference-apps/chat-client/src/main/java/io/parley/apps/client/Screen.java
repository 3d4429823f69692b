package io.parley.apps.client;

import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.ClientListener;
import io.parley.client.RoomListener;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Prints what concerns the whole connection, and knows which rooms and conversations are open. Any thread reads. */
final class Screen implements ClientListener {
    private final Printer printer;
    private final ClientSettings.Mode mode;
    private final OpenRooms rooms = new OpenRooms();
    private final OpenRooms directs = new OpenRooms();
    private final AtomicReference<@Nullable ChatException> end = new AtomicReference<>();
    private volatile long pause; // callbacks write

    Screen(Printer printer, ClientSettings.Mode mode) {
        this.printer = printer;
        this.mode = mode;
    }

    OpenRooms rooms() {
        return rooms;
    }

    OpenRooms directs() {
        return directs;
    }

    /** Why the last connection, or attempt at one, ended; null if none has. */
    @Nullable
    ChatException end() {
        return end.get();
    }

    /** After how many milliseconds the server has asked this client to come back; once, then 0. */
    long takePause() {
        long asked = pause;
        pause = 0;
        return asked;
    }

    DirectScreen direct() {
        return new DirectScreen(printer, directs, mode);
    }

    @Override
    public RoomListener onDirect(ChatRoom conversation) {
        DirectScreen screen = direct();
        screen.opened(conversation);
        return screen;
    }

    @Override
    public void onNotice(String sender, String text) {
        printer.line("*** " + sender + ": " + text);
    }

    @Override
    public void onGoingAway(String reason, long reconnectAfterMillis) {
        pause = reconnectAfterMillis;
        printer.line("*** " + reason);
    }

    @Override
    public void onClosed(ChatException why) {
        end.set(why);
    }
}
