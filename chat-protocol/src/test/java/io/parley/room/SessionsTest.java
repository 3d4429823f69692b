package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.model.NamePolicy;
import io.parley.model.SessionToken;
import io.parley.model.UserAddress;
import io.parley.model.UserKind;
import io.parley.sequencer.SessionRecord;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which sessions are held, how many, and which tokens are good. */
class SessionsTest {
    private static final Encoding NOTHING = (room, entry, into) -> {};
    private static final long LONG_AGO = -TimeUnit.MINUTES.toNanos(1);

    private final Ids ids = new Ids(new byte[] {1});
    private final Users users = new Users(
            new User(
                    new User.Entrant(9, UserKind.OPERATOR, "", 0, null, 0, Map.of()),
                    NamePolicy.standard().user("operator")),
            () -> 0);
    private final HubOptions options = HubOptions.builder()
            .grace(Duration.ofMinutes(2))
            .maxHeld(5)
            .maxHeldPerAddress(3)
            .build();
    private final Sessions sessions = new Sessions(options, users, ids);
    private int named;

    /** A session with its newest token. */
    private record Held(LastingParticipant participant, SessionToken token) {}

    private Held begin(String address) {
        return begin(address, true);
    }

    private Held begin(String address, boolean encrypted) {
        Optional<UserAddress> from = address.isEmpty() ? Optional.empty() : UserAddress.of(socket(address));
        long origin = ids.next();
        LastingParticipant.Arrival arrival = new LastingParticipant.Arrival(NOTHING, Nobody.NOBODY, from.orElse(null));
        ResumeRequest wish = new ResumeRequest(SessionToken.NONE, encrypted, 256);
        SessionToken[] token = {SessionToken.NONE};
        LastingParticipant entered = users.enter(
                        new User.Entrant(origin, UserKind.GUEST, "", 0, from.orElse(null), 0, Map.of()),
                        NamePolicy.standard().user("user" + ++named),
                        user -> {
                            LastingParticipant one =
                                    new LastingParticipant(user, origin, new SessionRecord(256), arrival);
                            token[0] = sessions.begin(one, wish, LONG_AGO);
                            return one;
                        })
                .participant();
        return new Held(entered, token[0]);
    }

