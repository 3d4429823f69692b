package io.parley.apps.client.command;

import static io.parley.apps.client.command.Results.await;

import io.parley.apps.client.follow.Ignored;
import io.parley.apps.client.input.Input;
import io.parley.apps.client.view.ViewQueue;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.model.DirectMode;
import io.parley.model.UserItem;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The commands about whose messages the user takes: the server refuses direct messages, and this client hides what is said
 * in rooms. The input thread only; each waits until it is done, and throws if it is refused. After a reconnect the thread
 * that runs the program, while the input waits.
 */
final class Contacts {
    private final ViewQueue view;
    private final Ignored ignored;
    private @Nullable DirectMode mode; // null: the server's own

    Contacts(ViewQueue view, Ignored ignored) {
        this.view = view;
        this.ignored = ignored;
    }

    /**
     * Ignores a user.
     *
     * @throws IllegalArgumentException if it is the user of this client
     */
    void ignore(ChatClient client, @Nullable ChatRoom room, String name) {
        UserItem user = People.find(client, room, name);
        if (user.id() == client.user().id()) {
            throw new IllegalArgumentException("that is you");
        }
        await(client.ignore(user.id(), true));
        ignored.add(user);
        view.show(to -> to.ignoring(user, true));
    }

    /** Takes the messages of a user again, who is called as it was when it was ignored, or as it is now. */
    void unignore(ChatClient client, @Nullable ChatRoom room, String name) {
        List<UserItem> known = ignored.all().stream()
                .filter(user -> People.isSame(user.name(), name))
                .toList();
        // Another client of the account may have ignored it.
        List<UserItem> meant = known.isEmpty() ? List.of(People.find(client, room, name)) : known;
        for (UserItem user : meant) {
            await(client.ignore(user.id(), false));
            ignored.remove(user.id());
            view.show(to -> to.ignoring(user, false));
        }
    }

    void list() {
        List<UserItem> all = ignored.all();
        view.show(to -> to.ignored(all));
    }

    /**
     * Says whose direct messages the user takes.
     *
     * @throws IllegalArgumentException if the word stands for nothing
     */
    void allowDirect(ChatClient client, String word) {
        DirectMode wanted = mode(word);
        await(client.allowDirect(wanted));
        mode = wanted;
        view.show(to -> to.answer(null, "you take direct messages of " + words(wanted)));
    }

    private static DirectMode mode(String word) {
        for (DirectMode one : DirectMode.values()) {
            if (one.name().replace('_', '-').equalsIgnoreCase(word)) {
                return one;
            }
        }
        throw new IllegalArgumentException("it is: " + Input.Verb.DIRECT.usage());
    }

    private static String words(DirectMode mode) {
        return switch (mode) {
            case ROOM_MATES -> "those who are in a room with you";
            default -> mode.name().toLowerCase(Locale.ROOT);
        };
    }

    /** Says all of it to the server again, which forgets it with a guest. */
    void resume(ChatClient next) {
        try {
            if (mode != null) {
                await(next.allowDirect(mode));
            }
            for (UserItem user : ignored.all()) {
                await(next.ignore(user.id(), true));
            }
        } catch (ChatException why) {
            if (!OutgoingMessages.isConnectionLost(why)) { // else the next reconnect does it
                view.show(to -> to.error("! " + why.getMessage()));
            }
        }
    }
}
