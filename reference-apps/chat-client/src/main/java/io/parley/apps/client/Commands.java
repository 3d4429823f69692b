package io.parley.apps.client;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.HistoryResult;
import io.parley.client.Message;
import io.parley.codec.Bytes;
import io.parley.model.ErrorCode;
import io.parley.model.Member;
import io.parley.model.RoomItem;
import io.parley.model.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does what lines ask for. The input's thread alone: it waits for what a command brings, so that the next line finds it
 * done; for the outcome of what is said it does not wait. (Over 300 lines: it has a method for each command.)
 */
final class Commands {
    private static final Tags AS_ACTION = Tags.of(Phrase.ACTION, Bytes.EMPTY);
    private static final int DEFAULT_HISTORY = 20;
    private static final int MOST_HISTORY = 10_000;
    private static final int PAGE = 200;

    private final ClientSettings settings;
    private final Face face;
    private final ServerFollower server;
    private final OpenRooms open;
    private final Executor callbacks;
    private final List<RoomFollower> entered = new CopyOnWriteArrayList<>();
    private volatile ChatClient client; // set by the thread that runs the program
    private final Gate gate = new Gate(); // closed from a loss until the client is back
    private final Outgoing outgoing;

    Commands(ClientSettings settings, Face face, ServerFollower server, Executor callbacks, ChatClient client) {
        this.settings = settings;
        this.face = face;
        this.server = server;
        this.open = server.rooms();
        this.callbacks = callbacks;
        this.client = client;
        this.outgoing = new Outgoing(
                settings.reconnect(),
                gate,
                (text, why) -> show(to -> to.trouble(
                        unsaid(why) + ": " + Phrase.begun(text) + Phrase.because(String.valueOf(why.getMessage())))));
    }

    private void show(Consumer<Face> what) {
        callbacks.execute(() -> what.accept(face));
    }

    private void answer(@Nullable ChatRoom room, String text) {
        show(to -> to.answer(room == null ? null : Place.of(room), text));
    }

    private static String unsaid(ChatException why) {
        return why.code() == ErrorCode.UNKNOWN_OUTCOME ? "perhaps not said" : "not said";
    }

    Outgoing outgoing() {
        return outgoing;
    }

    /** Does what a line asks for and says so if that fails; false if it was a goodbye. */
    boolean run(Lines.Typed typed) {
        Input input = typed.input();
        if (input.verb() == Input.Verb.QUIT) {
            settle();
            return false;
        }
        gate.enter();
        try {
            if (input.verb().isCommand()) {
                settle();
            }
            perform(input, typed.place());
        } catch (ChatException why) {
            complain(String.valueOf(why.getMessage()));
            outgoing.note(why);
        } finally {
            gate.leave();
        }
        return true;
    }

    /** The input has ended: waits until all of it has been said, and for the client to be back if it takes that. */
    void finish() {
        boolean waits;
        do {
            waits = outgoing.hasKept();
            if (waits) {
                gate.enter();
                gate.leave();
            }
            outgoing.await();
        } while (waits || outgoing.hasKept());
    }

    /** Has what was said before be seen before a command's result. */
    private void settle() {
        outgoing.await();
        CompletableFuture.runAsync(() -> {}, callbacks).join();
    }

    private void perform(Input input, @Nullable Place here) {
        String first = input.first();
        Place there = first.isEmpty() ? here : new Place(first, false);
        switch (input.verb()) {
            case SAY -> say(here, input.rest(), Tags.NONE);
            case ME -> say(here, input.rest(), AS_ACTION);
            case JOIN -> join(first);
            case LEAVE -> in(there, room -> await(room.leave()));
            case SWITCH -> in(there, this::choose);
            case MSG -> say(new Place(first, true), input.rest(), Tags.NONE);
            case WHO -> in(there, this::who);
            case ROOMS -> rooms();
            case TOPIC -> in(here, room -> topic(room, input.rest()));
            case HISTORY -> in(here, room -> history(room, here, first));
            case NICK -> rename(first);
            case HELP -> help();
            case QUIT -> {
                // the reader of the input ends
            }
            case INCOMPLETE -> refuse("it is: " + first);
            case UNKNOWN -> refuse("there is no command " + first + "; /help lists them");
        }
    }

    private void complain(String text) {
        show(to -> to.trouble("! " + text));
    }

    private void refuse(String text) {
        complain(text);
        outgoing.noteRefusal();
    }

    // ---- rooms

    /** Does something in a room that is open: the given one, or the current one if none is given. */
    private void in(@Nullable Place place, Consumer<ChatRoom> work) {
        ChatRoom room = place == null ? open.current() : open.find(place);
        if (room != null) {
            work.accept(room);
        } else {
            refuse(place == null ? "you are in no room; enter one with /join ROOM" : "you are not in " + place.name());
        }
    }

    private void say(@Nullable Place place, String text, Tags tags) {
        if (text.isBlank()) {
            return;
        }
        if (place != null && place.direct()) {
            tell(place, text, tags);
        } else {
            in(place, room -> outgoing.say(room, text, tags));
        }
    }

    private void tell(Place person, String text, Tags tags) {
        ChatRoom conversation;
        try {
            conversation = conversation(person.name());
        } catch (ChatException why) {
            if (!Outgoing.isCutOff(why)) {
                throw why;
            }
            outgoing.fail(new Outgoing.Unsaid(person, text, tags, why));
            return;
        }
        outgoing.say(conversation, text, tags);
    }

