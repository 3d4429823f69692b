package io.parley.accounts;

import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.Decision;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks passwords, on threads of its own and fairly for all sources. Any thread may call it. */
final class Checks implements AutoCloseable {
    private static final int WORKERS = 2;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(8);
    private static final String SESSIONS = "sessions";

    static final Decision WRONG = Decision.deny("wrong name or password");
    private static final Decision.Deny NO_PLACE =
            new Decision.Deny(Reason.RATE_LIMITED, "too many logins from your address at once; try again", 2_000);
    private static final Decision.Deny TOO_LATE =
            new Decision.Deny(Reason.RATE_LIMITED, "too many log in at the moment; try again", 5_000);

    private final AccountTable table;
    private final PasswordHashes hashes;
    private final FairQueue queue;
    private final Attempts attempts;
    private final int scramIterations; // 0 if no keys of SCRAM are kept
    private final SecureRandom random = new SecureRandom();

    Checks(AccountTable table, PasswordHashes hashes, int scramIterations, LongSupplier nanoTime) {
        this.table = table;
        this.hashes = hashes;
        this.scramIterations = scramIterations;
        this.queue = new FairQueue(WORKERS, LONGEST_NANOS, nanoTime);
        this.attempts = new Attempts(nanoTime);
    }

    Attempts attempts() {
        return attempts;
    }

    /** Who has given too many wrong passwords or codes. */
    static Decision tooMany(long waitNanos) {
        return Decision.deny(
                Reason.RATE_LIMITED,
                "too many wrong ones; wait " + (1 + TimeUnit.NANOSECONDS.toSeconds(waitNanos)) + " seconds",
                Duration.ofMillis(1 + TimeUnit.NANOSECONDS.toMillis(waitNanos)));
    }

    /**
     * Has something decided on a thread that may compute.
     *
     * @param question decides, maybe later
     */
    Answer decide(Source source, Supplier<CompletableFuture<Decision>> question) {
        return later(compute(source, question));
    }

    /** A decision that comes later; one that fails with a reason denies with it. */
    static Answer later(CompletableFuture<Decision> decided) {
        return Answer.later(decided.exceptionally(error -> {
            if (cause(error) instanceof RoomException no) {
                return new Decision.Deny(no.reason(), no.text(), no.retryAfterMillis());
            }
            throw new CompletionException(cause(error));
        }));
    }

    /** Has something done on a thread that may compute; fails with RATE_LIMITED if there is no place. */
    <T> CompletableFuture<T> compute(Source source, Supplier<CompletableFuture<T>> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        FairQueue.Task task =
                new FairQueue.Task(() -> run(done, work), () -> done.completeExceptionally(TOO_LATE.exception()));
        if (!queue.offer(source.key(), source.places(), task)) {
            done.completeExceptionally(NO_PLACE.exception());
        }
        return done;
    }

    private static <T> void run(CompletableFuture<T> done, Supplier<CompletableFuture<T>> work) {
        try {
            work.get().whenComplete((value, error) -> {
                if (error == null) {
                    done.complete(value);
                } else {
                    done.completeExceptionally(cause(error));
                }
            });
        } catch (Throwable broken) {
            done.completeExceptionally(broken);
        }
    }

    private static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    /** Logs somebody in. */
    Answer login(Applicant applicant, String password) {
        NamePolicy.Name name = applicant.name();
        Source source = Source.of(applicant);
        if (PasswordRules.isTooLong(password) || PasswordRules.isTooLong(name.key())) {
            return WRONG;
        }
        long wait = attempts.waitNanos(name.key(), source.key());
        return wait > 0
                ? tooMany(wait)
                : decide(source, () -> CompletableFuture.completedFuture(check(name.key(), source, password)));
    }

    private Decision check(String key, Source source, String given) {
        long wait = attempts.waitNanos(key, source.key());
        if (wait > 0) { // others in the queue before it were wrong
            return tooMany(wait);
        }
        AccountRecord right = matching(key, given);
        if (right == null) {
            attempts.wrong(key, source.key());
            return WRONG;
        }
        attempts.right(key, source.key());
        Verifiers kept = right.verifiers();
        Verifiers better = better(kept, given);
        if (!better.equals(kept)) {
            table.change(key, now -> now != null && now.verifiers().equals(kept) ? now.rehashed(better) : now);
        }
        return Decision.admit(right.toIdentity());
    }

    /**
     * Somebody has proved nothing by a mechanism that computes nothing itself: that costs as much time as a wrong password, and waits in the
     * same queue, so that nobody guesses faster by it.
     */
    CompletableFuture<Decision> wrong(String key, Source source) {
        return compute(source, () -> {
            hashes.matches(null, "", "", table.hasBcrypt());
            attempts.wrong(key, source.key());
            return CompletableFuture.completedFuture(WRONG);
        });
    }

    /** What is to be kept of a password that was right: the same, if it is such as would be made now. Computes. */
    private Verifiers better(Verifiers kept, String password) {
        boolean lacksScram = scramIterations > 0 && !ScramKeys.isCurrent(kept.scram(), scramIterations);
        return new Verifiers(
                hashes.isCurrent(kept.hash()) ? kept.hash() : hashes.hash(PasswordRules.normalise(password)),
                lacksScram ? scram(password) : kept.scram());
    }

    /** The account that has a password; null if it has another, or there is none. */
    private @Nullable AccountRecord matching(String key, String given) {
        AccountRecord account = table.find(key);
        boolean right = hashes.matches(
                account == null ? null : account.verifiers().hash(),
                PasswordRules.normalise(given),
                given,
                table.hasBcrypt());
        AccountRecord now = table.find(key); // it may have changed meanwhile
        return right && now != null && account != null && !now.isOther(account) ? now : null;
    }

    /** Changes the password of an account at the wish of its user, whose sessions are one source. */
    Answer change(String key, AccountRecord account, String old, String next) {
        long wait = attempts.waitNanos(key, SESSIONS);
        if (wait > 0) {
            return tooMany(wait);
        }
        return decide(Source.of(account), () -> {
            AccountRecord right = PasswordRules.isTooLong(old) ? null : matching(key, old);
            if (right == null || !right.id().equals(account.id())) {
                attempts.wrong(key, SESSIONS);
                return CompletableFuture.completedFuture(Decision.deny("that is not the present password"));
            }
            attempts.right(key, SESSIONS);
            return replace(key, right, next).thenApply(kept -> Decision.admit(kept.toIdentity()));
        });
    }

    /** Gives an account a password that was checked. Computes. */
    CompletableFuture<AccountRecord> replace(String key, AccountRecord account, String password) {
        Verifiers verifiers = verifiers(password);
        return table.change(key, now -> {
                    if (now == null || now.version() != account.version()) {
                        throw new RoomException(Reason.UNAVAILABLE, "the password was changed just now");
                    }
                    return now.withPassword(verifiers);
                })
                .thenApply(Objects::requireNonNull);
    }

    /** What is kept of a password. Computes. */
    Verifiers verifiers(String password) {
        return new Verifiers(hashes.hash(PasswordRules.normalise(password)), scram(password));
    }

    private String scram(String password) {
        ScramKeys keys = scramIterations == 0 ? null : ScramKeys.of(password, scramIterations, random);
        return keys == null ? "" : keys.toText();
    }

    @Override
    public void close() {
        queue.close();
    }
}
