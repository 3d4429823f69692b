package io.parley.accounts;

import io.parley.journal.Journal;
import io.parley.model.Identity;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.UserRef;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.Credentials;
import io.parley.policy.Decision;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Accounts in a journal, with cheap hashes and a clock that is turned by hand; and what a hub would ask of them. One thread. */
final class World implements AutoCloseable {
    static final String HERE = "192.0.2.1";
    private static final long LIMIT_SECONDS = 30;

    final AtomicLong clock = new AtomicLong();
    final List<String> ended = new CopyOnWriteArrayList<>();
    final StoredAccounts accounts;

    World(Journal journal, UnaryOperator<StoredAccounts.Builder> options) {
        StoredAccounts.Builder builder =
                StoredAccounts.builder().clock(clock::get, () -> 1_000).cost(PasswordHashesTest.CHEAP);
        accounts = options.apply(builder).open(journal).join();
        accounts.endSessions((id, text) -> ended.add(text));
    }

    static Applicant applicant(String name, Credentials shown, String address) {
        return Applicant.of(
                NamePolicy.standard(), name, shown, "test", "test", new InetSocketAddress(address, 1), null);
    }

    void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    static Decision decided(Answer answer) {
        CompletableFuture<Decision> done = new CompletableFuture<>();
        if (answer instanceof Answer.Later later) {
            later.decision().whenComplete((decision, error) -> {
                if (error == null) {
                    done.complete(decision);
                } else {
                    done.completeExceptionally(error);
                }
            });
        } else {
            done.complete((Decision) answer);
        }
        return done.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }

    Decision login(String name, String password, String address) {
        return decided(accounts.login(applicant(name, new Credentials.Password(password), address)));
    }

    Decision login(String name, String password) {
        return login(name, password, HERE);
    }

    Decision register(String name, String password, String code, String address) {
        return decided(accounts.login(applicant(name, new Credentials.Registration(password, code), address)));
    }

    Decision register(String name, String password, String code) {
        return register(name, password, code, HERE);
    }

    /** The user of an account that was admitted. */
    static UserRef user(Decision admitted) {
        Identity who = ((Decision.Admit) admitted).identity();
        NamePolicy.Name name = NamePolicy.standard().user(who.name());
        return new UserRef(7, who.id(), name.display(), name.key(), who.attributes());
    }

    Decision change(UserRef user, String old, String next) {
        return decided(accounts.password(user, old, next));
    }

    /** The reason of a denial, or null. */
    static RoomException.@Nullable Reason reason(Decision decision) {
        return decision instanceof Decision.Deny no ? no.reason() : null;
    }

    /** The reason of a failure, or null. */
    static RoomException.@Nullable Reason reason(CompletableFuture<?> future) {
        try {
            future.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
            return null;
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RoomException no) {
                return no.reason();
            }
            throw failed;
        }
    }

    @Override
    public void close() {
        accounts.close();
    }
}
