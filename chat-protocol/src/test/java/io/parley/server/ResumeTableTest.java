package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.model.Action;
import io.parley.model.ErrorCode;
import io.parley.model.HeldMembership;
import io.parley.model.Identity;
import io.parley.model.NamePolicy;
import io.parley.model.Role;
import io.parley.model.ServerBan;
import io.parley.model.UserRef;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import io.parley.testkit.chat.Peer;
import io.parley.wire.Failed;
import io.parley.wire.Joined;
import io.parley.wire.Message;
import io.parley.wire.Moderated;
import io.parley.wire.Nick;
import io.parley.wire.Ok;
import io.parley.wire.Password;
import io.parley.wire.Refused;
import io.parley.wire.Rejected;
import io.parley.wire.ServerFrame;
import io.parley.wire.Welcome;
import io.parley.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What a token is good for, and what comes of things that happen to a session without a connection: the tables of what is
 * expected, row by row.
 */
class ResumeTableTest {
    private static final String SAID = "one";

    /** Accounts that can change while the server runs. */
    private static final class Changing implements ChatPolicy {
        private @Nullable Answer resuming; // in place of its own
        private final Map<String, String> passwords = new HashMap<>(Map.of("sue", "secret"));

        private Decision admit(String name) {
            return Decision.admit(Identity.account(name, name).with(Map.of("password", passwords.get(name))));
        }

        @Override
        public Answer login(Applicant applicant) {
            String name = applicant.name().key();
            if (applicant.isGuest()) {
                return Decision.ALLOW;
            }
            return applicant.password().equals(passwords.get(name)) ? admit(name) : Decision.deny("wrong");
        }

        @Override
        public Answer account(NamePolicy.Name name) {
            return passwords.containsKey(name.key()) ? admit(name.key()) : Decision.ALLOW;
        }

        @Override
        public Answer password(UserRef user, String old, String next) {
            if (!passwords.replace(user.account(), old, next)) {
                return Decision.deny("wrong");
            }
            return admit(user.account());
        }

        @Override
        public Answer resume(UserRef user) {
            if (user.account().isEmpty()) {
                return Decision.ALLOW;
            }
            if (resuming != null) {
                return resuming;
            }
            String now = passwords.get(user.account());
            return now != null && now.equals(user.attributes().get("password"))
                    ? Decision.ALLOW
                    : Decision.deny("changed");
        }
    }

    private final Changing policy = new Changing();
    private final Script script = new Script(builder -> builder.policy(policy));

    /** A guest in the lobby, who has said something and is lost. */
    private Comeback lost(String name) {
        return talking(name).lose();
    }

    private Comeback talking(String name) {
        script.room("lobby");
        Comeback one = Comeback.guest(script, name);
        one.send(Script.say(one.join("lobby").snapshot().room(), 1, SAID));
        return one;
    }

    private int answer(Bytes token) {
        ServerFrame answer = Comeback.answerTo(script, token);
        return answer instanceof Refused no ? no.code() : 0;
    }

    // ---- tokens

    @Test
    void anythingElseThanATokenIsRefused() {
        lost("ann");
        assertThat(answer(Bytes.EMPTY)).isEqualTo(ErrorCode.SESSION_GONE);
        assertThat(answer(Bytes.of(new byte[24]))).isEqualTo(ErrorCode.SESSION_GONE);
        assertThat(answer(Bytes.of(new byte[1_000]))).isEqualTo(ErrorCode.SESSION_GONE);
    }

    @Test
    void staleByOneIsGoodAndStaleByTwoIsNot() {
        Comeback ann = lost("ann");
        Bytes first = ann.token();
        Bytes second = ann.back().lose().token();
        assertThat(answer(first))
                .as("stale by one: its answer may have been lost")
                .isZero();
        ann.back(second.equals(ann.token()) ? first : second); // the last that was shown
        ann.lose();
        Bytes third = ann.token();
        ann.back(third).lose();
        assertThat(answer(first)).as("stale by two").isEqualTo(ErrorCode.SESSION_GONE);
        assertThat(answer(second)).as("never shown, and replaced").isEqualTo(ErrorCode.SESSION_GONE);
    }

