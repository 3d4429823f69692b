package io.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.codec.Bytes;
import io.parley.model.Action;
import io.parley.model.BacklogRequest;
import io.parley.model.DirectMode;
import io.parley.model.ErrorCode;
import io.parley.model.Identity;
import io.parley.model.NamePolicy;
import io.parley.model.PresenceMode;
import io.parley.model.Role;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomRef;
import io.parley.model.RoomSettings;
import io.parley.model.ServerBan;
import io.parley.model.Snapshot;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserRef;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Credentials;
import io.parley.policy.Decision;
import io.parley.room.Encoding;
import io.parley.room.Hub;
import io.parley.room.HubOptions;
import io.parley.room.Room;
import io.parley.room.Session;
import io.parley.room.Subscriber;
import io.parley.room.Subscription;
import io.parley.room.User;
import io.parley.server.Bot;
import io.parley.server.ChatServer;
import io.parley.testkit.chat.Chat;
import io.parley.testkit.chat.HeldJournal;
import io.parley.testkit.chat.Peer;
import io.parley.transport.memory.MemoryAddress;
import io.parley.transport.memory.MemoryNetwork;
import io.parley.wire.AllowDirect;
import io.parley.wire.Configure;
import io.parley.wire.Direct;
import io.parley.wire.Failed;
import io.parley.wire.Find;
import io.parley.wire.Found;
import io.parley.wire.Frame;
import io.parley.wire.Hello;
import io.parley.wire.Ignore;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Leave;
import io.parley.wire.Message;
import io.parley.wire.Moderate;
import io.parley.wire.Moderated;
import io.parley.wire.Named;
import io.parley.wire.Nick;
import io.parley.wire.Opened;
import io.parley.wire.Refused;
import io.parley.wire.Rejected;
import io.parley.wire.RoomClosed;
import io.parley.wire.Say;
import io.parley.wire.ServerFrame;
import io.parley.wire.SetTopic;
import io.parley.wire.Typing;
import io.parley.wire.TypingNotice;
import io.parley.wire.Welcome;
import io.parley.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What hostile clients try to do with rights that they do not have, and what must hold all the same.
 *
 * <p>(Over 300 lines: each test is one attack, and all are driven in one way.)
 */
class RightsAttacksTest {
    private static final MemoryAddress ADDRESS = new MemoryAddress("server");
    private static final String HOME = "203.0.113.7";
    private static final Duration GOOD = Duration.ZERO;

    private MemoryNetwork network = MemoryNetwork.seeded(7);
    private final Doorkeeper policy = new Doorkeeper();
    private final HeldJournal journal = new HeldJournal();
    private ChatServer server = start(builder -> builder);

    /** A policy that answers late what it is told to, and that knows the accounts which there are by now. */
    private static final class Doorkeeper implements ChatPolicy {
        private final Map<String, Identity> accounts = new HashMap<>();
        private final Map<String, CompletableFuture<Decision>> late = new HashMap<>();
        private final Set<Action> denied = new HashSet<>();
        private final List<Action> asked = new ArrayList<>();
        private boolean anyAccount;

        CompletableFuture<Decision> later(String question) {
            return late.computeIfAbsent(question, none -> new CompletableFuture<>());
        }

        private Answer judge(String question) {
            CompletableFuture<Decision> answer = late.get(question);
            return answer == null ? Decision.ALLOW : Answer.later(answer);
        }

        void account(String name) {
            accounts.put(name, Identity.account("id-" + name, name));
        }

        void operator(String name) {
            accounts.put(name, Identity.account("id-" + name, name).with(Map.of(Identity.OPERATOR, "true")));
        }

        /** Who comes as an account says so; nobody has a password here. */
        @Override
        public Answer login(Applicant applicant) {
            Identity identity = applicant.client().equals("account")
                    ? accounts.get(applicant.name().display())
                    : null;
            return identity == null ? judge("login " + applicant.name().display()) : Decision.admit(identity);
        }

        @Override
        public Answer account(NamePolicy.Name name) {
            if (anyAccount) {
                return Decision.admit(Identity.account("id-" + name.key(), name.display()));
            }
            return accounts.values().stream()
                    .filter(one -> NamePolicy.standard().user(one.name()).key().equals(name.key()))
                    .findFirst()
                    .<Answer>map(Decision::admit)
                    .orElse(Decision.ALLOW);
        }

        @Override
        public Answer name(UserRef user, NamePolicy.Name name) {
            return judge("name " + name.display());
        }

        @Override
        public Answer direct(UserRef user, UserRef other) {
            return judge("direct " + other.name());
        }

        @Override
        public Answer say(UserRef user, RoomRef room, String body, Tags tags) {
            return judge("say " + body);
        }

        @Override
        public Answer moderate(
                UserRef user, RoomRef room, Action action, UserItem target, Duration duration, String text) {
            asked.add(action);
            return denied.contains(action) ? Decision.deny("not here") : Decision.ALLOW;
        }
    }

