package io.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.ClientListener;
import io.parley.client.RoomListener;
import io.parley.codec.Bytes;
import io.parley.model.BacklogRequest;
import io.parley.model.ErrorCode;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomRef;
import io.parley.model.Snapshot;
import io.parley.model.Tags;
import io.parley.model.UserRef;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Credentials;
import io.parley.policy.Decision;
import io.parley.policy.Policies;
import io.parley.room.Encoding;
import io.parley.room.Outcome;
import io.parley.room.Room;
import io.parley.room.Session;
import io.parley.room.Subscriber;
import io.parley.room.Subscription;
import io.parley.room.User;
import io.parley.testkit.chat.Chat;
import io.parley.testkit.chat.Ears;
import io.parley.testkit.chat.MemoryFixture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One policy, and every way around it that a user may try: by the native protocol and from inside the program. */
class PolicyTableTest {
    private static final List<String> NAMES = List.of("staff", "STAFF", "\uFF53\uFF54\uFF41\uFF46\uFF46", "Staff");
    private static final List<String> WORDS = List.of("rude", "RUDE", "\uFF52\uFF55\uFF44\uFF45", "so Rude!");

    /** Denies the name, the word, new rooms and conversations. */
    private static final class Forbidden implements ChatPolicy {
        private static final ChatPolicy WORD = Policies.words(List.of("rude"));

        private static Answer judge(boolean denied) {
            return denied ? Decision.deny("not here") : Decision.ALLOW;
        }

        @Override
        public Answer name(UserRef user, NamePolicy.Name name) {
            return judge(name.key().equals("staff"));
        }

        @Override
        public Answer create(UserRef user, NamePolicy.Name room) {
            return judge(true);
        }

        @Override
        public Answer direct(UserRef user, UserRef other) {
            return judge(true);
        }

        @Override
        public Answer say(UserRef user, RoomRef room, String body, Tags tags) {
            return judge(WORD.say(user, room, body, tags) instanceof Decision.Replace);
        }

        @Override
        public Answer topic(UserRef user, RoomRef room, String topic) {
            return judge(WORD.topic(user, room, topic) instanceof Decision.Replace);
        }
    }

    /** Somebody who tries; each way gives what came back. */
    interface Way {
        String login(String name);

        String rename(String name);

        String say(String body, Tags tags);

        String topic(String topic);

        String join(String room);

        String direct(String name);

        void leave();
    }

    /** By the native protocol. */
    private static final class Native implements Way {
        private final Chat chat;
        private final ChatClient mallory;
        private final ChatRoom lobby;

        Native(Chat chat) {
            this.chat = chat;
            mallory = chat.guest("mallory");
            lobby = chat.enter(mallory, "lobby", new Ears());
        }

        private String answer(CompletableFuture<?> request) {
            try {
                chat.fixture().await(request);
                return "allowed";
            } catch (ChatException no) {
                return no.code() + " " + no.getMessage();
            }
        }

        @Override
        public String login(String name) {
            return answer(chat.client(name).connectAsync(chat.fixture().transport(), chat.address()));
        }

        @Override
        public String rename(String name) {
            return answer(mallory.rename(name));
        }

        @Override
        public String say(String body, Tags tags) {
            return answer(lobby.say(body, tags));
        }

        @Override
        public String topic(String topic) {
            return answer(lobby.setTopic(topic));
        }

        @Override
        public String join(String room) {
            return answer(mallory.enterAsync(room, 0, new Ears()));
        }

        @Override
        public String direct(String name) {
            return answer(mallory.directAsync(name, 0, new Ears()));
        }

        @Override
        public void leave() {
            mallory.closeAsync();
        }
    }

    /** From inside the program. */
    private static final class Inside implements Way, Subscriber {
        private static final Encoding NOTHING = (room, entry, into) -> into.put((byte) '\n');

        private final Chat chat;
        private final Session mallory;
        private final Subscription lobby;
        private long cids;

        Inside(Chat chat) {
            this.chat = chat;
            mallory = chat.fixture().await(entering("mallory"));
            lobby = chat.fixture()
                    .await(mallory.join("lobby", BacklogRequest.NOTHING))
                    .subscription();
        }

        private CompletableFuture<Session> entering(String name) {
            NamePolicy names = chat.server().hub().names();
            return chat.server()
                    .hub()
                    .login(Applicant.of(names, name, Credentials.NONE, "tests", "inside", null, null), NOTHING, this);
        }

