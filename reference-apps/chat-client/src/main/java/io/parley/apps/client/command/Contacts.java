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
import io.parley.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The commands about whose messages the user takes: the server refuses direct messages, and this client hides what is said
 * in rooms. The input thread only, except where a method says otherwise; each command waits until it is done, and throws if
 * it is refused.
 */
final class Contacts {
    private final ChatClient client;
    private final ViewQueue view;
    private final Ignored ignored;
    private volatile @Nullable DirectMode mode; // null: the server's own
    private volatile long origin; // of the session in which the server knows all of it

    Contacts(ChatClient client, ViewQueue view, Ignored ignored) {
        this.client = client;
        this.origin = client.origin();
        this.view = view;
        this.ignored = ignored;
    }

    /**
     * Ignores a user.
     *
     * @throws IllegalArgumentException if it is the user of this client
     */
    void ignore(@Nullable ChatRoom room, String name) {
        UserItem user = People.find(client, room, name);
        if (user.id() == client.user().id()) {
            throw new IllegalArgumentException("that is you");
        }
        await(client.ignore(user.id(), true));
        ignored.add(user);
        view.show(to -> to.ignoring(user, true));
    }

    /** Takes the messages of a user again, who is called as it was when it was ignored, or as it is now. */
    void unignore(@Nullable ChatRoom room, String name) {
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
    void allowDirect(String word) {
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

    /**
     * The client is connected again. If its session is another one, says all of it to the server again, which has forgotten
     * it with a guest. The callback thread.
     */
    void connectedAgain(ChatClient again) {
        long session = again.origin();
        if (session == origin) {
            return;
        }
        List<CompletableFuture<?>> said = new ArrayList<>();
        DirectMode wanted = mode;
        if (wanted != null) {
            said.add(done(again.allowDirect(wanted)));
        }
        ignored.all().forEach(user -> said.add(done(again.ignore(user.id(), true))));
        // If the connection is lost again before that is done, the next one does it.
        CompletableFuture.allOf(said.toArray(CompletableFuture[]::new)).thenRun(() -> origin = session);
    }

    /** What is refused is done as well. */
    private CompletableFuture<@Nullable Void> done(CompletableFuture<@Nullable Void> said) {
        return said.exceptionally(failed -> {
            if (failed instanceof ChatException why && why.verdict() == Verdict.REFUSED) {
                view.show(to -> to.error("! " + why.getMessage()));
                return null;
            }
            throw new CompletionException(failed);
        });
    }
}
