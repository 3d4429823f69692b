package io.parley.testkit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.ClientState;
import io.parley.client.Message;
import io.parley.client.MessageKind;
import io.parley.client.Receipt;
import io.parley.model.Action;
import io.parley.model.ErrorCode;
import io.parley.model.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That sessions go on when connections are lost: nothing is lost, doubled or reordered, and nobody else sees it. */
public interface ResumeContract extends Opener {
    /** Between two attempts of a client to come back. */
    Duration RETRY = Duration.ofMillis(200);

    private static ChatClient come(Chat chat, Cuttable way, String name) {
        return chat.client(name).reconnect(true).longestRetry(RETRY).connect(way, chat.address());
    }

    /** Cuts the connection and waits for the next one. The time without one may be too short to be seen. */
    private static void back(Chat chat, ChatClient client, Cuttable way) {
        long origin = client.origin();
        int before = way.connects();
        way.cut();
        chat.fixture().settle("the client is back", () -> way.connects() > before && isOnline(client));
        assertThat(client.origin()).isEqualTo(origin);
    }

    private static boolean isOnline(ChatClient client) {
        return client.state().phase() == ClientState.Phase.ONLINE;
    }

    private static List<String> numbered(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + " " + i).toList();
    }

    /** A client comes back as who it was, and the others are told neither of its going nor of its coming. */
    @Test
    default void aLostConnectionIsSeenByNobody() {
        ChatFixture fixture = open();
        Cuttable way = new Cuttable(fixture.transport());
        try (Chat chat = Chat.open(fixture)) {
            Ears bob = new Ears();
            ChatRoom room = chat.enter(chat.guest("bob"), "lobby", bob);
            try (ChatClient alice = come(chat, way, "alice")) {
                Ears ears = new Ears();
                ChatRoom hers = chat.enter(alice, "lobby", ears);
                fixture.await(hers.say("one"));
                back(chat, alice, way);
                fixture.await(room.say("two"));
                fixture.await(hers.say("three"));
                fixture.settle("told", () -> ears.count() == 3 && bob.count() == 3);
                assertThat(ears.texts()).containsExactly("one", "two", "three");
                assertThat(bob.lines()).doesNotContain("left alice", "left alice: connection lost");
                assertThat(bob.lines().stream().filter("joined alice"::equals)).hasSize(1);
            }
        }
    }

    /** What is said while a client is away is told when it is back, as what it is. */
    @Test
    default void whatIsMissedIsTold() {
        ChatFixture fixture = open();
        Cuttable way = new Cuttable(fixture.transport());
        try (Chat chat = Chat.open(fixture)) {
            ChatRoom room = chat.enter(chat.guest("bob"), "lobby", new Ears());
            try (ChatClient alice = come(chat, way, "alice")) {
                Ears ears = new Ears();
                fixture.await(room.say("before"));
                ChatRoom hers = fixture.await(alice.enterAsync("lobby", 10, ears));
                fixture.await(hers.say("live"));
                way.stop();
                way.cut();
                fixture.settle("the connection is lost", () -> !isOnline(alice));
                for (String text : numbered("missed", 30)) {
                    fixture.await(room.say(text));
                }
                way.go();
                fixture.settle("the client is back in the room", () -> ears.count() == 32);
                fixture.await(room.say("after"));
                fixture.settle("told", () -> ears.count() == 33);
                assertThat(ears.messages().subList(0, 2))
                        .extracting(Message::kind)
                        .containsExactly(MessageKind.HISTORY, MessageKind.LIVE);
                assertThat(ears.texts().subList(2, 32)).isEqualTo(numbered("missed", 30));
                assertThat(ears.messages().subList(2, 32))
                        .extracting(Message::kind)
                        .containsOnly(MessageKind.CATCH_UP);
                assertThat(ears.messages().get(32).kind()).isEqualTo(MessageKind.LIVE);
            }
        }
    }

    /** Whatever is said into connections that break is said once, in order, and has an outcome. */
    @Test
    default void whatIsSaidIntoABreakingConnectionIsSaidOnce() {
        ChatFixture fixture = open();
        Cuttable way = new Cuttable(fixture.transport());
        try (Chat chat = Chat.open(fixture)) {
            Ears bob = new Ears();
            chat.enter(chat.guest("bob"), "lobby", bob);
            try (ChatClient alice = come(chat, way, "alice")) {
                Ears ears = new Ears();
                ChatRoom room = chat.enter(alice, "lobby", ears);
                List<CompletableFuture<Receipt>> outcomes = new ArrayList<>();
                List<String> texts = numbered("no", 200);
                for (int i = 0; i < texts.size(); i++) {
                    outcomes.add(room.say(texts.get(i)));
                    fixture.await(outcomes.get(0)); // from then on the session is held
                    if (i % 40 == 20) {
                        back(chat, alice, way);
                    }
                }
                for (CompletableFuture<Receipt> outcome : outcomes) {
                    fixture.await(outcome);
                }
                fixture.settle("told", () -> bob.count() == texts.size() && ears.count() == texts.size());
                assertThat(bob.texts()).isEqualTo(texts);
                assertThat(ears.texts()).isEqualTo(texts);
                assertThat(outcomes.stream()
                                .map(one -> fixture.await(one).seq())
                                .toList())
                        .isEqualTo(bob.seqs());
            }
        }
    }

    /** What is done to somebody without a connection holds when it is back. */
    @Test
    default void whatIsDoneMeanwhileHolds() {
        ChatFixture fixture = open();
        Cuttable way = new Cuttable(fixture.transport());
        try (Chat chat = Chat.open(fixture, builder -> builder.room("lobby").room("den"))) {
            try (ChatClient alice = come(chat, way, "alice")) {
                Ears inLobby = new Ears();
                Ears inDen = new Ears();
                ChatRoom lobby = chat.enter(alice, "lobby", inLobby);
                ChatRoom den = chat.enter(alice, "den", inDen);
                fixture.await(lobby.say("one"));
                way.stop();
                way.cut();
                fixture.settle("the connection is lost", () -> !isOnline(alice));
                fixture.await(chat.server().moderate("den", Action.KICK, "alice", Duration.ZERO, "spam"));
                fixture.await(chat.server().moderate("lobby", Action.MAKE_MODERATOR, "alice", Duration.ZERO, ""));
                way.go();
                fixture.settle("the client is back", () -> isOnline(alice));
                fixture.settle("the end of the room is told", () -> inDen.heard("closed " + ErrorCode.KICKED));
                fixture.settle("the role is known", () -> lobby.role() == Role.MODERATOR);
                assertThat(fixture.refusal(den.say("anybody?"))).isNotZero();
                assertThat(inLobby.lines()).noneMatch(line -> line.startsWith("closed"));
            }
        }
    }

    /** The random breaking of connections, with many who talk: each hears all, once, and everybody in the same order. */
    @Test
    default void nothingIsLostWhereverConnectionsBreak() {
        Random random = new Random(4711);
        ChatFixture fixture = open();
        int people = 6;
        int each = 40;
        try (Chat chat = Chat.open(fixture, builder -> builder.room("lobby"))) {
            List<Cuttable> ways = new ArrayList<>();
            List<ChatClient> clients = new ArrayList<>();
            List<ChatRoom> rooms = new ArrayList<>();
            List<Ears> ears = new ArrayList<>();
            try {
                for (int i = 0; i < people; i++) {
                    ways.add(new Cuttable(fixture.transport()));
                    clients.add(come(chat, ways.get(i), "user" + i));
                    ears.add(new Ears());
                    rooms.add(chat.enter(clients.get(i), "lobby", ears.get(i)));
                    fixture.await(rooms.get(i).say("user" + i + " here"));
                }
                fixture.settle("all are there", () -> ears.get(0).count() == people);
                List<CompletableFuture<Receipt>> outcomes = new ArrayList<>();
                for (int said = 0; said < each; said++) {
                    for (int i = 0; i < people; i++) {
                        outcomes.add(rooms.get(i).say("user" + i + " " + said));
                        if (random.nextInt(12) == 0) {
                            ways.get(random.nextInt(people)).cut();
                        }
                    }
                    fixture.await(outcomes.get(random.nextInt(outcomes.size())));
                }
                for (CompletableFuture<Receipt> outcome : outcomes) {
                    fixture.await(outcome);
                }
                int late = people * each;
                for (int i = 0; i < people; i++) {
                    Ears one = ears.get(i);
                    int before = people - i;
                    fixture.settle("user" + i + " has heard all", () -> one.count() >= late + before);
                    List<String> all = one.texts();
                    assertThat(all).as("user%d", i).hasSize(late + before).doesNotHaveDuplicates();
                    assertThat(all.subList(before, all.size()))
                            .isEqualTo(ears.get(0).texts().subList(people, people + late));
                    assertThat(one.lines()).noneMatch(line -> line.startsWith("left") || line.startsWith("lost"));
                    String name = "user" + i;
                    assertThat(ears.get(0).texts().stream()
                                    .filter(text -> text.startsWith(name + " "))
                                    .toList())
                            .containsExactlyElementsOf(with(name + " here", numbered(name, each)));
                }
            } finally {
                clients.forEach(ChatClient::close);
            }
        }
    }

    private static List<String> with(String first, List<String> rest) {
        List<String> all = new ArrayList<>();
        all.add(first);
        all.addAll(rest);
        return all;
    }
}