    /** Whoever steals a token has the session, as with any secret; its owner is told, and does not fight. */
    @Test
    void aStolenTokenMakesItsOwnerStop() {
        Comeback ann = talking("ann");
        Bytes stolen = ann.token();
        Peer<ServerFrame> owner = ann.peer;
        assertThat(answer(stolen)).isZero();
        assertThat(owner.take()).anyMatch(ResumeTableTest::isReplaced);
        assertThat(owner.isOver()).isTrue();
    }

    private static boolean isReplaced(ServerFrame frame) {
        return frame instanceof Failed no && no.id() == 0 && no.code() == ErrorCode.REPLACED;
    }

    @Test
    void ofTwoConnectionsAtOnceOneHasTheSession() {
        Comeback ann = lost("ann");
        Bytes token = ann.token();
        Peer<ServerFrame> one = script.stranger().sendBytes(Script.PREFACE);
        Peer<ServerFrame> two = script.stranger().sendBytes(Script.PREFACE);
        for (Peer<ServerFrame> each : List.of(one, two)) {
            each.send(Comeback.with(Script.hello(1, 1, Wire.RESUME, new byte[0]), token));
        }
        script.network.run();
        List<Peer<ServerFrame>> open =
                List.of(one, two).stream().filter(each -> !each.isOver()).toList();
        assertThat(open).hasSize(1);
        assertThat(open.get(0).take().get(0)).isInstanceOf(Welcome.class);
        Peer<ServerFrame> other = open.get(0) == one ? two : one;
        assertThat(other.take()).anyMatch(ResumeTableTest::isReplaced);
        assertThat(script.server.hub().users()).hasSize(1);
    }

    @Test
    void theTokenOfAnotherIsTheSessionOfAnother() {
        Comeback ann = lost("ann");
        Comeback bob = Comeback.guest(script, "bob");
        Welcome as = (Welcome) Comeback.answerTo(script, ann.token());
        assertThat(as.user()).isEqualTo(ann.welcome.user());
        assertThat(as.user().id()).isNotEqualTo(bob.welcome.user().id());
    }

    /** The name and the password that come with a good token do not count. */
    @Test
    void aTokenCountsMoreThanAName() {
        Comeback ann = lost("ann");
        Peer<ServerFrame> peer =
                script.stranger().sendBytes(Script.PREFACE).send(Comeback.with(Script.hello("somebody"), ann.token()));
        script.network.run();
        assertThat(((Welcome) peer.take().get(0)).user().name()).isEqualTo("ann");
    }

    @Test
    void aBadTokenWithANameIsAnOrdinaryLogin() {
        Peer<ServerFrame> peer = script.stranger()
                .sendBytes(Script.PREFACE)
                .send(Comeback.with(Script.hello("somebody"), Bytes.of(new byte[24])));
        script.network.run();
        Welcome welcome = (Welcome) peer.take().get(0);
        assertThat(welcome.resumed()).isFalse();
        assertThat(welcome.user().name()).isEqualTo("somebody");
        assertThat(welcome.resumeToken().length()).isEqualTo(24);
    }

    @Test
    void whoIsBannedMeanwhileIsOut() {
        Comeback ann = lost("ann");
        script.server.hub().bans().add(ServerBan.Kind.NAME, "ann", Duration.ZERO, "operator", "spam");
        script.network.run();
        assertThat(script.server.hub().user("ann")).as("its session is over").isNull();
        assertThat(script.server.hub().findRoom("lobby").memberCount()).isZero();
        assertThat(answer(ann.token())).isEqualTo(ErrorCode.SESSION_GONE);
        Peer<ServerFrame> again =
                script.stranger().sendBytes(Script.PREFACE).send(Comeback.with(Script.hello("ann"), ann.token()));
        script.network.run();
        assertThat(((Refused) again.take().get(0)).code()).isEqualTo(ErrorCode.BANNED);
    }

    @Test
    void aPasswordThatChangedEndsASession() {
        Comeback sue = Comeback.account(script, "sue", "secret");
        script.room("lobby");
        sue.send(Script.say(sue.join("lobby").snapshot().room(), 1, SAID));
        sue.lose();
        policy.passwords.put("sue", "other");
        assertThat(answer(sue.token())).isEqualTo(ErrorCode.SESSION_GONE);
        assertThat(script.server.hub().user("sue")).isNull();
        assertThat(password(sue.token(), "secret")).isEqualTo(ErrorCode.AUTH_FAILED);
        assertThat(password(sue.token(), "other")).isZero();
    }

