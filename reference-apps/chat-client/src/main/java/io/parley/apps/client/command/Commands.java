package io.parley.apps.client.command;

import static io.parley.apps.client.command.Results.await;

import io.parley.apps.client.follow.OpenRooms;
import io.parley.apps.client.follow.ServerFollower;
import io.parley.apps.client.input.Input;
import io.parley.apps.client.input.LineSource;
import io.parley.apps.client.input.Passwords;
import io.parley.apps.client.options.ClientSettings;
import io.parley.apps.client.options.Login;
import io.parley.apps.client.view.EventText;
import io.parley.apps.client.view.Place;
import io.parley.apps.client.view.ViewQueue;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.ClientState;
import io.parley.codec.Bytes;
import io.parley.model.Action;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the lines that the user types. The input thread only, except where a method says otherwise. A command waits for
 * its result, so that the next line comes after it; a message does not wait for its outcome.
 */
public final class Commands {
    private static final Tags AS_ACTION = Tags.of(EventText.ACTION, Bytes.EMPTY);
    private static final int DEFAULT_HISTORY = 20;
    private static final Duration QUIT_PATIENCE = Duration.ofMillis(200);

    private final ChatClient client;
    private final Login login;
    private final ViewQueue view;
    private final ServerFollower server;
    private final OpenRooms open;
    private final RoomEntry rooms;
    private final Returning returning;
    private final Queries queries;
    private final Searches searches;
    private final Moderation moderation;
    private final Contacts contacts;
    private final OutgoingMessages outgoing;

    public Commands(
            ClientSettings settings, ViewQueue view, ServerFollower server, Executor callbacks, ChatClient client) {
        this.client = client;
        this.login = settings.login();
        this.view = view;
        this.server = server;
        this.open = server.rooms();
        this.rooms = new RoomEntry(client, settings.backlog(), server, callbacks);
        this.returning = new Returning(client, rooms, open, server.ignored(), view);
        this.queries = new Queries(view, server.ignored());
        this.searches = new Searches(client, view, server.ignored());
        this.moderation = new Moderation(view);
        this.contacts = new Contacts(client, view, server.ignored());
        this.outgoing = new OutgoingMessages(client, view);
        server.onConnectedAgain(contacts::connectedAgain);
    }

    public OutgoingMessages outgoing() {
        return outgoing;
    }

    /** Runs a line and shows an error if it fails; false if the line ends the program. */
    public boolean run(LineSource.Typed typed) {
        Input input = typed.input();
        if (input.verb() == Input.Verb.QUIT) {
            while (server.lost() == null && !outgoing.isSettled(QUIT_PATIENCE)) {
                // It goes on until all is said, or there is no connection.
            }
            return false;
        }
        if (!input.verb().isMessage()) {
            settle();
        }
        try {
            perform(input, typed.place(), typed.room(), typed.passwords());
        } catch (ChatException why) {
            refused(why);
        } catch (IllegalArgumentException wrong) {
            refuse(String.valueOf(wrong.getMessage()));
        }
        return true;
    }

    /** Waits until the messages so far have an outcome and are shown, so that a command comes after them. */
    public void settle() {
        outgoing.await();
        view.await();
    }

    private void perform(Input input, @Nullable Place here, @Nullable ChatRoom typedIn, Passwords passwords) {
        String first = input.first();
        Place there = first.isEmpty() ? here : new Place(first, false);
        switch (input.verb()) {
            case SAY -> say(here, typedIn, input.rest(), Tags.NONE);
            case ME -> say(here, typedIn, input.rest(), AS_ACTION);
            case JOIN -> join(first);
            case LEAVE -> in(there, room -> await(room.leave()));
            case SWITCH -> in(there, this::choose);
            case MSG -> write(first, input.rest());
            case QUERY -> query(first);
            case WHO -> in(there, queries::members);
            case ROOMS -> queries.rooms(client);
            case MINE -> queries.mine(client);
            case TOPIC -> in(here, room -> topic(room, input.rest()));
            case HISTORY -> in(here, room -> history(room, here, first));
            case SEARCH -> in(here, room -> searches.search(room, here == null ? Place.of(room) : here, input.rest()));
            case NICK -> rename(first);
            case PASSWORD -> changePassword(passwords);
            case BANS -> in(there, moderation::list);
            case KICK, BAN, UNBAN, MUTE, UNMUTE, ROLE, INVITE -> in(here, room -> moderate(room, input));
            case IGNORE -> contacts.ignore(open.current(), first);
            case UNIGNORE -> contacts.unignore(open.current(), first);
            case IGNORED -> contacts.list();
            case DIRECT -> contacts.allowDirect(first);
            case SET -> refuse("there is something to set on a screen only");
            case HELP -> queries.help();
            case QUIT, REGISTER -> {
                // handled before
            }
            case INCOMPLETE -> refuse("it is: " + first);
            case UNKNOWN -> refuse("there is no command " + first + "; /help lists them");
        }
    }

    private void changePassword(Passwords passwords) {
        if (!passwords.problem().isEmpty()) {
            throw new IllegalArgumentException(passwords.problem());
        }
        await(client.changePassword(passwords.old(), passwords.next()));
        if (login instanceof Login.Scram scram) {
            scram.proof().changePassword(passwords.next());
        }
        String tokens = login instanceof Login.Token ? "; tokens stay good" : "";
        view.show(to -> to.answer(null, "the password is changed; your other devices are logged out" + tokens));
    }

