package io.parley.gateway.line;

import io.parley.gateway.Membership;
import io.parley.gateway.Peer;
import io.parley.model.BacklogRequest;
import io.parley.model.Member;
import io.parley.model.RoomException;
import io.parley.model.SearchQuery;
import io.parley.model.Tags;
import io.parley.model.UserKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of one connection ask for. While an answer is needed for the next line, no line is taken. The connection's
 * reader calls it; the methods that say so may be called by any thread.
 */
final class LineRequests {
    static final long JOIN = 1;
    static final long DIRECT = 2;
    private static final long OTHER = 3; // its answer is seen in the room

    private static final String BYTE_ORDER_MARK = "\uFEFF"; // which some clients send first
    private static final int MAX_LISTED = 100;
    private static final int MAX_FOUND = 20;
    private static final int MAX_SEARCHES = 20;
    private static final String HELP = """
            -- /join ROOM        go to another room
            -- /leave            leave this room
            -- /mine             your rooms, and what is unread in them
            -- /who              who is in this room
            -- /search WORDS     find what was said in this room
            -- /msg NAME TEXT    say something to one person
            -- /me TEXT          say what you do
            -- /nick NAME        take another name
            -- /password OLD NEW change the password of your account
            -- /topic [TEXT]     show or set the topic
            -- /ignore NAME      take no direct messages of somebody
            -- /unignore NAME    take them again
            -- /quit             disconnect
            -- //TEXT            say a text that begins with a slash""";

    private final Peer peer;
    private final LineGateway gateway;
    private final AtomicReference<@Nullable Membership> current = new AtomicReference<>(); // taken away by any thread
    private final CompletableFuture<Boolean> loggedIn = new CompletableFuture<>();
    private volatile CompletableFuture<@Nullable Membership> joining = new CompletableFuture<>();
    private volatile @Nullable Command command; // the last one that is no message
    private long cids;

    private record Command(long cid, CompletableFuture<Boolean> outcome) {}

    LineRequests(Peer peer, LineGateway gateway) {
        this.peer = peer;
        this.gateway = gateway;
    }

    /** Takes a line as it was read. */
    void take(String text) {
        String line = LineText.clean(text);
        seen();
        if (!peer.isLoggedIn()) {
            logIn(text.replace(BYTE_ORDER_MARK, "").strip());
        } else if (line.startsWith("/") && !line.startsWith("//")) {
            String[] words = line.strip().split(" +", 2);
            command(words[0], words.length > 1 ? words[1] : "");
        } else if (!line.isBlank()) {
            sayHere(line.startsWith("//") ? line.substring(1) : line, Tags.NONE);
        }
    }

    /** Whoever writes a line has seen what stands above it. */
    private void seen() {
        Membership room = current.get();
        if (room != null && peer.user().kind() == UserKind.ACCOUNT) {
            peer.read(room, Long.MAX_VALUE);
        }
    }

    private void command(String name, String rest) {
        switch (name) {
            case "/help" -> peer.send(LineText.bytes(HELP.lines().toList()));
            case "/join" -> withText(rest, "/join ROOM", this::join);
            case "/leave" -> here(room -> peer.leave(OTHER, room));
            case "/mine" -> mine("", new ArrayList<>());
            case "/who" -> here(this::who);
            case "/search" -> withText(rest, "/search WORDS", words -> here(room -> search(room, words)));
            case "/msg" -> {
                String[] words = rest.split(" +", 2);
                withText(words.length > 1 ? words[1] : "", "/msg NAME TEXT", text -> message(words[0], text));
            }
            case "/me" -> withText(rest, "/me TEXT", text -> sayHere(text, LineEncoding.AS_ACTION));
            case "/password" -> password(rest);
            case "/nick" -> withText(rest, "/nick NAME", this::nick);
            case "/topic" -> here(room -> topic(room, rest));
            case "/ignore" -> withText(rest, "/ignore NAME", who -> ignore(who, true));
            case "/unignore" -> withText(rest, "/unignore NAME", who -> ignore(who, false));
            case "/quit" -> {
                peer.send(LineText.notice("Goodbye."));
                peer.bye();
            }
            default -> refuse("There is no command " + name + "; /help lists them.");
        }
    }

    private void refuse(String text) {
        peer.send(LineText.refusal(text));
    }

    private void withText(String text, String form, Consumer<String> command) {
        if (text.isEmpty()) {
            refuse("Say it like this: " + form);
        } else {
            command.accept(text);
        }
    }

    /** Does something in the current room. */
    private void here(Consumer<Membership> command) {
        Membership room = current.get();
        if (room == null) {
            refuse("You are in no room: /join ROOM");
        } else {
            command.accept(room);
        }
    }

    // ---- login

    /** The name is not cleaned: nobody should be called otherwise than it has asked for. */
    private void logIn(String name) {
        if (name.isEmpty()) {
            peer.send(LineText.notice("Which name do you want?"));
            return;
        }
        Login wanted = Login.of(name);
        if (wanted == null) {
            refuse("Say it like this: " + Login.FORMS);
            return;
        }
        if (!gateway.room().isEmpty()) {
            peer.await(loggedIn, () -> join(gateway.room()));
        }
        peer.login("lines", wanted.name(), wanted.credentials());
    }

    /** The login is complete. Any thread. */
    void loggedIn() {
        loggedIn.complete(true);
    }

    // ---- rooms

    private void join(String name) {
        enter(joined -> {
            Membership former = current.getAndSet(joined);
            if (former != null && former.room().number() != joined.room().number()) {
                peer.close(OTHER, former); // an account stays a member: it may be there on another device
            }
        });
        peer.join(JOIN, name, BacklogRequest.last(gateway.backlog()));
    }

