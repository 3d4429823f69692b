package io.parley.client;

import static io.parley.client.Script.codeOf;
import static io.parley.client.Script.gap;
import static io.parley.client.Script.held;
import static io.parley.client.Script.message;
import static io.parley.client.Script.numbers;
import static io.parley.client.Script.only;
import static io.parley.client.Script.own;
import static io.parley.client.Script.page;
import static io.parley.client.Script.says;
import static io.parley.client.Script.snapshot;
import static io.parley.client.Script.welcome;
import static io.parley.model.People.guest;
import static io.parley.model.People.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.model.EndedMembership;
import io.parley.model.ErrorCode;
import io.parley.model.HeldMembership;
import io.parley.model.Role;
import io.parley.model.RoomKind;
import io.parley.model.RoomSettings;
import io.parley.testkit.chat.Ears;
import io.parley.wire.Ack;
import io.parley.wire.ClientFrame;
import io.parley.wire.Continue;
import io.parley.wire.Failed;
import io.parley.wire.Hello;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Leave;
import io.parley.wire.Named;
import io.parley.wire.Nick;
import io.parley.wire.Rejected;
import io.parley.wire.Resumed;
import io.parley.wire.RoomSnapshot;
import io.parley.wire.Rooms;
import io.parley.wire.Say;
import io.parley.wire.Since;
import io.parley.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A session that goes on over another connection. */
class ClientResumeTest {
    private static final int OTHER = 2;

    private final Ears ears = new Ears();
    private final List<String> told = new ArrayList<>();
    private final Ears inDirect = new Ears();
    private final Script script = Script.lasting(builder -> builder.listener(new ClientListener() {
        @Override
        public RoomListener onDirect(ChatRoom conversation) {
            told.add("direct " + conversation.name());
            return inDirect;
        }

        @Override
        public void onState(ClientState state) {
            told.add(state.phase().toString());
        }

        @Override
        public void onClosed(ChatException why) {
            told.add("closed " + why.code());
        }
    }));

    private ChatRoom enterOther(Ears listener) {
        CompletableFuture<ChatRoom> entering = script.client().enterAsync("attic", 0, listener);
        long id = only(Join.class, script.sent()).id();
        script.tell(new Joined(id, attic(0), false));
        return entering.join();
    }

    private static RoomSnapshot attic(long head) {
        return new RoomSnapshot(
                OTHER, RoomKind.ROOM, "attic", 8, head, 1, "", Role.MEMBER, RoomSettings.DEFAULT, 1, List.of(), 0, 0);
    }

    private static List<Long> cids(List<ClientFrame> frames) {
        return says(frames).stream().map(Say::cid).toList();
    }

    // ---- the login

    @Test
    void asksForATokenAndShowsItWithItsCredentials() {
        Hello first = new Script(io.parley.transport.memory.MemoryNetwork.seeded(1), builder -> builder.reconnect(true))
                .server.take().stream().map(Hello.class::cast).findFirst().orElseThrow();
        assertThat(first.capabilities()).isEqualTo(Wire.CAN_RESUME);
        assertThat(first.resumeToken().length()).isZero();
        Hello second = script.comeBack();
        assertThat(second.resumeToken()).isEqualTo(Script.TOKEN);
        assertThat(second.mechanism()).isEqualTo(Wire.GUEST);
        assertThat(second.initial()).isEqualTo(first.initial());
        script.tell(welcome(Script.ORIGIN, true), held());
        assertThat(told).containsExactly("ONLINE", "OFFLINE", "CONNECTING", "ONLINE");
        assertThat(script.client().state().phase()).isEqualTo(ClientState.Phase.ONLINE);
    }

