package io.parley.apps.client;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.Moderation;
import io.parley.client.SettingsChange;
import io.parley.client.TopicChange;
import io.parley.model.Member;
import io.parley.model.RoomItem;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows everything as plain lines, each with the room's name before it. What the printer prints is harmless. */
final class PlainFace implements Face {
    private final Printer printer;
    private final boolean own;

    /**
     * Makes one.
     *
     * @param own whether this user's own messages are shown: to a program, but not to somebody who has typed them here
     */
    PlainFace(Printer printer, boolean own) {
        this.printer = printer;
        this.own = own;
    }

    private void print(Place place, String text) {
        printer.line("[" + place.name() + "] " + text);
    }

    @Override
    public void connected(ChatClient client, String server, boolean again) {
        if (again) {
            printer.line("*** you are back, as " + client.name());
            return;
        }
        printer.line("*** you are " + client.name() + " at " + server);
        client.greeting().lines().forEach(line -> printer.line("*** " + line));
    }

    @Override
    public void interrupted(String why, Duration pause) {
        printer.complaint(Phrase.interrupted(why, pause));
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
    public void over(String why, int exitCode) {
        printer.complaint(why);
    }

    @Override
    public void entered(ChatRoom room, Arrival arrival) {
        if (room.isDirect()) {
            return;
        }
        boolean first = arrival == Arrival.ASKED;
        Place place = Place.of(room);
        print(place, (first ? "--> you; " : "--> you again; ") + Phrase.present(room, room.members()));
        if (first && !room.topic().isEmpty()) {
            print(place, "topic: " + room.topic());
        }
        if (arrival == Arrival.ANEW) {
            print(place, Phrase.ANEW);
        }
    }

    @Override
    public void left(Place place, String why) {
        if (!place.direct()) {
            print(place, "<-- you" + Phrase.because(why));
        }
    }

    @Override
    public void said(Place place, Message message, boolean past) {
        if (message.own() && !own) {
            return;
        }
        if (!place.direct()) {
            print(place, past ? Phrase.remembered(message) : Phrase.said(message));
            return;
        }
        String way = message.own() ? "you -> " + place.name() : message.sender() + " -> you";
        printer.line("[" + way + "] " + (Phrase.isAction(message) ? Phrase.said(message) : message.text()));
    }

    @Override
    public void remembered(Place place, List<Message> messages) {
        messages.forEach(message -> print(place, Phrase.remembered(message)));
    }

    @Override
    public void joined(Place place, String name) {
        print(place, "--> " + name);
    }

    @Override
    public void parted(Place place, String name, String why) {
        print(place, "<-- " + name + Phrase.because(why));
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
        // A line that is printed stays, and this does not.
    }

    @Override
    public void topic(Place place, TopicChange change) {
        print(place, Phrase.topic(change));
    }

    @Override
    public void moderated(Place place, Moderation act) {
        print(place, Phrase.moderated(act.actor(), act.action(), act.target(), act.text()));
    }

    @Override
    public void configured(Place place, SettingsChange change) {
        print(place, Phrase.configured(change));
    }

    @Override
    public void lost(Place place, long count) {
        printer.line("[" + place.name() + (place.direct() ? " -> you] " : "] ") + Phrase.lost(count));
    }

    @Override
    public void present(ChatRoom room, List<Member> members) {
        print(Place.of(room), Phrase.present(room, members));
    }

    @Override
    public void listed(List<RoomItem> rooms) {
        rooms.forEach(room -> printer.line("*** " + Phrase.room(room)));
    }

    @Override
    public void answer(@Nullable Place place, String text) {
        printer.line((place == null ? "*** " : "[" + place.name() + "] ") + text);
    }

    @Override
    public void trouble(String text) {
        printer.complaint(text);
    }
}
