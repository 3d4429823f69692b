package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.SessionToken;
import io.parley.policy.Applicant;
import io.parley.policy.Credentials;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Which locks are held while a session begins. */
class SessionLocksTest {
    private final AtomicReference<Hub> hub = new AtomicReference<>();
    private final AtomicBoolean locked = new AtomicBoolean();

    /** Asked for under the lock of the users, it finds that nobody else comes to them. */
    private long nanos() {
        Hub known = hub.get();
        if (known != null) {
            CompletableFuture<Integer> count = CompletableFuture.supplyAsync(known::userCount);
            locked.compareAndSet(
                    false, count.completeOnTimeout(-1, 2, TimeUnit.SECONDS).join() < 0);
        }
        return 0;
    }

    /**
     * The lock of the sessions comes before that of the users: a session that began under the latter would wait for one that is
     * claimed, and that for it.
     */
    @Test
    void aSessionBeginsUnderNoLock() {
        hub.set(Hub.builder().clock(this::nanos, () -> 0).build());
        for (int i = 0; i < 2; i++) { // the other is refused, since the name is taken
            Applicant ann = Applicant.of(hub.get().names(), "ann", Credentials.NONE, "test", "test", null, null);
            ResumeRequest wish = new ResumeRequest(SessionToken.NONE, true, 256);
            hub.get()
                    .resume(ann, wish, null, (room, entry, into) -> {}, Nobody.NOBODY)
                    .exceptionally(no -> null)
                    .join();
        }
        assertThat(hub.get().userCount()).isEqualTo(1);
        assertThat(locked).isFalse();
    }
}