    private static InetSocketAddress socket(String address) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), 1);
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    private List<LastingParticipant> lose(Held one, long now) {
        List<LastingSession> over = new ArrayList<>();
        sessions.lost(one.participant(), now, over);
        return over.stream().map(LastingSession::participant).toList();
    }

    private ResumeRequest wish(SessionToken token) {
        return new ResumeRequest(token, true, 256);
    }

    private Sessions.Claimed claim(SessionToken token) {
        return claim(token, 0);
    }

    private Sessions.Claimed claim(SessionToken token, long now) {
        LastingSession found = sessions.find(wish(token));
        return found == null
                ? null
                : sessions.claim(found, wish(token), new LastingParticipant.Arrival(NOTHING, Nobody.NOBODY, null), now);
    }

    // ---- bounds

    @Test
    void overTheBoundOfAnAddressItsOldestGoes() {
        Held first = begin("203.0.113.1");
        lose(first, 0);
        lose(begin("203.0.113.1"), 1);
        lose(begin("203.0.113.1"), 2);
        assertThat(sessions.heldCount()).isEqualTo(3);
        assertThat(lose(begin("203.0.113.1"), 3)).containsExactly(first.participant());
        assertThat(sessions.heldCount()).isEqualTo(3);
        assertThat(sessions.find(wish(first.token()))).isNull();
    }

    /** Else whoever has many connections takes the sessions of others. */
    @Test
    void overTheBoundOfAllTheBusiestAddressLosesItsOldest() {
        Held lonely = begin("203.0.113.9");
        lose(lonely, 0); // the oldest of all
        Held busy = begin("203.0.113.1");
        lose(busy, 1);
        lose(begin("203.0.113.1"), 2);
        lose(begin("203.0.113.1"), 3);
        lose(begin("203.0.113.2"), 4);
        assertThat(lose(begin("203.0.113.3"), 5)).containsExactly(busy.participant());
        assertThat(sessions.find(wish(lonely.token()))).isNotNull();
    }

    @Test
    void anIpv6AddressCountsByItsNetwork() {
        Held first = begin("2001:db8::1");
        lose(first, 0);
        lose(begin("2001:db8::2"), 1);
        lose(begin("2001:db8::3"), 2);
        assertThat(lose(begin("2001:db8::4"), 3)).containsExactly(first.participant());
    }

    @Test
    void theSameMachineHasNoBoundOfItsOwn() {
        for (int i = 0; i < 5; i++) {
            assertThat(lose(begin(""), i)).isEmpty();
        }
        assertThat(lose(begin(""), 5)).hasSize(1);
        assertThat(sessions.heldCount()).isEqualTo(5);
    }

    @Test
    void whoComesBackIsNotCounted() {
        Held first = begin("203.0.113.1");
        lose(first, 0);
        assertThat(claim(first.token())).isNotNull();
        assertThat(sessions.heldCount()).isZero();
        lose(begin("203.0.113.1"), 1);
        lose(begin("203.0.113.1"), 2);
        assertThat(lose(begin("203.0.113.1"), 3)).isEmpty();
    }

    @Test
    void theyEndInTheOrderInWhichTheyWereLost() {
        long grace = options.grace().toNanos();
        Held first = begin("203.0.113.1");
        Held second = begin("203.0.113.2");
        lose(first, 0);
        lose(second, 10);
        assertThat(sessions.expire(grace - 1)).isEmpty();
        assertThat(sessions.expire(grace))
                .extracting(LastingSession::participant)
                .containsExactly(first.participant());
        assertThat(sessions.expire(grace + 10))
                .extracting(LastingSession::participant)
                .containsExactly(second.participant());
        assertThat(sessions.heldCount()).isZero();
    }

    /** Else the rooms of others are never left, as long as somebody comes back in time again and again. */
    @Test
    void whoComesBackAgainAndAgainKeepsNoOtherUnsettled() {
        Held restless = begin("203.0.113.1");
        Sessions.Claimed first = claim(restless.token(), 0);
        Sessions.Claimed other = claim(begin("203.0.113.2").token(), 1);
        claim(first.token(), Sessions.SETTLE_NANOS);
        assertThat(sessions.settle(Sessions.SETTLE_NANOS + 1)).containsExactly(other.participant());
    }

    /** Whose connection is about to end, since its user was put out. */
    @Test
    void whoIsPutOutDoesNotComeBack() {
        Held one = begin("203.0.113.1");
        LastingSession found = sessions.find(wish(one.token()));
        one.participant().stop();
        assertThat(claim(one.token())).isNull();
        LastingParticipant.Arrival arrival = new LastingParticipant.Arrival(NOTHING, Nobody.NOBODY, null);
        assertThat(sessions.claim(found, wish(one.token()), arrival, 0)).isNull();
    }

    // ---- tokens

    /** The token shown last and the one given last are good, and no other. */
    @Test
    void twoTokensAreGood() {
        Held one = begin("");
        Sessions.Claimed first = claim(one.token());
        Sessions.Claimed again = claim(one.token()); // the answer with the next token was lost
        assertThat(again.participant().origin()).isEqualTo(one.participant().origin());
        assertThat(claim(first.token()))
                .as("given, and never shown: a later one was given")
                .isNull();
        Sessions.Claimed third = claim(again.token());
        assertThat(third).isNotNull();
        assertThat(claim(one.token())).as("stale by two").isNull();
        assertThat(claim(again.token()))
                .as("stale by one: the last that was shown")
                .isNotNull();
        assertThat(claim(third.token()))
                .as("its successor was given in its place")
                .isNull();
    }

    @Test
    void aWrongTokenIsNotGood() {
        Held one = begin("");
        byte[] bytes = one.token().bytes().toArray();
        for (int i = 0; i < bytes.length; i++) {
            byte[] wrong = bytes.clone();
            wrong[i] ^= 1;
            assertThat(sessions.find(wish(new SessionToken(Bytes.of(wrong)))))
                    .as("bit of byte %d", i)
                    .isNull();
        }
        for (int length = 0; length < 40; length++) {
            if (length != bytes.length) {
                byte[] other = java.util.Arrays.copyOf(bytes, length);
                assertThat(sessions.find(wish(new SessionToken(Bytes.of(other)))))
                        .as("%d bytes", length)
                        .isNull();
            }
        }
        assertThat(sessions.find(wish(one.token()))).isNotNull();
    }

    @Test
    void theSecretOfAnotherSessionIsNotGood() {
        Held one = begin("");
        Held other = begin("");
        SessionToken mixed = SessionToken.of(one.token().origin(), other.token().secret());
        assertThat(sessions.find(wish(mixed))).isNull();
    }

    @Test
    void aTokenGivenUnderTlsIsNotGoodInTheClear() {
        Held secret = begin("", true);
        Held plain = begin("", false);
        assertThat(sessions.find(new ResumeRequest(secret.token(), false, 256))).isNull();
        assertThat(sessions.find(new ResumeRequest(plain.token(), false, 256))).isNotNull();
        assertThat(sessions.find(new ResumeRequest(plain.token(), true, 256))).isNotNull();
    }

    @Test
    void tokensAreInNoText() {
        SessionToken token = begin("").token();
        assertThat(token.toString()).isEqualTo("a token");
        assertThat(wish(token).toString()).isEqualTo("resume with a token");
    }
}
