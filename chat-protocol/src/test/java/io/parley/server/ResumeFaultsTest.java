package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.MemoryJournal;
import io.parley.journal.NotKeptException;
import io.parley.model.Action;
import io.parley.model.ErrorCode;
import io.parley.model.RoomRef;
import io.parley.model.Tags;
import io.parley.model.UserRef;
import io.parley.policy.Answer;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import io.parley.room.HubOptions;
import io.parley.room.Room;
import io.parley.testkit.chat.HeldJournal;
import io.parley.testkit.journal.WrappedJournal;
import io.parley.wire.Ack;
import io.parley.wire.Bye;
import io.parley.wire.Continue;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Leave;
import io.parley.wire.Left;
import io.parley.wire.Rejected;
import io.parley.wire.ServerFrame;
import io.parley.wire.Since;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What could go wrong with sessions that outlive their connections: journals and policies that are slow or fail, at bad moments. */
class ResumeFaultsTest {
    private static Room room(Script script, String name) {
        return Objects.requireNonNull(script.server.hub().findRoom(name));
    }

    /** Somebody in the lobby, who has said something. */
    private static Comeback talking(Script script, String name) {
        script.room("lobby");
        Comeback one = Comeback.guest(script, name);
        one.send(Script.say(one.join("lobby").snapshot().room(), 1, "one"));
        return one;
    }

    // ---- memberships

    @Test
    void whoSaysGoodbyeBeforeItGoesOnLeavesItsRooms() {
        Script script = new Script();
        Comeback ann = talking(script, "ann");
        ann.lose().back();
        ann.send(new Bye(""));
        assertThat(script.server.hub().user("ann")).isNull();
        assertThat(room(script, "lobby").memberCount()).isZero();
    }

    /** Held by its last connection, while the policy or the journal has not let it in yet. */
    @Test
    void aSessionThatIsOverEntersNothing() {
        HeldJournal journal = new HeldJournal();
        Script script = new Script(builder -> builder.journal(journal)
                .hubOptions(HubOptions.builder().maxHeld(1).build()));
        script.room("den");
        Comeback bob = Comeback.guest(script, "bob");
        Joined den = bob.join("den");
        Comeback ann = talking(script, "ann");
        Comeback carl = talking(script, "carl");
        journal.hold();
        bob.send(Script.say(den.snapshot().room(), 1, "busy"));
        ann.send(new Join(5, "den", null, 0, ""));
        ann.lose();
        carl.lose(); // there is one place: ann's session ends
        assertThat(script.server.hub().user("ann")).isNull();
        journal.release();
        script.network.run();
        assertThat(room(script, "den").memberCount()).isEqualTo(1);
    }

    /** It has come in again since, and is a member. */
    @Test
    void whatHasEndedAndBegunAnewHasNotEnded() {
        Script script = new Script();
        Comeback ann = talking(script, "ann");
        script.server.moderate("lobby", Action.KICK, "ann", Duration.ZERO, "spam");
        script.network.run();
        ann.take();
        ann.join("lobby");
        ann.lose().back();
        assertThat(ann.held()).hasSize(1);
        assertThat(ann.ended()).isEmpty();
    }

    @Test
    void whoIsRemovedFromTheServerIsOutThoughItHasNoConnection() {
        Script script = new Script();
        Comeback ann = talking(script, "ann");
        ann.lose();
        assertThat(script.server.remove("ann", "spam")).isTrue();
        script.network.run();
        assertThat(script.server.hub().user("ann")).isNull();
        assertThat(room(script, "lobby").memberCount()).isZero();
        assertThat(script.server.hub().heldCount()).isZero();
    }

    /** Its connection is about to end, and has not yet. */
    @Test
    void aMembershipIsKeptThoughItsConnectionIsReplacedWhileItGoesOn() {
        HeldJournal journal = new HeldJournal();
        Script script = new Script(builder -> builder.journal(journal));
        script.room("lobby");
        Comeback ann = Comeback.guest(script, "ann");
        Joined lobby = ann.join("lobby");
        ann.send(Script.say(lobby.snapshot().room(), 1, "one"));
        ann.lose().back();
        journal.holdReads();
        assertThat(ann.goOn(lobby, 0)).as("the backlog is being read").isEmpty();
        ann.peer.pauseReads(); // so that it does not take what it is told last
        ann.back();
        journal.releaseNewestRead();
        script.network.run();
        assertThat(room(script, "lobby").memberCount()).isEqualTo(1);
        assertThat(ann.goOn(lobby, 1).get(0)).isInstanceOf(Joined.class);
    }