    @Test
    void anAccountThatIsDeletedHasNoSession() {
        Comeback sue = Comeback.account(script, "sue", "secret");
        script.room("lobby");
        sue.send(Script.say(sue.join("lobby").snapshot().room(), 1, SAID));
        sue.lose();
        policy.passwords.remove("sue");
        assertThat(password(sue.token(), "secret")).isEqualTo(ErrorCode.AUTH_FAILED);
        assertThat(script.server.hub().users()).isEmpty();
    }

    /** No password is hashed for a token that is good. */
    @Test
    void aWrongPasswordDoesNoHarmToAGoodToken() {
        Comeback sue = Comeback.account(script, "sue", "secret");
        script.room("lobby");
        sue.send(Script.say(sue.join("lobby").snapshot().room(), 1, SAID));
        sue.lose();
        assertThat(password(sue.token(), "wrong")).isZero();
    }

    /** Whoever changes a password goes on, also later; other sessions of the account do not. */
    @Test
    void aNewPasswordEndsTheOtherSessions() {
        Comeback here = Comeback.account(script, "sue", "secret");
        Comeback held = Comeback.account(script, "sue", "secret");
        script.room("lobby");
        held.send(Script.say(held.join("lobby").snapshot().room(), 1, SAID));
        held.lose();
        here.send(Script.say(here.join("lobby").snapshot().room(), 1, SAID));
        assertThat(here.send(new Password(5, "secret", "other"))).contains(new Ok(5));
        assertThat(answer(held.token())).isEqualTo(ErrorCode.SESSION_GONE);
        here.lose();
        here.back();
        assertThat(here.held()).hasSize(1);
    }

    /** A claim that was judged before the password changed, and enters behind that, would have the old one. */
    @Test
    void aClaimUnderWayEndsWithTheOldPassword() {
        Comeback here = Comeback.account(script, "sue", "secret");
        Comeback other = Comeback.account(script, "sue", "secret");
        script.room("lobby");
        other.send(Script.say(other.join("lobby").snapshot().room(), 1, SAID));
        CompletableFuture<Decision> answer = new CompletableFuture<>();
        policy.resuming = Answer.later(answer);
        Peer<ServerFrame> claim = script.stranger()
                .sendBytes(Script.PREFACE)
                .send(Comeback.with(Script.hello(1, 1, Wire.RESUME, new byte[0]), other.token()));
        script.network.run();
        assertThat(here.send(new Password(5, "secret", "other"))).contains(new Ok(5));
        answer.complete(Decision.ALLOW);
        script.network.run();
        assertThat(claim.isOver()).isTrue();
        assertThat(other.peer.isOver()).isTrue();
        assertThat(here.peer.isOver()).isFalse();
    }

    private int password(Bytes token, String password) {
        byte[] initial = ("\0sue\0" + password).getBytes(StandardCharsets.UTF_8);
        Peer<ServerFrame> peer = script.stranger()
                .sendBytes(Script.PREFACE)
                .send(Comeback.with(Script.hello(1, 1, Wire.PLAIN, initial), token));
        script.network.run();
        return peer.take().get(0) instanceof Refused no ? no.code() : 0;
    }

    /** A refused claim burns nothing. */
    @Test
    void aTokenIsStillGoodAfterARefusal() {
        Comeback ann = lost("ann");
        byte[] wrong = ann.token().toArray();
        wrong[20] ^= 1;
        for (int i = 0; i < 3; i++) {
            assertThat(answer(Bytes.of(wrong))).isEqualTo(ErrorCode.SESSION_GONE);
        }
        ann.back();
    }

    /** The connection is lost between WELCOME and the first room. */
    @Test
    void whoIsLostAgainAtOnceIsHeldAgain() {
        Comeback ann = lost("ann");
        for (int i = 0; i < 5; i++) {
            ann.back();
            assertThat(ann.held()).hasSize(1);
            ann.lose();
        }
        assertThat(script.server.hub().heldCount()).isOne();
    }

    @Test
    void anotherServerProcessKnowsNoToken() {
        Comeback ann = lost("ann");
        assertThat(((Refused) Comeback.answerTo(new Script(), ann.token())).code())
                .isEqualTo(ErrorCode.SESSION_GONE);
    }

    // ---- what happens meanwhile