    /** Awaits the answer to a request to join; nothing is done if it is refused. */
    private void enter(Consumer<Membership> then) {
        CompletableFuture<@Nullable Membership> answer = new CompletableFuture<>();
        joining = answer;
        peer.await(answer, () -> {
            Membership joined = answer.join();
            if (joined != null) {
                then.accept(joined);
            }
        });
    }

    /** A room is joined, or a conversation is open. Any thread. */
    void joined(Membership room) {
        joining.complete(room);
    }

    /** A request is refused. Any thread. */
    void failed(long request) {
        if (request != OTHER) {
            joining.complete(null);
        }
    }

    /** A membership has ended. Any thread. */
    void ended(Membership room) {
        current.compareAndSet(room, null);
    }

    private void sayHere(String text, Tags tags) {
        here(room -> peer.say(room, ++cids, text, tags));
    }

    private void message(String name, String text) {
        // Opened for each message: since the last one, somebody else may have taken the name.
        ask(peer.find(name), user -> {
            enter(conversation -> peer.say(conversation, ++cids, text, Tags.NONE));
            peer.direct(DIRECT, user.id(), BacklogRequest.NOTHING);
        });
    }

    private void topic(Membership room, String text) {
        if (text.isEmpty()) {
            peer.send(LineText.notice(LineText.topic(room.topic())));
        } else {
            command(cid -> peer.setTopic(room, cid, text));
        }
    }

    /** Gives a command that is no message; no line is taken before its outcome. */
    private void command(LongConsumer order) {
        Command asked = new Command(++cids, new CompletableFuture<>());
        command = asked;
        peer.await(asked.outcome(), () -> {}); // it is seen in the room, or refused
        order.accept(asked.cid());
    }

    /** A command has its outcome; false if it is a message. Any thread. */
    boolean answered(long cid) {
        Command asked = command;
        if (asked == null || asked.cid() != cid) {
            return false;
        }
        asked.outcome().complete(true);
        return true;
    }

    // ---- questions

    private void who(Membership room) {
        ask(peer.members(room, "", MAX_LISTED), members -> peer.send(LineText.notice(list(room, members))));
    }

    private static String list(Membership room, List<Member> members) {
        String names = members.stream().map(LineEncoding::member).collect(Collectors.joining(", "));
        int more = room.memberCount() - members.size();
        return "In " + room.room().name() + ": " + names + (more > 0 ? " and " + more + " more" : "");
    }

    /** Lists the rooms of the user's account: a page, then the next, up to a number. */
    private void mine(String after, List<String> lines) {
        Membership shown = current.get();
        int here = shown == null ? 0 : shown.room().number();
        ask(peer.mine(after, MAX_LISTED), page -> {
            page.rooms().forEach(room -> lines.add(LineFound.room(gateway.dayAndTime(), room, room.number() == here)));
            if (page.next().isEmpty() || lines.size() >= MAX_LISTED) {
                String more = page.next().isEmpty() ? "." : "; the others are not shown.";
                lines.add("-- "
                        + (lines.isEmpty()
                                ? "You are a member of no room."
                                : LineText.count(lines.size(), "room") + more));
                peer.send(LineText.bytes(lines));
            } else {
                mine(page.next(), lines);
            }
        });
    }

    private void search(Membership room, String words) {
        if (words.length() > SearchQuery.MOST_CHARS) {
            refuse("That is too much to search for.");
        } else {
            search(room, SearchQuery.of(words, MAX_FOUND), MAX_SEARCHES);
        }
    }

    /** Goes on while nothing is found, but not for ever: the server looks at some messages at a time. */
    private void search(Membership room, SearchQuery query, int left) {
        ask(peer.search(room, query), page -> {
            if (page.entries().isEmpty() && page.more() && left > 1) {
                search(room, query.below(page.floor()), left - 1);
            } else {
                peer.send(LineText.bytes(
                        LineFound.lines(gateway.dayAndTime(), room.room().kind(), page)));
            }
        });
    }

    private void nick(String name) {
        ask(peer.rename(name), taken -> {
            if (current.get() == null) { // else it is seen in the room
                peer.send(LineText.notice("You are " + taken + "."));
            }
        });
    }

    /** A password with spaces cannot be told from two. */
    private void password(String words) {
        String[] both = words.split(" ", -1);
        if (both.length != 2 || both[0].isEmpty() || both[1].isEmpty()) {
            refuse("Say it like this: /password OLD NEW, without spaces in the passwords");
            return;
        }
        ask(peer.password(both[0], both[1]), nothing -> peer.send(LineText.notice("You have a new password.")));
    }

    /** Refuses direct messages of somebody, or takes them again. All members get the same bytes, so rooms stay as they are. */
    private void ignore(String name, boolean on) {
        String done = on ? "You take no direct messages of " : "You take direct messages again of ";
        ask(
                peer.find(name),
                user -> ask(
                        peer.ignore(user.id(), on),
                        nothing -> peer.send(LineText.notice(done + LineText.clean(user.name()) + "."))));
    }

    /** Takes no line until the server has answered. */
    private <T extends @Nullable Object> void ask(CompletableFuture<T> answer, Consumer<T> answered) {
        peer.await(answer, () -> {
            try {
                answered.accept(answer.join());
            } catch (CompletionException no) {
                refuse(no.getCause() instanceof RoomException why ? why.text() : "That does not work at the moment.");
            }
        });
    }
}