    /** Else it is told that it has left, and stays. */
    @Test
    void whoLeavesWhileItGoesOnIsOut() {
        HeldJournal journal = new HeldJournal();
        Script script = new Script(builder -> builder.journal(journal));
        Comeback ann = talking(script, "ann");
        Room lobby = room(script, "lobby");
        ann.lose().back();
        journal.holdReads();
        int number = lobby.ref().number();
        ann.send(new Continue(8, number, new Since(lobby.epoch(), 0), 0));
        List<ServerFrame> answers = new ArrayList<>(ann.send(new Leave(9, number)));
        journal.releaseNewestRead();
        answers.addAll(ann.take());
        assertThat(lobby.memberCount()).isZero();
        assertThat(answers.get(answers.size() - 1)).isEqualTo(new Left(9, number));
    }

    // ---- commands

    /** Allows everything, or nothing that is said. */
    private static final class Gate implements ChatPolicy {
        private boolean shut;

        private Answer answer() {
            return shut ? Decision.deny("not now") : Decision.ALLOW;
        }

        @Override
        public Answer say(UserRef user, RoomRef room, String body, Tags tags) {
            return answer();
        }

        @Override
        public Answer topic(UserRef user, RoomRef room, String topic) {
            return answer();
        }
    }

    /** Else its author takes it for unsaid, and says it again. */
    @Test
    void whatIsInTheRoomIsAcknowledgedWhateverThePolicySaysNow() {
        Gate gate = new Gate();
        Script script = new Script(builder -> builder.policy(gate));
        Comeback ann = Comeback.guest(script, "ann");
        Joined den = ann.join("den");
        ann.take();
        int room = den.snapshot().room();
        ann.send(Script.say(room, 1, "one"), new io.parley.wire.SetTopic(room, 2, "two"));
        long head = room(script, "den").head();
        gate.shut = true;
        ann.lose().back();
        ann.goOn(den, head);
        assertThat(ann.send(Script.say(room, 1, "one"))).containsExactly(new Ack(1, room, head - 1));
        assertThat(ann.send(new io.parley.wire.SetTopic(room, 2, "two")).get(0)).isEqualTo(new Ack(2, room, head));
        Rejected no = (Rejected) ann.send(Script.say(room, 3, "three")).get(0);
        assertThat(no.code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(room(script, "den").head()).isEqualTo(head);
    }

    /** A journal that may wait with what it is to keep, and then keep it or fail. */
    private static final class Doubtful extends WrappedJournal {
        private boolean waits;
        private @Nullable Runnable keeps;
        private CompletableFuture<AppendResult> last = new CompletableFuture<>();

        Doubtful() {
            super(MemoryJournal.withDefaults());
        }

        @Override
        public CompletableFuture<AppendResult> append(AppendRequest request) {
            if (!waits) {
                return super.append(request);
            }
            CompletableFuture<AppendResult> kept = new CompletableFuture<>();
            last = kept;
            keeps = () -> super.append(request).thenAccept(kept::complete);
            return kept;
        }

        void keep() {
            waits = false;
            Objects.requireNonNull(keeps).run();
        }

        void fail() {
            waits = false;
            last.completeExceptionally(new NotKeptException("disk full"));
        }
    }

    @Test
    void nothingIsAcknowledgedThatIsNotKept() {
        Doubtful journal = new Doubtful();
        Script script = new Script(builder -> builder.journal(journal));
        Comeback ann = talking(script, "ann");
        int room = room(script, "lobby").ref().number();
        journal.waits = true;
        ann.send(Script.say(room, 2, "two"));
        ann.lose().back();
        assertThat(ann.send(Script.say(room, 2, "two")))
                .as("it is not known yet")
                .isEmpty();
        journal.fail();
        assertThat(ann.take()).hasSize(1).hasOnlyElementsOfType(Rejected.class);
    }

    @Test
    void whatIsStillToBeOrderedHasItsOutcomeThen() {
        Doubtful journal = new Doubtful();
        Script script = new Script(builder -> builder.journal(journal));
        Comeback ann = talking(script, "ann");
        int room = room(script, "lobby").ref().number();
        journal.waits = true;
        ann.send(Script.say(room, 2, "two"));
        ann.send(Script.say(room, 3, "three")); // behind what the journal keeps
        ann.lose().back();
        assertThat(ann.send(Script.say(room, 3, "three")))
                .as("it is not known yet")
                .isEmpty();
        journal.keep();
        assertThat(ann.take()).containsExactly(new Ack(3, room, 3));
    }
}
