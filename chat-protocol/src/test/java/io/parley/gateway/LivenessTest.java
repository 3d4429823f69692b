package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.gateway.Liveness.Overdue;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is overdue, by a clock that is turned by hand. */
class LivenessTest {
    private static final GatewayOptions OPTIONS = GatewayOptions.DEFAULT;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Liveness liveness = new Liveness(OPTIONS, 0);
    private long now;

    private Overdue after(int seconds) {
        now += seconds * SECOND;
        return liveness.tick(now, AttachmentLife.State.OPEN, true);
    }

    @Test
    void aLoginHasItsTime() {
        long limit = OPTIONS.loginTimeout().toNanos();
        assertThat(liveness.tick(limit, AttachmentLife.State.LOGIN, true)).isEqualTo(Overdue.NOTHING);
        assertThat(liveness.tick(limit + 1, AttachmentLife.State.DECIDING, true))
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
        assertThat(liveness.tick(now, AttachmentLife.State.OPEN, false)).isEqualTo(Overdue.NOTHING);
        assertThat(after(30)).isEqualTo(Overdue.NOTHING);
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