    private ChatServer start(UnaryOperator<ChatServer.Builder> options) {
        try {
            return options.apply(ChatServer.builder()
                            .listen(network.transport(), ADDRESS)
                            .scheduler(network.scheduler())
                            .options(Chat.UNHURRIED)
                            .journal(journal)
                            .policy(policy))
                    .start();
        } catch (IOException no) {
            throw new UncheckedIOException(no);
        }
    }

    /** Starts the server anew, with other options. */
    private void restart(UnaryOperator<ChatServer.Builder> options) {
        stop();
        server = start(options);
    }

    @AfterEach
    void stop() {
        journal.release();
        server.shutdown(Duration.ofSeconds(1));
        network.advance(Duration.ofSeconds(2));
    }

    // ---- clients

    /** A client that numbers what it sends, rightly. */
    private final class Client {
        private final Peer<ServerFrame> peer;
        private final List<ServerFrame> all = new ArrayList<>();
        private long requests;
        private long cids;

        Client(Peer<ServerFrame> peer) {
            this.peer = peer;
        }

        Client post(Frame... frames) {
            peer.send(frames);
            return this;
        }

        List<ServerFrame> run() {
            network.run();
            List<ServerFrame> some = peer.take();
            all.addAll(some);
            return some;
        }

        List<ServerFrame> ask(Frame... frames) {
            run();
            post(frames);
            return run();
        }

        <T> List<T> seen(Class<T> kind) {
            run();
            return all.stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        <T> T last(Class<T> kind) {
            List<T> some = seen(kind);
            assertThat(some).as("no %s among %s", kind.getSimpleName(), all).isNotEmpty();
            return some.get(some.size() - 1);
        }

        Join joining(String room) {
            return new Join(++requests, room, null, 0, "");
        }

        /** Joins; gives the number of the room. */
        int join(String room) {
            ask(joining(room));
            return last(Joined.class).snapshot().room();
        }

        Moderate act(int room, Action action, long target) {
            return act(room, action, target, 0, 0);
        }

        Moderate act(int room, Action action, long target, long restriction, long millis) {
            return new Moderate(room, ++cids, action.code(), target, restriction, millis, "");
        }

        Say saying(int room, String body) {
            return new Say(room, ++cids, body, Tags.NONE);
        }

        long request() {
            return ++requests;
        }

        long cid() {
            return ++cids;
        }

        long id() {
            return last(Welcome.class).user().id();
        }
    }

