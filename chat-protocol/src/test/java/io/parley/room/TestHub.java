package io.parley.room;

import io.parley.journal.Journal;
import io.parley.journal.MemoryJournal;
import io.parley.model.BacklogRequest;
import io.parley.model.Entry;
import io.parley.model.Identity;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomSettings;
import io.parley.model.Tags;
import io.parley.model.UserKind;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A hub whose clocks are turned by hand, with one door that writes a line of text per entry. */
final class TestHub {
    static final Encoding LINES = (room, entry, into) -> into.put(bytes(line(entry)));

    private static final AtomicLong CIDS = new AtomicLong(); // of all hubs: no command is said twice

    final AtomicLong millis = new AtomicLong(1_000_000);
    final AtomicLong nanos = new AtomicLong(5_000_000_000L);
    final List<String> told = Collections.synchronizedList(new ArrayList<>());
    final Hub hub;
    private final Ids ids;

    /** Knows the accounts whose names begin with "account", and no others. */
    private static final class Accounts implements ChatPolicy {
        @Override
        public io.parley.policy.Answer account(NamePolicy.Name name) {
            return name.key().startsWith("account")
                    ? Decision.admit(Identity.account("id-" + name.display(), name.display()))
                    : Decision.ALLOW;
        }
    }

    private TestHub(Journal journal, HubOptions options) {
        ids = new Ids(journal.secret());
        hub = Hub.builder()
                .journal(journal)
                .options(options)
                .clock(nanos::get, millis::get)
                .executor(Runnable::run)
                .policy(new Accounts())
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
        return enter(hub, ThreadLocalRandom.current().nextLong(), "", 0, name, encoding, subscriber);
    }

    /** Brings a connection of an account in; the policy is not asked. */
    Participant account(String id, String name, Encoding encoding, Subscriber subscriber) {
        return enter(hub, ids.account(id), id, 0, name, encoding, subscriber);
    }

    /** A guest from a place. */
    Peer guest(String name, long addressKey) {
        Peer peer = new Peer(this);
        return peer.as(enter(hub, ThreadLocalRandom.current().nextLong(), "", addressKey, name, LINES, peer));
    }

    private static Participant enter(
            Hub hub, long id, String account, long addressKey, String name, Encoding encoding, Subscriber subscriber) {
        UserKind kind = account.isEmpty() ? UserKind.GUEST : UserKind.ACCOUNT;
        User.Entrant who = new User.Entrant(id, kind, account, addressKey, null, hub.steadyMillis(), Map.of());
        return hub.logins().enter(who, hub.names().user(name), encoding, subscriber);
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
            return hub.direct(participant, hub.other(participant.user(), id(name)), backlog);
        } catch (RoomException no) {
            return CompletableFuture.failedFuture(no);
        }
    }

    /** The id of somebody who is here; 0 if nobody of that name is. */
    long id(String name) {
        User user = hub.user(name);
        return user == null ? 0 : user.id();
    }

    String rename(User user, String wanted) {
        return hub.renames().rename(user, hub.names().user(wanted));
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
        Ask.say(room, user, 7, CIDS.incrementAndGet(), body, Tags.NONE, answer);
        return answer;
    }

    static String line(Entry entry) {
        if (entry instanceof Entry.Message said) {
            return "#" + said.seq() + " " + said.author().name() + ": " + said.body();
        } else if (entry instanceof Entry.TopicChanged change) {
            return "#" + change.seq() + " " + change.author().name() + " topic " + change.topic();
        } else if (entry instanceof Entry.Moderated act) {
            return "#" + act.seq() + " " + act.author().name() + " " + act.action() + " "
                    + act.target().name();
        } else if (entry instanceof Entry.Configured change) {
            RoomSettings settings = change.settings();
            return "#" + change.seq() + " " + change.author().name() + " " + settings.inviteOnly() + " "
                    + settings.memberLimit() + " " + settings.presence();
        } else if (entry instanceof Entry.Presence news) {
            StringBuilder line = new StringBuilder("=" + news.count());
            news.left().forEach(left -> line.append(" -").append(left.user().name()));
            news.joined().forEach(joined -> line.append(" +").append(joined.name()));
            return line.toString();
        } else if (entry instanceof Entry.Renamed change) {
            return change.from() + " > " + change.user().name();
        }
        return "~" + ((Entry.Typing) entry).user().name();
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
