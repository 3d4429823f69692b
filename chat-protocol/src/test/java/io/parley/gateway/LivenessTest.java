package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.parley.gateway.Liveness.Overdue;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is overdue, by a clock that is turned by hand. */
class LivenessTest {
    private static final GatewayOptions OPTIONS = GatewayOptions.DEFAULT;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Liveness liveness = new Liveness(OPTIONS, 0);
    private final TextGateway gateway = new TextGateway();
    private final Protocol protocol = gateway.open(mock(Peer.class));
    private long now;

    private Overdue after(int seconds) {
        return after(seconds, ReadGate.Flow.READING);
    }

    private Overdue after(int seconds, ReadGate.Flow flow) {
        now += seconds * SECOND;
        Overdue overdue = liveness.tick(now, AttachmentLife.State.OPEN, flow);
        if (overdue == Overdue.PING) {
            assertThat(liveness.question(protocol)).isEqualTo(protocol.ping());
        }
        return overdue;
    }

    @Test
    void aLoginHasItsTime() {
        long limit = OPTIONS.loginTimeout().toNanos();
        assertThat(liveness.tick(limit, AttachmentLife.State.LOGIN, ReadGate.Flow.READING))
                .isEqualTo(Overdue.NOTHING);
        assertThat(liveness.tick(limit + 1, AttachmentLife.State.DECIDING, ReadGate.Flow.READING))
                .isEqualTo(Overdue.LOGIN);
    }

    @Test
    void silenceIsAskedAboutOnceThenEnds() {
        assertThat(after(30)).isEqualTo(Overdue.NOTHING);
        assertThat(after(1)).isEqualTo(Overdue.PING);
        assertThat(after(1)).isEqualTo(Overdue.NOTHING);
        assertThat(after(29)).isEqualTo(Overdue.SIGN_OF_LIFE);
    }

    @Test
    void whoIsNotReadIsNotSilent() {
        now = 100 * SECOND;
        assertThat(liveness.tick(now, AttachmentLife.State.OPEN, ReadGate.Flow.FULL))
                .isEqualTo(Overdue.NOTHING);
        assertThat(after(30)).isEqualTo(Overdue.NOTHING);
    }

    /** However late the first look is. */
    @Test
    void whoCannotBeAskedIsNotSilent() {
        gateway.ping = Protocol.NONE;
        assertThat(after(100)).isEqualTo(Overdue.PING);
        assertThat(after(100)).isEqualTo(Overdue.NOTHING);
        assertThat(after(20, ReadGate.Flow.HELD)).isEqualTo(Overdue.NOTHING);
        assertThat(after(20, ReadGate.Flow.HELD)).isEqualTo(Overdue.NOTHING);
        assertThat(after(1_000)).isEqualTo(Overdue.NOTHING);
    }

    @Test
    void whoIsHeldIsPinged() {
        assertThat(after(29)).isEqualTo(Overdue.NOTHING);
        assertThat(after(1, ReadGate.Flow.HELD)).isEqualTo(Overdue.NOTHING);
        assertThat(after(1, ReadGate.Flow.HELD))
                .as("often: only so it is seen to be gone")
                .isEqualTo(Overdue.PING);
        assertThat(after(0, ReadGate.Flow.HELD)).isEqualTo(Overdue.NOTHING);
        assertThat(after(1, ReadGate.Flow.HELD)).isEqualTo(Overdue.PING);
        assertThat(after(31, ReadGate.Flow.FULL)).isEqualTo(Overdue.NOTHING);
        assertThat(after(30)).isEqualTo(Overdue.NOTHING);
        assertThat(after(1)).isEqualTo(Overdue.PING);
        assertThat(after(30)).isEqualTo(Overdue.SIGN_OF_LIFE);
    }

    /** The time in which a request is handled is the server's. */
    @Test
    void aHalfRequestHasItsTimeAndHandlingHasNone() {
        liveness.heard(1);
        assertThat(liveness.handling()).isZero();
        liveness.midRequest(0);
        liveness.heard(8 * SECOND);
        liveness.midRequest(liveness.handling());
        assertThat(after(10)).isEqualTo(Overdue.NOTHING);
        assertThat(after(1)).isEqualTo(Overdue.REQUEST);
        assertThat(liveness.handling()).isEqualTo(1);
        assertThat(after(5)).isEqualTo(Overdue.NOTHING);
    }

    @Test
    void aHalfRequestOfTheFirstMomentHasItsTimeToo() {
        liveness.midRequest(0);
        assertThat(after(10)).isEqualTo(Overdue.NOTHING);
        assertThat(after(1)).isEqualTo(Overdue.REQUEST);
    }
}