    private void moderate(Action action, String name) {
        script.server.moderate("lobby", action, name, Duration.ofMinutes(10), "spam");
        script.network.run();
    }

    private Joined goOn(Comeback one) {
        HeldMembership lobby = one.held().get(0);
        List<ServerFrame> answers = one.send(new io.parley.wire.Continue(50, lobby.room(), null, 50));
        assertThat(answers.get(0)).isInstanceOf(Joined.class);
        return (Joined) answers.get(0);
    }

    @Test
    void whoIsKickedMeanwhileIsOutAndToldWhy() {
        Comeback ann = lost("ann");
        moderate(Action.KICK, "ann");
        ann.back();
        assertThat(ann.held()).isEmpty();
        assertThat(ann.ended()).extracting(one -> one.code()).containsExactly(ErrorCode.KICKED);
        assertThat(ann.ended().get(0).text()).contains("spam");
    }

    @Test
    void whoIsBannedFromTheRoomMeanwhileIsOutAndStaysOut() {
        Comeback ann = lost("ann");
        moderate(Action.BAN, "ann");
        ann.back();
        assertThat(ann.held()).isEmpty();
        assertThat(ann.ended()).extracting(one -> one.code()).containsExactly(ErrorCode.BANNED_FROM_ROOM);
        Failed no = (Failed)
                ann.send(new io.parley.wire.Join(8, "lobby", null, 0, "")).get(0);
        assertThat(no.code()).isEqualTo(ErrorCode.BANNED_FROM_ROOM);
    }

    @Test
    void whoIsMutedMeanwhileIsMuted() {
        Comeback ann = lost("ann");
        moderate(Action.MUTE, "ann");
        ann.back();
        int room = goOn(ann).snapshot().room();
        assertThat(((Rejected) ann.send(Script.say(room, 2, "two")).get(0)).code())
                .isEqualTo(ErrorCode.MUTED);
    }

    @Test
    void whoseRoomIsClosedMeanwhileIsToldSo() {
        Comeback ann = lost("ann");
        script.server.hub().findRoom("lobby").close("cleaning");
        script.network.run();
        ann.back();
        assertThat(ann.held()).isEmpty();
        assertThat(ann.ended()).extracting(one -> one.code()).containsExactly(ErrorCode.ROOM_GONE);
    }

    @Test
    void whoIsMadeOwnerMeanwhileIsOwner() {
        Comeback ann = lost("ann");
        moderate(Action.MAKE_OWNER, "ann");
        ann.back();
        assertThat(goOn(ann).snapshot().role()).isEqualTo(Role.OWNER);
    }

    /** Nobody takes the name of a user who is held; the name of an account that appears is taken from a guest. */
    @Test
    void aNameIsKeptUnlessItBecomesAnAccounts() {
        Comeback ann = lost("ann");
        Peer<ServerFrame> mallory = script.guest("mallory");
        mallory.send(new Nick(4, "ann"));
        Failed no = (Failed) script.run(mallory).get(0);
        assertThat(no.code()).isEqualTo(ErrorCode.NAME_TAKEN);
        assertThat(no.retryAfterMillis()).isPositive();
        policy.passwords.put("ann", "mine");
        byte[] initial = "\0ann\0mine".getBytes(StandardCharsets.UTF_8);
        Peer<ServerFrame> account =
                script.stranger().sendBytes(Script.PREFACE).send(Script.hello(1, 1, Wire.PLAIN, initial));
        script.network.run();
        assertThat(((Welcome) account.take().get(0)).user().name()).isEqualTo("ann");
        ann.back();
        assertThat(ann.welcome.user().name()).isNotEqualTo("ann");
        assertThat(ann.held()).hasSize(1);
    }

    /** The log tells what was done to somebody, and the history of the room has it once. */
    @Test
    void whatIsDoneToSomebodyIsInTheLogOnce() {
        Peer<ServerFrame> bob = script.guest("bob");
        Comeback ann = lost("ann");
        script.join(bob, "lobby");
        moderate(Action.MUTE, "ann");
        ann.back();
        goOn(ann);
        assertThat(script.run(bob).stream().filter(Moderated.class::isInstance)).hasSize(1);
        bob.send(Script.say(ann.held().get(0).room(), 1, "hello"));
        assertThat(ann.take()).filteredOn(Message.class::isInstance).hasSize(1);
    }
}