    @Test
    void aGuestComesBackUnderItsPresentName() {
        CompletableFuture<String> renaming = script.client().rename("alicia");
        long id = only(Nick.class, script.sent()).id();
        script.tell(new Named(id, "alicia"));
        assertThat(renaming).isCompleted();
        assertThat(script.comeBack().initial()).isEqualTo(Bytes.of("alicia".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aLostWelcomeStrandsNobody() {
        script.comeBack();
        script.server.sendBytes(new byte[] {4, 0});
        script.network.run();
        script.server.abort();
        script.network.advance(Duration.ofSeconds(1));
        assertThat(only(Hello.class, script.server.take()).resumeToken()).isEqualTo(Script.TOKEN);
        script.tell(welcome(Script.ORIGIN, true), held());
        assertThat(script.client().state().phase()).isEqualTo(ClientState.Phase.ONLINE);
    }

    @Test
    void aConnectionLostBeforeResumedIsMadeAgain() {
        script.enter(0, ears);
        script.comeBack();
        assertThat(script.tell(welcome(Script.ORIGIN, true))).isEmpty();
        script.server.abort();
        script.network.advance(Duration.ofSeconds(1));
        only(Hello.class, script.server.take());
        only(Continue.class, script.tell(welcome(Script.ORIGIN, true), held(Script.ROOM)));
    }

    @Test
    void aServerThatNeverSaysWhatItHoldsIsGivenUp() {
        script.comeBack();
        script.tell(welcome(Script.ORIGIN, true));
        script.network.advance(Duration.ofSeconds(9));
        assertThat(script.servers).hasSize(2);
        script.network.advance(Duration.ofSeconds(2));
        assertThat(script.servers).hasSize(3);
    }

    // ---- rooms

    @Test
    void roomsGoOnWhereTheyWere() {
        ChatRoom room = script.enter(10, ears);
        script.tell(message(11), message(12));
        Continue asked = only(Continue.class, script.resume(held(Script.ROOM)));
        assertThat(asked.room()).isEqualTo(Script.ROOM);
        assertThat(asked.since()).isEqualTo(new Since(Script.EPOCH, 12));
        script.tell(new Joined(asked.id(), snapshot(14), true), message(13), message(14), message(15));
        assertThat(ears.seqs()).isEqualTo(numbers(11, 15));
        assertThat(ears.messages())
                .extracting(Message::kind)
                .containsExactly(
                        MessageKind.LIVE,
                        MessageKind.LIVE,
                        MessageKind.CATCH_UP,
                        MessageKind.CATCH_UP,
                        MessageKind.LIVE);
        assertThat(ears.lines()).noneMatch(line -> line.startsWith("closed"));
        assertThat(room.epoch()).isEqualTo(Script.EPOCH);
    }

    @Test
    void aRoomInWhichNothingWasHeardLosesNothing() {
        script.enter(10, ears);
        Continue asked = only(Continue.class, script.resume(held(Script.ROOM)));
        assertThat(asked.since()).as("no backlog was asked for").isEqualTo(new Since(Script.EPOCH, 10));
    }

    @Test
    void theBacklogOfTheBeginningIsStillHistory() {
        CompletableFuture<ChatRoom> entering = script.client().enterAsync("lobby", 3, ears);
        script.tell(new Joined(only(Join.class, script.sent()).id(), snapshot(10), false), message(8));
        assertThat(entering).isCompleted();
        Continue asked = only(Continue.class, script.resume(held(Script.ROOM)));
        assertThat(asked.since()).isEqualTo(new Since(Script.EPOCH, 8));
        script.tell(new Joined(asked.id(), snapshot(11), true), message(9), message(10), message(11), message(12));
        assertThat(ears.messages())
                .extracting(Message::kind)
                .containsExactly(
                        MessageKind.HISTORY,
                        MessageKind.HISTORY,
                        MessageKind.HISTORY,
                        MessageKind.CATCH_UP,
                        MessageKind.LIVE);
    }

    @Test
    void whatWasHeldBehindAGapIsNotLost() {
        script.enter(10, ears);
        Script.history(script.tell(message(11), gap(12, 20), message(21), message(22)));
        Continue asked = only(Continue.class, script.resume(held(Script.ROOM)));
        assertThat(asked.since()).isEqualTo(new Since(Script.EPOCH, 11));
        long id = Script.history(script.tell(new Joined(asked.id(), snapshot(22), true), gap(12, 21), message(22)))
                .id();
        script.tell(page(id, 12, 21, 1, false), message(23));
        assertThat(ears.seqs()).isEqualTo(numbers(11, 23));
        script.network.advance(Duration.ofMinutes(2));
        assertThat(ears.lines()).noneMatch(line -> line.startsWith("lost"));
    }

    @Test
    void endedRoomsAreToldWithTheirCode() {
        Ears other = new Ears();
        script.enter(0, ears);
        enterOther(other);
        EndedMembership ended = new EndedMembership(OTHER, ErrorCode.KICKED, "out");
        only(Continue.class, script.resume(new Resumed(held(Script.ROOM).held(), List.of(ended))));
        assertThat(other.lines()).containsExactly("closed " + ErrorCode.KICKED);
        assertThat(ears.lines()).isEmpty();
    }

    @Test
    void aRoomThatIsInNeitherListWasLeft() {
        script.enter(0, ears);
        assertThat(script.resume(held())).isEmpty();
        assertThat(ears.lines()).containsExactly("closed " + ErrorCode.ROOM_GONE);
    }

    @Test
    void aRoomThatNobodyKnowsIsLeft() {
        assertThat(only(Leave.class, script.resume(held(77))).room()).isEqualTo(77);
    }

    @Test
    void anotherTryToEnterIsMadeAndNothingIsLeft() {
        CompletableFuture<ChatRoom> entering = script.client().enterAsync("lobby", 5, ears);
        only(Join.class, script.sent());
        Join again = only(Join.class, script.resume(held(Script.ROOM)));
        script.tell(new Joined(again.id(), snapshot(0), false), message(1));
        assertThat(entering).isCompleted();
        assertThat(ears.seqs()).containsExactly(1L);
    }

    @Test
    void aConversationThatBeganMeanwhileIsTold() {
        HeldMembership conversation = new HeldMembership(9, RoomKind.DIRECT, 5, 3, 1, "bob");
        Continue asked = only(Continue.class, script.resume(new Resumed(List.of(conversation), List.of())));
        assertThat(asked.since()).isEqualTo(new Since(5, 1));
        RoomSnapshot opened = new RoomSnapshot(
                9, RoomKind.DIRECT, "bob", 5, 3, 1, "", Role.MEMBER, RoomSettings.DEFAULT, 2, List.of(), 1, 0);
        script.tell(
                new Joined(asked.id(), opened, true),
                new io.parley.wire.Message(9, 2, 1, 1, 1, Script.BOB, "psst", io.parley.model.Tags.NONE),
                new io.parley.wire.Message(9, 3, 1, 1, 2, Script.BOB, "are you there?", io.parley.model.Tags.NONE));
        assertThat(told).contains("direct bob");
        assertThat(inDirect.texts()).containsExactly("psst", "are you there?");
        assertThat(inDirect.messages()).extracting(Message::kind).containsOnly(MessageKind.CATCH_UP);
    }

    @Test
    void aRoomThatCannotBeContinuedIsClosed() {
        script.enter(0, ears);
        Continue asked = only(Continue.class, script.resume(held(Script.ROOM)));
        script.tell(new Failed(asked.id(), ErrorCode.NOT_A_MEMBER, "no", 0));
        assertThat(ears.lines()).containsExactly("closed " + ErrorCode.NOT_A_MEMBER);
    }

    @Test
    void aRoomThatCannotBeReadNowIsContinuedLater() {
        script.enter(0, ears);
        Continue asked = only(Continue.class, script.resume(held(Script.ROOM)));
        script.tell(new Failed(asked.id(), ErrorCode.UNAVAILABLE, "not now", 2_000));
        Continue again = only(Continue.class, script.advance(Duration.ofSeconds(3)));
        script.tell(new Joined(again.id(), snapshot(0), true), message(1));
        assertThat(ears.lines()).containsExactly("bob: no 1");
    }

    @Test
    void theSnapshotIsAheadOfTheBacklog() {
        ChatRoom room = script.enter(10, ears);
        Continue asked = only(Continue.class, script.resume(held(Script.ROOM)));
        RoomSnapshot now = new RoomSnapshot(
                Script.ROOM,
                RoomKind.ROOM,
                "lobby",
                Script.EPOCH,
                12,
                1,
                "cake",
                Role.OWNER,
                RoomSettings.DEFAULT,
                1,
                List.of(),
                0,
                0);
        script.tell(new Joined(asked.id(), now, true), Script.topic(11, "tea"), Script.topic(12, "cake"));
        assertThat(room.topic()).isEqualTo("cake");
        assertThat(room.role()).isEqualTo(Role.OWNER);
        assertThat(ears.lines()).containsExactly("topic of bob: tea", "topic of bob: cake");
        script.tell(Script.topic(13, "wine"));
        assertThat(room.topic()).isEqualTo("wine");
    }

    @Test
    void whoCameAndWentMeanwhileIsTold() {
        ChatRoom room = script.enter(
                ears, snapshot(0, 1, Role.MEMBER, member(Script.ALICE), member(Script.BOB), member(guest(5, "eve"))));
        Continue asked = only(Continue.class, script.resume(held(Script.ROOM)));
        RoomSnapshot now =
                snapshot(0, 1, Role.MEMBER, member(Script.ALICE), member(guest(1, "robert")), member(guest(6, "zoe")));
        script.tell(new Joined(asked.id(), now, true));
        assertThat(ears.lines()).containsExactlyInAnyOrder("left eve", "renamed bob to robert", "joined zoe");
        assertThat(room.members()).hasSize(3);
    }

    // ---- commands

    @Test
    void commandsWithoutOutcomeAreSentAgainBehindTheRooms() {
        ChatRoom room = script.enter(0, ears);
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            receipts.add(room.say("say " + i));
        }
        assertThat(cids(script.tell(own(1, 1)))).containsExactly(1L, 2L, 3L, 4L, 5L);
        List<ClientFrame> sent = script.resume(held(Script.ROOM));
        assertThat(sent.get(0)).isInstanceOf(Continue.class);
        assertThat(cids(sent)).containsExactly(2L, 3L, 4L, 5L);
        assertThat(says(sent)).extracting(Say::body).containsExactly("say 2", "say 3", "say 4", "say 5");
        sent = script.tell(
                new Ack(2, Script.ROOM, 2),
                new Rejected(3, ErrorCode.NOT_SAID, "too late", 0),
                new Joined(((Continue) sent.get(0)).id(), snapshot(2), true),
                own(2, 2),
                own(3, 4));
        assertThat(says(sent)).extracting(Say::body).containsExactly("say 6");
        assertThat(cids(sent)).containsExactly(6L);
        script.tell(own(4, 5), new Ack(4, Script.ROOM, 3), own(5, 6));
        assertThat(receipts.get(1)).isCompletedWithValue(new Receipt(2));
        assertThat(codeOf(receipts.get(2))).isEqualTo(ErrorCode.NOT_SAID);
        assertThat(receipts.get(3)).isCompletedWithValue(new Receipt(3));
        assertThat(receipts.get(5)).isCompletedWithValue(new Receipt(5));
        assertThat(ears.seqs()).isEqualTo(numbers(1, 5));
        assertThat(ears.messages()).allMatch(Message::own);
    }

    @Test
    void whatIsSaidOfflineIsSaidInOrder() {
        ChatRoom room = script.enter(0, ears);
        room.say("sent");
        script.sent();
        script.goOffline();
        assertThat(script.client().state().phase()).isEqualTo(ClientState.Phase.OFFLINE);
        CompletableFuture<Receipt> first = room.say("first");
        CompletableFuture<Receipt> second = room.say("second");
        script.back();
        assertThat(first).isNotDone();
        List<ClientFrame> sent = script.tell(welcome(Script.ORIGIN, true), held(Script.ROOM));
        assertThat(says(sent)).extracting(Say::body).containsExactly("sent", "first", "second");
        assertThat(cids(sent)).containsExactly(1L, 2L, 3L);
        script.tell(new Ack(1, 1, 1), new Ack(2, 1, 2), new Ack(3, 1, 3));
        assertThat(second).isCompletedWithValue(new Receipt(3));
    }

    @Test
    void theOutcomeOfARoomThatEndedIsStillKnown() {
        ChatRoom room = script.enter(0, ears);
        CompletableFuture<Receipt> receipt = room.say("the last word");
        script.sent();
        EndedMembership ended = new EndedMembership(Script.ROOM, ErrorCode.KICKED, "out");
        List<ClientFrame> sent = script.resume(new Resumed(List.of(), List.of(ended)));
        assertThat(cids(sent)).containsExactly(1L);
        script.tell(new Ack(1, Script.ROOM, 7));
        assertThat(receipt).isCompletedWithValue(new Receipt(7));
    }

    // ---- requests

    @Test
    void whatOnlyReadsIsAskedAgainAndTheRestFails() {
        CompletableFuture<?> rooms = script.client().rooms("", 10);
        CompletableFuture<String> name = script.client().rename("alicia");
        script.sent();
        Rooms again = only(Rooms.class, script.resume(held()));
        assertThat(codeOf(name)).isEqualTo(ChatException.NOT_CONNECTED);
        script.tell(new io.parley.wire.RoomPage(again.id(), List.of(), false));
        assertThat(rooms).isCompleted();
    }

    @Test
    void requestsWaitForAConnectionAndNotForEver() {
        ChatRoom room = script.enter(0, ears);
        script.goOffline();
        CompletableFuture<?> restrictions = room.restrictions(0, 10);
        CompletableFuture<?> leaving = room.leave();
        script.network.advance(Duration.ofSeconds(40));
        assertThat(restrictions).isNotDone();
        CompletableFuture<String> late = script.client().rename("alicia");
        script.network.advance(Duration.ofSeconds(30));
        assertThat(codeOf(restrictions)).isEqualTo(ChatException.NOT_CONNECTED);
        assertThat(codeOf(leaving)).isEqualTo(ChatException.NOT_CONNECTED);
        assertThat(late).isNotDone();
    }

    @Test
    void leavingMayBeAskedForOffline() {
        ChatRoom room = script.enter(0, ears);
        script.goOffline();
        CompletableFuture<?> leaving = room.leave();
        script.back();
        List<ClientFrame> sent = script.tell(welcome(Script.ORIGIN, true), held(Script.ROOM));
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0)).isInstanceOf(Continue.class);
        script.tell(new io.parley.wire.Left(((Leave) sent.get(1)).id(), Script.ROOM));
        assertThat(leaving).isCompleted();
        assertThat(ears.lines()).containsExactly("closed " + ErrorCode.ROOM_GONE);
    }
}
