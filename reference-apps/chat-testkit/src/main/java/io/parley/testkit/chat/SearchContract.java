package io.parley.testkit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.MessageKind;
import io.parley.client.SearchResult;
import io.parley.model.Action;
import io.parley.model.ErrorCode;
import io.parley.model.SearchQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Searching in what was said. */
public interface SearchContract extends Opener {

    private static List<String> found(Chat chat, ChatRoom room, SearchQuery query) {
        List<String> texts = new ArrayList<>();
        SearchResult page = chat.fixture().await(room.search(query));
        page.messages().stream().map(Message::text).forEach(texts::add);
        while (page.more()) {
            page = chat.fixture().await(room.search(query.below(page.next())));
            page.messages().stream().map(Message::text).forEach(texts::add);
        }
        return texts;
    }

    /** A member finds messages by their words, their sender and their place, page by page. */
    @Test
    default void findsWhatWasSaid() {
        try (Chat chat = Chat.open(open())) {
            ChatClient alice = chat.guest("alice");
            ChatClient bob = chat.guest("bob");
            ChatRoom room = chat.enter(alice, "lobby", new Ears());
            ChatRoom bobs = chat.enter(bob, "lobby", new Ears());
            chat.fixture().await(room.say("The first Caf\u00e9"));
            chat.fixture().await(bobs.say("the second cafe"));
            chat.fixture().await(room.say("a third one"));
            chat.fixture().await(bobs.say("caf\u00e9s everywhere"));
            SearchQuery cafe = SearchQuery.of("cafe", 1);
            assertThat(found(chat, room, cafe))
                    .containsExactly("caf\u00e9s everywhere", "the second cafe", "The first Caf\u00e9");
            assertThat(found(chat, room, cafe.by(alice.user().id()))).containsExactly("The first Caf\u00e9");
            assertThat(found(chat, room, SearchQuery.of("the first", 10))).containsExactly("The first Caf\u00e9");
            assertThat(found(chat, room, SearchQuery.of("nowhere", 10))).isEmpty();
            Message newest = chat.fixture().await(room.search(cafe)).messages().get(0);
            assertThat(newest.sender()).isEqualTo("bob");
            assertThat(newest.own()).isFalse();
            assertThat(newest.kind()).isEqualTo(MessageKind.HISTORY);
            assertThat(found(chat, room, cafe.below(newest.seq()))).hasSize(2);
            assertThat(found(chat, room, cafe.within(newest.timeMillis() + 1, 0)))
                    .isEmpty();
        }
    }

    /** A direct conversation is searched by the two who have it. */
    @Test
    default void findsWhatWasSaidInAConversation() {
        try (Chat chat = Chat.open(open())) {
            Door door = new Door();
            ChatClient alice = chat.guest("alice");
            chat.guest("bob", door);
            ChatRoom toBob = chat.fixture().await(alice.directAsync("bob", 0, new Ears()));
            chat.fixture().await(toBob.say("between us"));
            ChatRoom toAlice = chat.fixture().await(door.first);
            assertThat(found(chat, toBob, SearchQuery.of("betw", 5))).containsExactly("between us");
            assertThat(found(chat, toAlice, SearchQuery.of("us", 5))).containsExactly("between us");
        }
    }

    /** Who is not in the room any more finds nothing, whether banned, kicked or gone. */
    @Test
    default void findsNothingFromOutside() {
        try (Chat chat = Chat.open(open())) {
            ChatRoom owner = chat.enter(chat.guest("alice"), "lobby", new Ears());
            chat.fixture().await(owner.say("a secret"));
            SearchQuery secret = SearchQuery.of("secret", 5);
            for (Action act : new Action[] {Action.KICK, Action.BAN}) {
                Ears ears = new Ears();
                ChatClient client = chat.guest("member" + act.code());
                ChatRoom room = chat.enter(client, "lobby", ears);
                assertThat(found(chat, room, secret)).hasSize(1);
                chat.fixture().await(owner.moderate(act, client.user().id(), Duration.ZERO, ""));
                chat.fixture().settle("out", () -> ears.lines().stream().anyMatch(line -> line.startsWith("closed")));
                assertThat(chat.fixture().refusal(room.search(secret))).isEqualTo(ErrorCode.NOT_A_MEMBER);
            }
            ChatRoom room = chat.enter(chat.guest("leaver"), "lobby", new Ears());
            chat.fixture().await(room.leave());
            assertThat(chat.fixture().refusal(room.search(secret))).isEqualTo(ErrorCode.NOT_A_MEMBER);
        }
    }
}