    private void moderate(ChatRoom room, Input input) {
        String name = input.first();
        String rest = input.rest();
        switch (input.verb()) {
            case KICK -> moderation.act(client, room, Action.KICK, name, rest);
            case BAN -> moderation.restrict(client, room, Action.BAN, name, rest);
            case MUTE -> moderation.restrict(client, room, Action.MUTE, name, rest);
            case UNBAN -> moderation.lift(client, room, Action.UNBAN, name);
            case UNMUTE -> moderation.lift(client, room, Action.UNMUTE, name);
            case INVITE -> moderation.act(client, room, Action.INVITE, name, "");
            default -> moderation.role(client, room, name, rest);
        }
    }

    /** Shows why the server refused a command. */
    public void refused(ChatException why) {
        view.show(to -> to.refused(why));
        outgoing.note(why);
    }

    private void showError(String text) {
        view.show(to -> to.error("! " + text));
    }

    /** Says why a line is not done, which the server was not asked. */
    public void refuse(String text) {
        showError(text);
        outgoing.noteRefusal();
    }

    // ---- rooms

    /** Enters the rooms of another login, whose place this one takes, and ignores whom it ignored. */
    public void goOn(List<OpenRooms.Position> positions, List<UserItem> ignored) {
        returning.goOn(positions, ignored);
    }

    /** Opens a room, which becomes the current one, and the other rooms and conversations of the user's account. */
    public void comeBack(String start) {
        returning.comeBack(new Place(start, false));
    }

    /** Runs an action in an open room: the given one, or the current one if none is given. */
    private void in(@Nullable Place place, Consumer<ChatRoom> action) {
        ChatRoom room = place == null ? open.current() : open.find(place);
        if (room != null) {
            action.accept(room);
        } else {
            refuse(place == null ? "you are in no room; enter one with /join ROOM" : "you are not in " + place.name());
        }
    }

    /** Joins a room, or makes it the current one if the user is in it. */
    public void join(String name) {
        Place place = new Place(name, false);
        ChatRoom known = open.find(place);
        if (known != null) {
            choose(known);
        } else {
            rooms.join(place);
        }
    }

    private void choose(ChatRoom room) {
        open.add(Place.of(room), room);
        view.show(to -> to.answer(null, "lines go to " + room.name() + " now"));
    }

    private void topic(ChatRoom room, String topic) {
        if (topic.isEmpty()) {
            queries.topic(room);
        } else {
            await(room.setTopic(topic));
        }
    }

    private void history(ChatRoom room, @Nullable Place here, String count) {
        if (!count.isEmpty() && !count.matches("[1-9][0-9]{0,8}")) {
            refuse("it is: " + Input.Verb.HISTORY.usage());
            return;
        }
        int wanted = count.isEmpty() ? DEFAULT_HISTORY : Integer.parseInt(count);
        queries.history(room, here == null ? Place.of(room) : here, wanted); // the room may have been renamed
    }

    private void rename(String name) {
        String before = client.name();
        String given = await(client.rename(name));
        server.named(given);
        if (open.current() == null) {
            view.show(to -> to.renamed(null, before, given, true)); // else the room shows it
        }
    }

    // ---- messages

    private void say(@Nullable Place place, @Nullable ChatRoom typedIn, String text, Tags tags) {
        if (text.isBlank()) {
            return;
        }
        if (place != null && place.direct()) {
            // To the one that it was with, whatever became of the name.
            sayTo(
                    () -> rooms.conversation(place, typedIn),
                    text,
                    tags,
                    why -> outgoing.giveUp(typedIn == null ? null : place, text, why));
        } else if (typedIn != null) {
            outgoing.send(typedIn, text, tags); // if it is not open any more, that is why this is not said
        } else {
            in(place, room -> outgoing.send(room, text, tags));
        }
    }

    private void sayTo(Supplier<ChatRoom> opening, String text, Tags tags, Consumer<ChatException> giveUp) {
        ChatRoom room;
        try {
            room = opened(opening);
        } catch (ChatException why) {
            giveUp.accept(why);
            return;
        }
        outgoing.send(room, text, tags);
    }

    /** Opens a conversation, however long there is no connection. */
    private ChatRoom opened(Supplier<ChatRoom> opening) {
        while (true) {
            try {
                return opening.get();
            } catch (ChatException why) {
                boolean again = why.code() == ChatException.NOT_CONNECTED
                        && client.state().phase() != ClientState.Phase.ENDED;
                if (!again) {
                    throw why;
                }
            }
        }
    }

    /** Opens the conversation with whoever has a name now. */
    private void query(String name) {
        Place place = Place.of(rooms.conversationWith(name));
        view.show(to -> to.answer(place, "the conversation with " + place.name() + " is open"));
    }

    /** Says something to whoever has a name now. */
    private void write(String name, String text) {
        sayTo(() -> rooms.conversationWith(name), text, Tags.NONE, why -> {
            outgoing.giveUp(null, text, why);
            view.show(to -> to.giveBack(Input.Verb.MSG.command() + " " + name + " " + text));
        });
    }
}
