package io.parley.apps.client.view;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.MessageKind;
import io.parley.model.Entry;
import io.parley.model.Member;
import io.parley.model.MyRoom;
import io.parley.model.RestrictionItem;
import io.parley.model.RoomItem;
import io.parley.model.UserItem;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints everything as lines of text, with the name of the room before each. The printer makes them harmless. */
public final class LineView implements View {
    private final Printer printer;
    private final boolean own;
    private String lost = ""; // why there is no connection; empty while there is one

    /**
     * Makes a view.
     *
     * @param own whether to print the user's own messages: for a program, but not at the terminal they were typed at
     */
    public LineView(Printer printer, boolean own) {
        this.printer = printer;
        this.own = own;
    }

    private void print(Place place, String text) {
        printer.line("[" + place.name() + "] " + text);
    }

    @Override
    public void connected(ChatClient client, String server, boolean again) {
        lost = "";
        if (again) {
            printer.line("*** you are back, as " + client.name());
            return;
        }
        printer.line("*** you are " + client.name() + " at " + server);
        client.greeting().lines().forEach(line -> printer.line("*** " + line));
    }

    @Override
    public void connectionLost(String why, Duration delay) {
        if (!why.equals(lost)) { // not each attempt
            printer.error(EventText.connectionLost(why, delay));
        }
        lost = why;
    }

    @Override
    public void notice(String sender, String text) {
        printer.line("*** " + sender + ": " + text);
    }

    @Override
    public void goingAway(String reason) {
        printer.line("*** " + reason);
    }

    @Override
    public void ended(String text, @Nullable ChatException why, int exitCode) {
        printer.error(text);
    }

    @Override
    public void entered(ChatRoom room, Arrival arrival) {
        if (room.isDirect()) {
            return;
        }
        Place place = Place.of(room);
        print(place, "--> you; " + EventText.someMembers(room));
        if (!room.topic().isEmpty()) {
            print(place, "topic: " + room.topic());
        }
    }

    @Override
    public void restarted(Place place, ChatRoom room) {
        print(place, EventText.RESTARTED);
    }

    @Override
    public void left(Place place, String why) {
        if (!place.direct()) {
            print(place, "<-- you" + EventText.because(why));
        }
    }

    @Override
    public void message(Place place, Message message) {
        if (message.own() && !own) {
            return;
        }
        if (!place.direct()) {
            print(place, message.kind() == MessageKind.HISTORY ? EventText.past(message) : EventText.message(message));
            return;
        }
        String way = message.own() ? "you -> " + place.name() : message.sender() + " -> you";
        printer.line("[" + way + "] " + (EventText.isAction(message) ? EventText.message(message) : message.text()));
    }

    @Override
    public void pending(ChatRoom room, long number, String text, boolean action) {
        if (!own && !lost.isEmpty()) {
            printer.line("*** that waits until you are back: " + EventText.excerpt(text));
        }
    }

    @Override
    public void unsaid(@Nullable Place place, String text, boolean over) {
        printer.error(text);
    }

    @Override
    public void history(Place place, List<Message> messages) {
        messages.forEach(message -> print(place, EventText.past(message)));
    }

    @Override
    public void found(Place place, List<Message> messages, boolean more) {
        messages.forEach(message -> print(place, EventText.past(message)));
        print(place, EventText.found(messages.size(), more));
    }

    @Override
    public void joined(Place place, String name) {
        print(place, "--> " + name);
    }

    @Override
    public void parted(Place place, String name, String why) {
        print(place, "<-- " + name + EventText.because(why));
    }

    @Override
    public void renamed(@Nullable Place place, String from, String to, boolean self) {
        if (place == null) {
            printer.line("*** you are now " + to);
        } else if (!place.direct()) {
            print(place, self ? "you are now " + to : from + " is now " + to);
        }
    }

    @Override
    public void typing(Place place, String name) {
        // A printed line would stay.
    }

    @Override
    public void topic(Place place, Entry.TopicChanged change) {
        print(place, EventText.topic(change));
    }

    @Override
    public void moderated(Place place, Entry.Moderated act) {
        print(place, EventText.moderated(act));
    }

    @Override
    public void configured(Place place, Entry.Configured change) {
        print(place, EventText.configured(change));
    }

    @Override
    public void messagesLost(Place place, long count) {
        printer.line("[" + place.name() + (place.direct() ? " -> you] " : "] ") + EventText.messagesLost(count));
    }

    @Override
    public void members(ChatRoom room, List<Member> members) {
        EventText.allMembers(room, members).forEach(line -> print(Place.of(room), line));
    }

    @Override
    public void restrictions(ChatRoom room, List<RestrictionItem> restrictions) {
        EventText.restrictions(restrictions).forEach(line -> print(Place.of(room), line));
    }

    @Override
    public void ignoring(UserItem user, boolean on) {
        printer.line("*** " + EventText.ignoring(user, on));
    }

    @Override
    public void ignored(List<UserItem> users) {
        printer.line("*** " + EventText.ignored(users));
    }

    @Override
    public void rooms(List<RoomItem> rooms) {
        rooms.forEach(room -> printer.line("*** " + EventText.room(room)));
    }

    @Override
    public void mine(List<MyRoom> rooms) {
        EventText.mine(rooms).forEach(line -> printer.line("*** " + line));
    }

    @Override
    public void answer(@Nullable Place place, String text) {
        printer.line((place == null ? "*** " : "[" + place.name() + "] ") + text);
    }

    @Override
    public void error(String text) {
        printer.error(text);
    }
}
