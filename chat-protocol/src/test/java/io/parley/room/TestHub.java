package io.parley.room;

import io.parley.journal.Journal;
import io.parley.journal.MemoryJournal;
import io.parley.model.BacklogRequest;
import io.parley.model.Entry;
import io.parley.model.RoomException;
import io.parley.model.RoomSettings;
import io.parley.model.Tags;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A hub whose clocks are turned by hand, with one door that writes a line of text per entry. */
final class TestHub {
    static final Encoding LINES = (room, entry, into) -> into.put(bytes(line(entry)));

    final AtomicLong millis = new AtomicLong(1_000_000);
    final AtomicLong nanos = new AtomicLong(5_000_000_000L);
    final List<String> told = Collections.synchronizedList(new ArrayList<>());
    final Hub hub;

    private TestHub(Journal journal, HubOptions options) {
        hub = Hub.builder()
                .journal(journal)
                .options(options)
                .clock(nanos::get, millis::get)
                .executor(Runnable::run)
                .listener(new Listener())
                .build();
    }

    static TestHub create() {
        return with(MemoryJournal.withDefaults());
    }

    static TestHub with(Journal journal) {
        return new TestHub(journal, HubOptions.DEFAULT);
    }

    static TestHub with(Consumer<Bounds> change) {
        return with(MemoryJournal.withDefaults(), change);
    }

    static TestHub with(Journal journal, Consumer<Bounds> change) {
        Bounds bounds = new Bounds();
        change.accept(bounds);
        return new TestHub(journal, bounds.build());
    }

    /** Options by name; the rest is as in {@link HubOptions#DEFAULT}. */
    static final class Bounds {
        long maxWindowBytes = HubOptions.DEFAULT.maxWindowBytes();
        int maxRooms = HubOptions.DEFAULT.maxRooms();
        int maxRoomsPerUser = HubOptions.DEFAULT.maxRoomsPerUser();
        int maxMembers = HubOptions.DEFAULT.maxMembers();
        int maxListed = HubOptions.DEFAULT.maxListed();
        int maxBodyBytes = HubOptions.DEFAULT.maxBodyBytes();
        int maxTextBytes = HubOptions.DEFAULT.maxTextBytes();
        int maxRestrictions = HubOptions.DEFAULT.maxRestrictions();
        int pageEntries = HubOptions.DEFAULT.pageEntries();
        int pageBytes = HubOptions.DEFAULT.pageBytes();

        private HubOptions build() {
            return HubOptions.builder()
                    .maxWindowBytes(maxWindowBytes)
                    .maxRooms(maxRooms)
                    .maxRoomsPerUser(maxRoomsPerUser)
                    .maxMembers(maxMembers)
                    .maxListed(maxListed)
                    .maxBodyBytes(maxBodyBytes)
                    .maxTextBytes(maxTextBytes)
                    .maxRestrictions(maxRestrictions)
                    .pageEntries(pageEntries)
                    .pageBytes(pageBytes)
                    .build();
        }
    }

    Peer guest(String name) {
        Peer peer = new Peer(this);
        return peer.as(guest(name, LINES, peer));
    }

    Peer account(String name) {
        Peer peer = new Peer(this);
        return peer.as(account("id-" + name, name, LINES, peer));
    }

    Participant guest(String name, Encoding encoding, Subscriber subscriber) {
        return guest(hub, name, encoding, subscriber);
    }

    /** Brings a guest in; the policy is not asked. */
    static Participant guest(Hub hub, String name, Encoding encoding, Subscriber subscriber) {
        long origin = ThreadLocalRandom.current().nextLong();
        String identity = User.GUEST + HexFormat.of().toHexDigits(origin);
        return hub.enter(identity, hub.names().user(name), Map.of(), origin, encoding, subscriber);
    }

    /** Brings a connection of an account in; the policy is not asked. */
    Participant account(String id, String name, Encoding encoding, Subscriber subscriber) {
        long origin = ThreadLocalRandom.current().nextLong();
        return hub.enter(User.ACCOUNT + id, hub.names().user(name), Map.of(), origin, encoding, subscriber);
    }

    /** Joins a room, or creates it; the policy is not asked. */
    CompletableFuture<Opening> join(Participant participant, String room, BacklogRequest backlog) {
        return join(hub, participant, room, backlog);
    }

    static CompletableFuture<Opening> join(Hub hub, Participant participant, String room, BacklogRequest backlog) {
        try {
            return hub.join(participant, hub.names().room(room), backlog, null);
        } catch (RoomException bad) {
            return CompletableFuture.failedFuture(bad);
        }
    }

    CompletableFuture<Opening> direct(Participant participant, String name, BacklogRequest backlog) {
        try {
            return hub.direct(participant, hub.other(participant.user(), name), backlog);
        } catch (RoomException no) {
            return CompletableFuture.failedFuture(no);
        }
    }

    String rename(User user, String wanted) {
        return hub.rename(user, hub.names().user(wanted));
    }

    /** A room that the server keeps open: nobody owns it, and its first number is still to be given. */
    Room room(String name) {
        return hub.room(name).join();
    }

    /** Turns both clocks. */
    void pass(long byMillis) {
        millis.addAndGet(byMillis);
        nanos.addAndGet(byMillis * 1_000_000);
    }

    Answer say(Room room, User user, String body) {
        Answer answer = new Answer();
        room.say(user, 7, 1, body, Tags.NONE, answer);
        return answer;
    }

    static String line(Entry entry) {
        if (entry instanceof Entry.Message said) {
            return "#" + said.seq() + " " + said.sender() + ": " + said.body();
        } else if (entry instanceof Entry.TopicChanged change) {
            return "#" + change.seq() + " " + change.actor() + " topic " + change.topic();
        } else if (entry instanceof Entry.Moderated act) {
            return "#" + act.seq() + " " + act.actor() + " " + act.action() + " " + act.target();
        } else if (entry instanceof Entry.Configured change) {
            RoomSettings settings = change.settings();
            return "#" + change.seq() + " " + change.actor() + " " + settings.inviteOnly() + " "
                    + settings.memberLimit() + " " + settings.presence();
        } else if (entry instanceof Entry.Presence news) {
            StringBuilder line = new StringBuilder("=" + news.count());
            news.left().forEach(left -> line.append(" -").append(left.name()));
            news.joined().forEach(joined -> line.append(" +").append(joined.name()));
            return line.toString();
        } else if (entry instanceof Entry.Renamed change) {
            return change.from() + " > " + change.to();
        }
        return "~" + ((Entry.Typing) entry).name();
    }

    private static byte[] bytes(String line) {
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private final class Listener implements HubListener {
        @Override
        public void onEnter(User user) {
            told.add("enter " + user);
        }

        @Override
        public void onExit(User user) {
            told.add("exit " + user);
        }

        @Override
        public void onJoin(Room room, User user) {
            told.add("join " + room + " " + user);
        }

        @Override
        public void onLeave(Room room, User user) {
            told.add("leave " + room + " " + user);
        }

        @Override
        public void onEntry(Room room, Entry.Sequenced entry) {
            if (told.size() < 1_000) { // what is said under stress nobody looks at
                told.add(room + " " + line(entry));
            }
        }
    }
}
