package io.parley.apps.client;

import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.RoomListener;
import org.jspecify.annotations.Nullable;

/** Prints what is said in one direct conversation. The callbacks' thread alone. */
final class DirectScreen implements RoomListener {
    private final Printer printer;
    private final OpenRooms directs;
    private final ClientSettings.Mode mode;
    private @Nullable ChatRoom conversation; // set before the first entry is told
    private String other = ""; // callbacks only

    DirectScreen(Printer printer, OpenRooms directs, ClientSettings.Mode mode) {
        this.printer = printer;
        this.directs = directs;
        this.mode = mode;
    }

    /** The conversation is open; what is said in it follows. */
    void opened(ChatRoom given) {
        conversation = given;
        other = given.name();
        directs.add(other, given);
    }

    @Override
    public void onMessage(Message message) {
        if (!message.own()) {
            print(message.sender() + " -> you", message);
        } else if (mode == ClientSettings.Mode.PIPE) {
            print("you -> " + other, message);
        }
    }

    private void print(String way, Message message) {
        boolean action = message.tags().get(Phrase.ACTION) != null;
        printer.line("[" + way + "] " + (action ? Phrase.said(message) : message.text()));
    }

    @Override
    public void onRenamed(String from, String to) {
        if (from.equals(other) && conversation != null) {
            other = to;
            directs.remove(conversation);
            directs.add(to, conversation);
        }
    }

    @Override
    public void onLost(long fromSeq, long toSeq) {
        printer.line("[" + other + " -> you] " + Phrase.lost(toSeq - fromSeq + 1));
    }

    @Override
    public void onClosed(ChatException why) {
        if (conversation != null) {
            directs.remove(conversation);
        }
    }
}