    /** Enters a room, or makes it the current one if this client is in it. */
    void join(String name) {
        Place place = new Place(name, false);
        ChatRoom known = open.find(place);
        if (known != null) {
            choose(known);
            return;
        }
        RoomFollower follower = server.follow(place);
        open(() -> client.enterAsync(name, settings.backlog(), follower), room -> {
            entered.removeIf(RoomFollower::isOut);
            entered.add(follower);
            follower.entered(room, Face.Arrival.ASKED);
        });
    }

    /**
     * The connection is lost: has the input wait, and waits itself until it is known what was said over it. The thread
     * that runs the program calls it, and {@link #goOn}.
     */
    void pause() {
        gate.close();
        gate.awaitEmpty();
        outgoing.await();
    }

    /**
     * Goes back into the rooms over a new connection, the current one last, says what the last one has kept from being
     * said, and lets the input go on. If the new one is lost meanwhile, all of that is for the next.
     */
    void goOn(ChatClient next) {
        client = next;
        ChatRoom current = open.current();
        entered.removeIf(RoomFollower::isOut);
        for (RoomFollower room : entered) {
            reenter(room);
        }
        if (settings.password() != null) {
            server.cut().forEach(this::converseAgain); // a guest is nobody's old acquaintance
        }
        ChatRoom again = current == null ? null : open.find(Place.of(current));
        if (again != null) {
            open.add(Place.of(again), again);
        }
        outgoing.sayKept(this::sayAgain);
        if (!next.closed().isDone() && !outgoing.hasKept()) {
            gate.open();
        }
    }

    private void sayAgain(Outgoing.Unsaid unsaid) {
        Place place = unsaid.place();
        if (!place.direct() && open.find(place) == null) {
            outgoing.giveUp(unsaid); // there was no way back into that room
            return;
        }
        try {
            say(place, unsaid.text(), unsaid.tags());
        } catch (ChatException away) {
            outgoing.giveUp(unsaid);
        }
    }

    private void reenter(RoomFollower room) {
        try {
            open(() -> room.resume(client, settings.backlog()), room::returned);
        } catch (ChatException why) {
            // Else the connection is lost again, and the next one is tried with this room, too.
            if (ExitCode.afterLogin(why) == ExitCode.REFUSED) {
                room.over();
                show(to -> to.left(room.place(), "cannot go back: " + why.getMessage()));
            }
        }
    }

    private void converseAgain(RoomFollower conversation) {
        try {
            String nick = conversation.place().name();
            open(
                    () -> client.directAsync(nick, 0, conversation),
                    room -> conversation.entered(room, Face.Arrival.AGAIN));
        } catch (ChatException away) {
            // Then it goes on with the next word from either.
        }
    }

    private void choose(ChatRoom room) {
        open.add(Place.of(room), room);
        answer(null, "lines go to " + room.name() + " now");
    }

    private ChatRoom conversation(String nick) {
        Place place = new Place(nick, true);
        ChatRoom known = open.find(place);
        if (known != null) {
            return known;
        }
        RoomFollower follower = server.converse(place);
        return open(() -> client.directAsync(nick, 0, follower), room -> follower.entered(room, Face.Arrival.ASKED));
    }

    /** Opens a room. On the callbacks' thread, so that nothing is told before {@code opened} has run. */
    private ChatRoom open(Supplier<CompletableFuture<ChatRoom>> opening, Consumer<ChatRoom> opened) {
        return await(CompletableFuture.supplyAsync(
                        () -> opening.get().thenApply(room -> {
                            opened.accept(room);
                            return room;
                        }),
                        callbacks)
                .thenCompose(room -> room));
    }

    private void who(ChatRoom room) {
        List<Member> members = room.members();
        if (members.isEmpty()) {
            members = await(room.page("", PAGE)); // too many for the room to keep everybody told of everybody
        }
        List<Member> present = members;
        show(to -> to.present(room, present));
    }

    private void rooms() {
        List<RoomItem> page = await(client.rooms("", PAGE));
        while (!page.isEmpty()) {
            List<RoomItem> listed = page;
            show(to -> to.listed(listed));
            page = await(client.rooms(page.get(page.size() - 1).name(), PAGE));
        }
    }

    private void topic(ChatRoom room, String topic) {
        if (!topic.isEmpty()) {
            await(room.setTopic(topic));
        } else {
            answer(room, room.topic().isEmpty() ? "no topic" : "topic: " + room.topic());
        }
    }

    private void history(ChatRoom room, @Nullable Place here, String count) {
        if (!count.isEmpty() && !count.matches("[1-9][0-9]{0,8}")) {
            refuse("it is: " + Input.Verb.HISTORY.usage());
            return;
        }
        int wanted = count.isEmpty() ? DEFAULT_HISTORY : Math.min(MOST_HISTORY, Integer.parseInt(count));
        List<Message> found = new ArrayList<>();
        long before = 0;
        boolean more = true;
        while (more && found.size() < wanted) {
            HistoryResult page = await(room.historyBefore(before, wanted - found.size()));
            found.addAll(0, page.messages());
            before = page.firstSeq();
            more = page.more() && before > 0;
        }
        Place place = here == null ? Place.of(room) : here; // the other may have had another name
        show(to -> to.remembered(place, found));
    }

    // ---- the rest

    private void rename(String name) {
        String before = client.name();
        String given = await(client.rename(name));
        if (open.current() == null) {
            show(to -> to.renamed(null, before, given, true)); // else the room says so
        }
    }

    private void help() {
        for (Input.Verb verb : Input.Verb.values()) {
            if (verb.isCommand()) {
                answer(null, String.format("%-16s %s", verb.usage(), verb.does()));
            }
        }
        answer(null, "Anything else is said in the current room; //text says a line that begins with a slash.");
    }

    private static <T extends @Nullable Object> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof ChatException why) {
                throw why;
            }
            throw failed;
        }
    }
}