        private String answer(CompletableFuture<?> request) {
            mallory.settle();
            try {
                chat.fixture().await(request);
                return "allowed";
            } catch (RoomException no) {
                return no.reason().code() + " " + no.text();
            }
        }

        private static Outcome outcome(CompletableFuture<Long> done) {
            return new Outcome() {
                @Override
                public void kept(long seq) {
                    done.complete(seq);
                }

                @Override
                public void refused(RoomException why) {
                    done.completeExceptionally(why);
                }
            };
        }

        @Override
        public String login(String name) {
            return answer(entering(name));
        }

        @Override
        public String rename(String name) {
            return answer(mallory.rename(name));
        }

        @Override
        public String say(String body, Tags tags) {
            CompletableFuture<Long> done = new CompletableFuture<>();
            mallory.say(lobby, ++cids, body, tags, outcome(done));
            return answer(done);
        }

        @Override
        public String topic(String topic) {
            CompletableFuture<Long> done = new CompletableFuture<>();
            mallory.setTopic(lobby, ++cids, topic, outcome(done));
            return answer(done);
        }

        @Override
        public String join(String room) {
            return answer(mallory.join(room, BacklogRequest.NOTHING));
        }

        @Override
        public String direct(String name) {
            return answer(mallory.find(name).thenCompose(user -> mallory.direct(user.id(), BacklogRequest.NOTHING)));
        }

        @Override
        public void leave() {
            lobby.leave("");
            mallory.exit();
        }

        @Override
        public void ready(Subscription subscription) {}

        @Override
        public void opened(Subscription subscription, Snapshot snapshot) {}
    }

    private static Tags tags(String name, String value) {
        return Tags.of(name, Bytes.of(value.getBytes(StandardCharsets.UTF_8)));
    }

    /** Something that somebody tries. */
    interface Try {
        String by(Way way);
    }

    private static Arguments row(String what, String spelling, Try attempt) {
        return Arguments.of(what, spelling, attempt);
    }

    static Stream<Arguments> table() {
        Stream<Arguments> names = NAMES.stream()
                .flatMap(name -> Stream.of(
                        row("log in as", name, way -> way.login(name)),
                        row("rename to", name, way -> way.rename(name)),
                        row("join the new room", name, way -> way.join(name))));
        Stream<Arguments> words = WORDS.stream()
                .flatMap(word -> Stream.of(
                        row("say", word, way -> way.say(word, Tags.NONE)),
                        row("say in a tag", word, way -> way.say("hello", tags("note", word))),
                        row("say as a tag", word, way -> way.say("hello", tags(word, ""))),
                        row("set the topic", word, way -> way.topic(word))));
        Stream<Arguments> others = Stream.of("bob", "BOB", "\uFF42\uFF4F\uFF42")
                .map(name -> row("write to", name, way -> way.direct(name)));
        return Stream.of(names, words, others).flatMap(rows -> rows);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("table")
    void isDenied(String what, String spelling, Try attempt) {
        check(attempt, Native::new);
        check(attempt, Inside::new);
    }

    private static void check(Try attempt, Function<Chat, Way> way) {
        try (Chat chat = Chat.open(MemoryFixture.seeded(7), builder -> builder.policy(new Forbidden()))) {
            chat.fixture().await(chat.server().hub().room("lobby"));
            Ears ears = new Ears();
            Ears direct = new Ears();
            ChatClient bob = chat.guest("bob", new ClientListener() {
                @Override
                public RoomListener onDirect(ChatRoom conversation) {
                    return direct;
                }
            });
            ChatRoom lobby = chat.enter(bob, "lobby", ears);
            Way mallory = way.apply(chat);
            assertThat(attempt.by(mallory)).isEqualTo(ErrorCode.FORBIDDEN + " not here");
            assertThat(mallory.say("hello", Tags.NONE)).isEqualTo("allowed");
            chat.fixture().settle("heard", () -> ears.heard("mallory: hello"));
            assertThat(ears.lines()).containsExactly("joined mallory", "mallory: hello");
            assertThat(direct.lines()).isEmpty();
            assertThat(lobby.topic()).isEmpty();
            assertThat(chat.server().hub().users()).extracting(User::name).containsExactly("bob", "mallory");
            assertThat(chat.server().hub().rooms()).extracting(Room::name).containsExactly("lobby");
            mallory.leave();
        }
    }
}
