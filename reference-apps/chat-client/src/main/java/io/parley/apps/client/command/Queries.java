package io.parley.apps.client.command;

import static io.parley.apps.client.command.Results.await;

import io.parley.apps.client.follow.Ignored;
import io.parley.apps.client.input.Input;
import io.parley.apps.client.view.Place;
import io.parley.apps.client.view.ViewQueue;
import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.model.Member;
import io.parley.model.MyRoom;
import io.parley.model.RoomItem;
import java.util.ArrayList;
import java.util.List;

/** The commands that only show something. The input thread only; each waits for its answer. */
final class Queries {
    private static final int PAGE = 200;
    private static final int MAX_MEMBERS = 1_000; // that are listed

    private final ViewQueue view;
    private final Ignored ignored;

    Queries(ViewQueue view, Ignored ignored) {
        this.view = view;
        this.ignored = ignored;
    }

    void members(ChatRoom room) {
        List<Member> known = room.members();
        // A large room does not tell its members of each other; then the client asks.
        List<Member> members = known.isEmpty() ? await(room.page("", MAX_MEMBERS)) : known;
        view.show(to -> to.members(room, members));
    }

    void rooms(ChatClient client) {
        List<RoomItem> page = await(client.rooms("", PAGE));
        while (!page.isEmpty()) {
            List<RoomItem> rooms = page;
            view.show(to -> to.rooms(rooms));
            page = await(client.rooms(page.get(page.size() - 1).name(), PAGE));
        }
    }

    void mine(ChatClient client) {
        List<MyRoom> rooms = await(client.mine());
        view.show(to -> to.mine(rooms));
    }

    void topic(ChatRoom room) {
        String text = room.topic().isEmpty() ? "no topic" : "topic: " + room.topic();
        view.show(to -> to.answer(Place.of(room), text));
    }

    /** Shows the last messages of a room. */
    void history(ChatRoom room, Place place, int count) {
        List<Message> found = new ArrayList<>(await(PastPages.last(room, 0, count)));
        if (!place.direct()) {
            found.removeIf(ignored::hides);
        }
        view.show(to -> to.history(place, found));
    }

    void help() {
        for (Input.Verb verb : Input.Verb.values()) {
            if (verb.isCommand()) {
                answer(String.format("%-33s %s", verb.usage(), verb.description()));
            }
        }
        answer("Anything else is said in the current room; //text says a line that begins with a slash.");
    }

    private void answer(String text) {
        view.show(to -> to.answer(null, text));
    }
}