    private static SocketAddress from(String address) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), 1);
        } catch (UnknownHostException no) {
            throw new AssertionError(no);
        }
    }

    private Client come(SocketAddress from, String client, String name) {
        Client one = new Client(Peer.connect(network.transport(from), ADDRESS));
        network.run();
        one.peer.sendBytes(Wire.PREFACE.toArray());
        one.post(new Hello(1, 1, 0, client, Wire.GUEST, Bytes.of(name.getBytes(StandardCharsets.UTF_8)), Bytes.EMPTY));
        one.run();
        return one;
    }

    private Client guest(String name) {
        Client one = come(new MemoryAddress("client"), "guest", name);
        one.last(Welcome.class);
        return one;
    }

    private Client guestFrom(String address, String name) {
        Client one = come(from(address), "guest", name);
        one.last(Welcome.class);
        return one;
    }

    private Client account(String name) {
        Client one = come(new MemoryAddress("client"), "account", name);
        assertThat(one.last(Welcome.class).user().isGuest()).isFalse();
        return one;
    }

    /** What came back for what was asked: the name of the code, or of the frame. */
    private static String outcome(List<ServerFrame> frames) {
        for (ServerFrame frame : frames) {
            if (frame instanceof Rejected no) {
                return ErrorCode.name(no.code());
            }
            if (frame instanceof Failed no) {
                return ErrorCode.name(no.code());
            }
            if (frame instanceof Refused no) {
                return ErrorCode.name(no.code());
            }
        }
        return frames.isEmpty() ? "nothing" : "done";
    }

    private static String code(int code) {
        return ErrorCode.name(code);
    }

    // ---- who is who

    @Test
    void anAccountIsFoundUnderItsOwnName() {
        policy.account("eve");
        Client mallory = guest("mallory");
        mallory.ask(new Find(mallory.request(), "EVE"));
        assertThat(mallory.last(Found.class).user().name()).isEqualTo("eve");
        Client ann = guest("ann");
        int lobby = ann.join("lobby");
        ann.ask(ann.act(lobby, Action.BAN, mallory.last(Found.class).user().id()));
        assertThat(ann.last(Moderated.class).target().name()).isEqualTo("eve");
    }

    @Test
    void anAccountGetsItsNameWhateverNamesGuestsHave() {
        Client squatter = guest("eve");
        guest("guest-" + HexFormat.of().toHexDigits((int) squatter.id())); // where the squatter would be put
        policy.account("eve");
        Client eve = account("eve");
        assertThat(eve.last(Welcome.class).user().name()).isEqualTo("eve");
        assertThat(squatter.last(Named.class).id()).isZero();
        assertThat(squatter.last(Named.class).name()).isNotEqualTo("eve");
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator", "OPERATOR", "0perator", "_operator_", "\u043eperator"})
    void nobodyHasANameLikeTheOperators(String name) {
        assertThat(outcome(come(new MemoryAddress("client"), "guest", name).all))
                .isIn("NAME_TAKEN", "BAD_NAME");
        Client mallory = guest("mallory");
        assertThat(outcome(mallory.ask(new Nick(mallory.request(), name)))).isIn("NAME_TAKEN", "BAD_NAME");
    }

    @Test
    void moderatorsActOnWhomTheyMeanWhoeverHasTheNameNow() {
        Client ann = guest("ann");
        int lobby = ann.join("lobby");
        Client mallory = guest("mallory");
        mallory.join("lobby");
        mallory.ask(new Nick(mallory.request(), "mallet"));
        Client innocent = guest("mallory");
        innocent.join("lobby");
        ann.ask(ann.act(lobby, Action.BAN, mallory.id()));
        assertThat(mallory.last(RoomClosed.class).code()).isEqualTo(ErrorCode.BANNED_FROM_ROOM);
        assertThat(innocent.seen(RoomClosed.class)).isEmpty();
        assertThat(ann.last(Moderated.class).target().name()).isEqualTo("mallet");
    }

    @Test
    void theGoneAreKnownWhateverAccountsAreAskedFor() {
        Client ann = guest("ann");
        int lobby = ann.join("lobby");
        Client mallory = guestFrom(HOME, "mallory");
        mallory.join("lobby");
        long id = mallory.id();
        mallory.peer.close();
        network.run();
        Client friend = guest("friend");
        policy.anyAccount = true;
        for (int i = 0; i < 4_200; i++) {
            friend.post(new Find(friend.request(), "account" + i + "x"));
        }
        assertThat(friend.seen(Found.class)).hasSize(4_200);
        policy.anyAccount = false;
        assertThat(outcome(ann.ask(ann.act(lobby, Action.BAN, id)))).isEqualTo("done");
        Client again = guestFrom(HOME, "mallory2");
        assertThat(outcome(again.ask(again.joining("lobby")))).isEqualTo("BANNED_FROM_ROOM");
    }

    /** An account may appear while a name is being asked for. */
    @Test
    void aGuestDoesNotGetTheNameOfAnAccountThatIsThereByThen() {
        Client mallory = guest("mallory");
        policy.later("name eve");
        mallory.ask(new Nick(mallory.request(), "eve"));
        Client late = come(new MemoryAddress("client"), "guest", "eve");
        policy.account("eve");
        policy.later("name eve").complete(Decision.ALLOW);
        assertThat(mallory.seen(Failed.class)).extracting(no -> code(no.code())).containsExactly("NAME_TAKEN");
        assertThat(late.seen(Refused.class)).extracting(no -> code(no.code())).containsExactly("NAME_TAKEN");
    }

    // ---- restrictions

    @Test
    void aGuestWhoseLoginEndsAfterABanIsBoundByIt() {
        Client ann = guest("ann");
        int lobby = ann.join("lobby");
        Client mallory = guestFrom(HOME, "mallory");
        mallory.join("lobby");
        policy.later("name spare");
        Client spare = come(from(HOME), "guest", "spare");
        network.advance(Duration.ofSeconds(1));
        assertThat(outcome(ann.ask(ann.act(lobby, Action.BAN, mallory.id())))).isEqualTo("done");
        network.advance(Duration.ofSeconds(1));
        policy.later("name spare").complete(Decision.ALLOW);
        spare.last(Welcome.class);
        assertThat(outcome(spare.ask(spare.joining("lobby")))).isEqualTo("BANNED_FROM_ROOM");
    }

    @Test
    void theMutedDoNothingThatOthersSee() {
        Client ann = guest("ann");
        int lobby = ann.join("lobby");
        Client mallory = guestFrom(HOME, "mallory");
        mallory.join("lobby");
        ann.ask(ann.act(lobby, Action.MAKE_MODERATOR, mallory.id()));
        ann.ask(ann.act(lobby, Action.MUTE, mallory.id(), 0, Long.MAX_VALUE));
        long mute = mallory.last(Moderated.class).seq();
        for (int round = 0; round < 2; round++) {
            ann.run();
            assertThat(outcome(mallory.ask(mallory.saying(lobby, "hello")))).isEqualTo("MUTED");
            assertThat(outcome(mallory.ask(new SetTopic(lobby, mallory.cid(), "hello"))))
                    .isIn("MUTED", "FORBIDDEN");
            assertThat(outcome(mallory.ask(mallory.act(lobby, Action.INVITE, ann.id()))))
                    .isIn("MUTED", "FORBIDDEN");
            assertThat(outcome(mallory.ask(mallory.act(lobby, Action.UNMUTE, 0, mute, 0))))
                    .isIn("MUTED", "FORBIDDEN");
            assertThat(outcome(mallory.ask(new Nick(mallory.request(), "mallet"))))
                    .isEqualTo("MUTED");
            mallory.ask(new Typing(lobby));
            assertThat(ann.run()).isEmpty();
            mallory.ask(new Leave(mallory.request(), lobby), mallory.joining("lobby"));
            network.advance(Duration.ofSeconds(1));
        }
        mallory.peer.abort();
        network.run();
        Client again = guestFrom(HOME, "another");
        again.join("lobby");
        assertThat(outcome(again.ask(again.saying(lobby, "hello")))).isEqualTo("MUTED");
    }

    @Test
    void restrictionsAreLiftedByTheirOwnNumbersOnly() {
        Client ann = guest("ann");
        int lobby = ann.join("lobby");
        int other = ann.join("other");
        Client bob = guest("bob");
        ann.ask(ann.act(lobby, Action.BAN, bob.id()));
        long ban = ann.last(Moderated.class).seq();
        ann.ask(ann.saying(other, "one"));
        for (long number : new long[] {0, 1, ban + 1, ban - 1, Long.MAX_VALUE}) {
            assertThat(outcome(ann.ask(ann.act(lobby, Action.UNBAN, bob.id(), number, 0))))
                    .isEqualTo("BAD_REQUEST");
        }
        assertThat(outcome(ann.ask(ann.act(lobby, Action.UNMUTE, 0, ban, 0)))).isEqualTo("BAD_REQUEST");
        assertThat(outcome(ann.ask(ann.act(other, Action.UNBAN, 0, ban, 0)))).isEqualTo("BAD_REQUEST");
        assertThat(outcome(ann.ask(ann.act(lobby, Action.UNBAN, 0, ban, 0)))).isEqualTo("done");
    }

    @Test
    void nobodyIsHarmedByWhoStandsNoHigher() {
        policy.operator("root");
        policy.account("eve");
        Client eve = account("eve");
        int lobby = eve.join("lobby");
        Client root = account("root");
        root.join("lobby");
        Client bob = guest("bob");
        bob.join("lobby");
        Client mallory = guest("mallory");
        mallory.join("lobby");
        eve.ask(eve.act(lobby, Action.MAKE_MODERATOR, bob.id()));
        eve.ask(eve.act(lobby, Action.MAKE_MODERATOR, mallory.id()));
        long operator = server.hub().operator().id();
        for (long target : new long[] {eve.id(), root.id(), bob.id(), mallory.id(), operator}) {
            for (Action action : List.of(Action.KICK, Action.BAN, Action.MUTE, Action.MAKE_MEMBER)) {
                mallory.run();
                assertThat(outcome(mallory.ask(mallory.act(lobby, action, target))))
                        .as("%s %x", action, target)
                        .isIn("FORBIDDEN", "NO_SUCH_USER");
            }
        }
        for (long target : new long[] {root.id(), operator}) {
            for (Action action : Action.values()) {
                if (!action.lifts() && action != Action.OTHER) {
                    assertThat(outcome(eve.ask(eve.act(lobby, action, target))))
                            .as("%s %x", action, target)
                            .isEqualTo("FORBIDDEN");
                }
            }
        }
        assertThat(outcome(eve.ask(eve.act(lobby, Action.MAKE_MEMBER, eve.id()))))
                .isEqualTo("FORBIDDEN");
        assertThat(outcome(mallory.ask(mallory.act(lobby, Action.MAKE_OWNER, mallory.id()))))
                .isEqualTo("FORBIDDEN");
    }

    // ---- rooms

    @Test
    void whoIsKickedHasNoRoleWhenItComesBack() {
        Client ann = guest("ann");
        int lobby = ann.join("lobby");
        Client carol = guest("carol");
        carol.join("lobby");
        Client mallory = guest("mallory");
        mallory.join("lobby");
        ann.ask(ann.act(lobby, Action.MAKE_MODERATOR, mallory.id()));
        mallory.run();
        journal.hold();
        ann.ask(ann.act(lobby, Action.KICK, mallory.id()));
        mallory.ask(mallory.joining("lobby"), mallory.act(lobby, Action.BAN, carol.id()));
        journal.release();
        assertThat(carol.seen(RoomClosed.class)).isEmpty();
        assertThat(code(mallory.last(Rejected.class).code())).isIn("FORBIDDEN", "NOT_A_MEMBER");
        assertThat(mallory.last(Joined.class).snapshot().role()).isEqualTo(Role.MEMBER);
    }

    @Test
    void whoIsKickedNeedsAnInvitationToComeBack() {
        Client ann = guest("ann");
        int lobby = ann.join("lobby");
        Client mallory = guest("mallory");
        mallory.join("lobby");
        ann.ask(ann.act(lobby, Action.MAKE_MODERATOR, mallory.id()));
        ann.ask(new Configure(lobby, ann.cid(), new RoomSettings(true, 0, PresenceMode.FULL)));
        mallory.run();
        journal.hold();
        ann.ask(ann.act(lobby, Action.KICK, mallory.id()));
        mallory.ask(mallory.joining("lobby"));
        journal.release();
        assertThat(mallory.seen(Failed.class)).extracting(no -> code(no.code())).containsExactly("INVITE_ONLY");
        assertThat(Objects.requireNonNull(server.hub().findRoom("lobby")).memberCount())
                .isEqualTo(1);
    }

    @Test
    void aRoomWhoseAbsentOwnerIsBannedGetsAnother() {
        policy.account("eve");
        Client eve = account("eve");
        int lobby = eve.join("lobby");
        Client bob = guest("bob");
        bob.join("lobby");
        eve.ask(eve.act(lobby, Action.MAKE_MODERATOR, bob.id()));
        eve.peer.close();
        network.run();
        server.moderate("lobby", Action.BAN, "eve", GOOD, "");
        network.run();
        assertThat(bob.last(Moderated.class).action()).isEqualTo(Action.MAKE_OWNER);
        assertThat(bob.last(Moderated.class).target().id()).isEqualTo(bob.id());
    }

    @Test
    void theNextRoomOfANameKnowsNothingOfTheLast() {
        Client ann = guest("ann");
        int lobby = ann.join("lobby");
        Client mallory = guest("mallory");
        ann.ask(ann.act(lobby, Action.INVITE, mallory.id()));
        ann.ask(ann.act(lobby, Action.BAN, mallory.id()));
        ann.ask(new Leave(ann.request(), lobby));
        Client bob = guest("bob");
        int next = bob.join("lobby");
        assertThat(next).isNotEqualTo(lobby);
        bob.ask(new Configure(next, bob.cid(), new RoomSettings(true, 0, PresenceMode.FULL)));
        assertThat(outcome(mallory.ask(mallory.joining("lobby")))).isEqualTo("INVITE_ONLY");
        assertThat(outcome(ann.ask(ann.saying(lobby, "still here")))).isEqualTo("NOT_A_MEMBER");
    }

    // ---- behind a policy

    @Test
    void whatWaitsForThePolicyIsJudgedWhenItsTurnComes() {
        Client ann = guest("ann");
        int lobby = ann.join("lobby");
        Client mallory = guest("mallory");
        mallory.join("lobby");
        ann.ask(ann.act(lobby, Action.MAKE_OWNER, mallory.id()));
        policy.later("say wait");
        mallory.ask(
                mallory.saying(lobby, "wait"),
                new SetTopic(lobby, mallory.cid(), "mine"),
                new Configure(lobby, mallory.cid(), new RoomSettings(true, 0, PresenceMode.FULL)),
                mallory.act(lobby, Action.MUTE, ann.id()));
        server.moderate("lobby", Action.BAN, "mallory", GOOD, "");
        network.run();
        policy.later("say wait").complete(Decision.ALLOW);
        assertThat(mallory.seen(Rejected.class))
                .extracting(no -> code(no.code()))
                .containsExactly("NOT_A_MEMBER", "NOT_A_MEMBER", "NOT_A_MEMBER", "NOT_A_MEMBER");
        assertThat(ann.seen(Message.class)).isEmpty();
    }

    @Test
    void nothingIsLiftedThatThePolicyWasNotAskedAbout() {
        policy.denied.add(Action.UNBAN);
        Client ann = guest("ann");
        int lobby = ann.join("lobby");
        Client mallory = guest("mallory");
        mallory.join("lobby");
        ann.ask(ann.act(lobby, Action.MAKE_MODERATOR, mallory.id()));
        long next = ann.last(Moderated.class).seq() + 1;
        Client friend = guest("friend");
        journal.hold();
        ann.ask(ann.act(lobby, Action.BAN, friend.id()));
        mallory.ask(mallory.act(lobby, Action.UNBAN, 0, next, 0));
        journal.release();
        assertThat(ann.last(Moderated.class).seq()).isEqualTo(next);
        assertThat(outcome(friend.ask(friend.joining("lobby")))).isEqualTo("BANNED_FROM_ROOM");
        assertThat(mallory.seen(Rejected.class)).hasSize(1);
    }

    @Test
    void aConversationWithTheOperatorIsNotBegunWhileThePolicyThinks() {
        policy.account("eve");
        Client eve = account("eve");
        Client device = account("eve");
        server.tell("eve", "hello");
        network.run();
        int conversation = eve.last(Opened.class).snapshot().room();
        eve.ask(new Leave(eve.request(), conversation));
        long operator = server.hub().operator().id();
        Client other = guest("other");
        assertThat(outcome(other.ask(new Direct(other.request(), operator, null, 0))))
                .isEqualTo("NO_SUCH_USER");
        policy.later("direct operator");
        eve.ask(new Direct(eve.request(), operator, null, 0));
        device.ask(new Leave(device.request(), conversation)); // which ends it
        policy.later("direct operator").complete(Decision.ALLOW);
        assertThat(eve.seen(Failed.class)).extracting(no -> code(no.code())).containsExactly("NO_SUCH_USER");
    }

    // ---- direct conversations

    @Test
    void theIgnoredAreNotSeenWriting() {
        Client ann = guest("ann");
        Client mallory = guest("mallory");
        mallory.ask(new Direct(mallory.request(), ann.id(), null, 0));
        int conversation = mallory.last(Joined.class).snapshot().room();
        mallory.ask(mallory.saying(conversation, "hello"));
        ann.last(Opened.class);
        mallory.ask(new Typing(conversation));
        assertThat(ann.seen(TypingNotice.class)).hasSize(1);
        ann.ask(new Ignore(ann.request(), mallory.id(), true));
        mallory.ask(new Typing(conversation), mallory.saying(conversation, "hello?"));
        assertThat(code(mallory.last(Rejected.class).code())).isEqualTo("FORBIDDEN");
        assertThat(ann.seen(TypingNotice.class)).hasSize(1);
    }

    @Test
    void aConversationThatWasLeftIsNotRevivedAgainstTheMode() {
        Client ann = guest("ann");
        Client mallory = guest("mallory");
        mallory.ask(new Direct(mallory.request(), ann.id(), null, 0));
        int conversation = mallory.last(Joined.class).snapshot().room();
        mallory.ask(mallory.saying(conversation, "hello"));
        ann.run();
        ann.ask(new AllowDirect(ann.request(), DirectMode.NOBODY.code()));
        assertThat(outcome(mallory.ask(mallory.saying(conversation, "again")))).isEqualTo("FORBIDDEN");
        ann.ask(ann.saying(conversation, "go away"));
        assertThat(outcome(mallory.ask(mallory.saying(conversation, "no")))).isEqualTo("done");
        ann.ask(new Leave(ann.request(), conversation));
        assertThat(outcome(mallory.ask(mallory.saying(conversation, "why")))).isEqualTo("FORBIDDEN");
        mallory.ask(new Leave(mallory.request(), conversation));
        assertThat(outcome(mallory.ask(new Direct(mallory.request(), ann.id(), null, 0))))
                .isEqualTo("FORBIDDEN");
    }

    @Test
    void conversationsThatOthersBeginKeepNobodyOut() {
        restart(builder ->
                builder.hubOptions(HubOptions.builder().maxRoomsPerUser(3).build()));
        Client ann = guest("ann");
        for (int i = 0; i < 10; i++) {
            Client mallory = guest("mallory" + i + "x");
            mallory.ask(new Direct(mallory.request(), ann.id(), null, 0));
            mallory.ask(mallory.saying(mallory.last(Joined.class).snapshot().room(), "buy"));
        }
        assertThat(ann.seen(Opened.class)).hasSize(10);
        assertThat(ann.seen(RoomClosed.class)).hasSize(7);
        for (int i = 0; i < 3; i++) {
            assertThat(outcome(ann.ask(ann.joining("room" + i)))).isEqualTo("done");
        }
        Client bob = guest("bob");
        ann.ask(new Direct(ann.request(), bob.id(), null, 0));
        assertThat(outcome(ann.ask(ann.saying(ann.last(Joined.class).snapshot().room(), "hello"))))
                .isEqualTo("done");
    }

    // ---- bans of the server

    private ServerBan ban(ServerBan.Kind kind, String subject) {
        CompletableFuture<ServerBan> ban = server.hub().bans().add(kind, subject, GOOD, "tests", "");
        network.run();
        return ban.join();
    }

    @ParameterizedTest
    @CsvSource({
        "ADDRESS, 203.0.113.7, 203.0.113.7, 203.0.113.8",
        "ADDRESS, ::ffff:203.0.113.7, 203.0.113.7, 203.0.113.8",
        "ADDRESS, ::FFFF:CB00:7107, 203.0.113.7, 203.0.113.8",
        "ADDRESS, 2001:DB8:0:0:0:0:0:1, 2001:db8::ffff, 2001:db8:0:1::1",
        "NETWORK, 203.0.113.0/25, 203.0.113.127, 203.0.113.128",
        "NETWORK, 2001:db8::/47, 2001:db8:1:ffff::1, 2001:db8:2::1",
    })
    void aBanByAddressBindsAllFormsOfIt(ServerBan.Kind kind, String subject, String bound, String free) {
        Client mallory = guestFrom(bound, "mallory");
        Client bob = guestFrom(free, "bob");
        ban(kind, subject);
        assertThat(code(mallory.last(Failed.class).code())).isEqualTo("BANNED");
        assertThat(outcome(come(from(bound), "guest", "again").all)).isEqualTo("BANNED");
        assertThat(bob.seen(Failed.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ADDRESS, 203.0.113.300",
        "ADDRESS, 203.0.113",
        "ADDRESS, ' 203.0.113.7'",
        "ADDRESS, 203.0.113.0/24",
        "ADDRESS, 2001:db8::12345",
        "ADDRESS, 2001:db8:::1",
        "ADDRESS, [2001:db8::1]",
        "ADDRESS, ''",
        "ADDRESS, 127.0.0.1",
        "ADDRESS, ::ffff:127.0.0.1",
        "NETWORK, 203.0.113.0/33",
        "NETWORK, 203.0.113.0/0",
        "NETWORK, 203.0.113.0/-1",
        "NETWORK, 203.0.113.0/",
        "NETWORK, /24",
        "NETWORK, 203.0.113.7",
        "NETWORK, 2001:db8::/129",
        "NETWORK, ::ffff:203.0.113.0/120",
    })
    void aBanOfNoAddressIsRefused(ServerBan.Kind kind, String subject) {
        CompletableFuture<ServerBan> ban = server.hub().bans().add(kind, subject, GOOD, "tests", "");
        network.run();
        assertThatThrownBy(ban::join)
                .cause()
                .isInstanceOfSatisfying(
                        RoomException.class, no -> assertThat(no.reason()).isEqualTo(Reason.BAD_REQUEST));
        assertThat(server.hub().bans().list()).isEmpty();
    }

    @Test
    void aLoginThatIsAnsweredAfterTheBanIsRefused() {
        policy.account("eve");
        for (String name : List.of("login late", "name late")) {
            policy.later(name);
            Client late = come(from(HOME), "guest", "late");
            ServerBan ban = ban(ServerBan.Kind.ADDRESS, HOME);
            Objects.requireNonNull(policy.late.remove(name)).complete(Decision.ALLOW);
            assertThat(code(late.last(Refused.class).code())).isEqualTo("BANNED");
            server.hub().bans().lift(ban.number());
        }
        policy.later("name eve");
        Client eve = come(from(HOME), "account", "eve");
        ban(ServerBan.Kind.ACCOUNT, "eve");
        policy.later("name eve").complete(Decision.ALLOW);
        assertThat(code(eve.last(Refused.class).code())).isEqualTo("BANNED");
        assertThat(server.hub().users()).isEmpty();
    }

    @Test
    void whoIsBannedFromTheServerDoesNothingMore() {
        Client ann = guest("ann");
        int lobby = ann.join("lobby");
        Client mallory = guest("mallory");
        mallory.join("lobby");
        ann.ask(ann.act(lobby, Action.MAKE_OWNER, mallory.id()));
        policy.later("say wait");
        mallory.ask(
                mallory.saying(lobby, "wait"),
                mallory.act(lobby, Action.MUTE, ann.id()),
                mallory.joining("other"),
                new Nick(mallory.request(), "mallet"));
        policy.later("say wait").complete(Decision.ALLOW); // and it goes on when its executor does
        server.hub()
                .bans()
                .add(ServerBan.Kind.NAME, "mallory", GOOD, "tests", "")
                .join();
        network.run();
        assertThat(mallory.seen(Failed.class)).anyMatch(no -> no.id() == 0 && no.code() == ErrorCode.BANNED);
        assertThat(ann.seen(Message.class)).isEmpty();
        assertThat(ann.seen(Moderated.class)).extracting(Moderated::action).doesNotContain(Action.MUTE);
        assertThat(server.hub().rooms()).extracting(Room::name).containsExactly("lobby");
        assertThat(server.hub().users()).extracting(User::name).containsExactly("ann");
    }

    @Test
    void aBotWhoseNameIsBannedMeanwhileDoesNotComeIn() {
        policy.later("name bot");
        CompletableFuture<Bot> bot = server.bot("bot", (room, message) -> {});
        network.run();
        ban(ServerBan.Kind.NAME, "BOT");
        policy.later("name bot").complete(Decision.ALLOW);
        network.run();
        assertThat(server.hub().users()).isEmpty();
        assertThatThrownBy(bot::join)
                .cause()
                .isInstanceOfSatisfying(
                        RoomException.class, no -> assertThat(no.reason()).isEqualTo(Reason.BANNED_FROM_SERVER));
    }

    @Test
    void nobodyTakesANameThatIsBanned() {
        ban(ServerBan.Kind.NAME, "rude");
        Client mallory = guest("mallory");
        assertThat(outcome(mallory.ask(new Nick(mallory.request(), "RUDE")))).isEqualTo("BANNED");
        policy.later("name boor");
        mallory.ask(new Nick(mallory.request(), "boor"));
        ban(ServerBan.Kind.NAME, "boor");
        policy.later("name boor").complete(Decision.ALLOW);
        assertThat(code(mallory.last(Failed.class).code())).isEqualTo("BANNED");
        assertThat(server.hub().users()).extracting(User::name).containsExactly("mallory");
    }

    /** A hub whose clock does something when it is looked at, and whose wall clock somebody sets. */
    private static final class Clocks {
        final AtomicLong nanos = new AtomicLong(5_000_000_000L);
        final AtomicLong wall = new AtomicLong(1_000_000);
        final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        final List<String> told = new ArrayList<>();
        final Hub hub = Hub.builder()
                .clock(
                        () -> {
                            meanwhile.getAndSet(() -> {}).run();
                            return nanos.get();
                        },
                        wall::get)
                .build();

        private final Encoding nothing = (room, entry, into) -> into.put((byte) '\n');

        CompletableFuture<Session> login(String name) {
            return hub.login(
                    Applicant.of(hub.names(), name, Credentials.NONE, "tests", "inside", null, null),
                    nothing,
                    new Subscriber() {
                        @Override
                        public void ready(Subscription subscription) {}

                        @Override
                        public void opened(Subscription subscription, Snapshot snapshot) {}

                        @Override
                        public void expelled(RoomException why) {
                            told.add(name);
                        }
                    });
        }
    }

    @Test
    void whoTakesANameWhileItIsBannedIsPutOut() {
        Clocks clocks = new Clocks();
        Session mallory = clocks.login("mallory").join();
        mallory.join("lobby", BacklogRequest.NOTHING).join();
        // The clock is looked at when the rooms are asked, and that is behind the look at the bans.
        clocks.meanwhile.set(() -> clocks.hub
                .bans()
                .add(ServerBan.Kind.NAME, "rude", GOOD, "tests", "")
                .join());
        mallory.rename("rude");
        assertThat(clocks.hub.bans().list()).hasSize(1);
        assertThat(clocks.told.isEmpty() && mallory.user().name().equals("rude"))
                .as("banned, and here")
                .isFalse();
    }

    @Test
    void nobodyEndsABanBySettingTheClock() {
        Clocks clocks = new Clocks();
        clocks.hub
                .bans()
                .add(ServerBan.Kind.NAME, "mallory", Duration.ofHours(1), "tests", "")
                .join();
        clocks.wall.addAndGet(Duration.ofDays(400).toMillis());
        assertThat(clocks.login("mallory")).isCompletedExceptionally();
        clocks.wall.set(0);
        assertThat(clocks.login("mallory")).isCompletedExceptionally();
        clocks.nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(clocks.login("mallory")).isCompleted();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whoIsRemovedFromTheServerDoesNothingMore(long seed) {
        stop();
        network = MemoryNetwork.seeded(seed);
        server = start(builder -> builder);
        Client ann = guest("ann");
        int lobby = ann.join("lobby");
        Client mallory = guest("mallory");
        mallory.join("lobby");
        policy.later("say wait");
        mallory.ask(mallory.saying(lobby, "wait"), mallory.joining("other"));
        policy.later("say wait").complete(Decision.ALLOW);
        assertThat(server.remove("mallory", "")).isTrue();
        assertThat(ann.seen(Message.class)).isEmpty();
        assertThat(server.hub().rooms()).extracting(Room::name).containsExactly("lobby");
    }

    // ---- numbers

    @Test
    void aCommandCountsOnceWhateverBecomesOfIt() {
        Client mallory = guest("mallory");
        int lobby = mallory.join("lobby");
        List<ServerFrame> answers = mallory.ask(
                new Say(lobby, 2, "too early", Tags.NONE), // does not count
                new Moderate(lobby, 1, 99, 0, 0, 0, ""),
                new Say(lobby + 77, 2, "elsewhere", Tags.NONE),
                new Say(lobby, 2, "again", Tags.NONE),
                new Say(lobby, Long.MAX_VALUE, "far", Tags.NONE),
                new Say(lobby, 3, "in time", Tags.NONE));
        assertThat(answers.stream()
                        .filter(Rejected.class::isInstance)
                        .map(Rejected.class::cast)
                        .map(no -> no.cid() + " " + code(no.code())))
                .containsExactly(
                        "2 BAD_CID", "1 BAD_REQUEST", "2 NOT_A_MEMBER", "2 BAD_CID", Long.MAX_VALUE + " BAD_CID");
        assertThat(mallory.seen(Message.class)).extracting(Message::body).containsExactly("in time");
        mallory.peer.sendBytes(new byte[] {0x2F, 0, 0, 2, (byte) lobby, 4}); // a command that nobody knows, twice
        mallory.peer.sendBytes(new byte[] {0x2F, 0, 0, 2, (byte) lobby, 4});
        assertThat(mallory.run().stream().map(Rejected.class::cast).map(no -> no.cid() + " " + code(no.code())))
                .containsExactly("4 UNKNOWN_TYPE", "4 BAD_CID");
    }
}
