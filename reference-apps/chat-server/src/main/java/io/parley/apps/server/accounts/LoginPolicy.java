package io.parley.apps.server.accounts;

import io.parley.model.Identity;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.UserRef;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import java.io.Closeable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may log in: accounts with their password and, if the settings allow them, guests. It says which names belong
 * to accounts; the hub refuses these to everybody else. Any thread may call it.
 *
 * <p>One thread with a bounded queue checks passwords. After some wrong passwords for an account from one address, logins
 * to that account from that address are refused for a time, which grows. Logins from other addresses are not.
 */
public final class LoginPolicy implements ChatPolicy, Closeable {
    private static final int MAX_WAITING = 100;
    private static final int MAX_REMEMBERED = 10_000;
    private static final int FREE_TRIES = 5;
    private static final int MOST_DOUBLINGS = 6;
    private static final long FIRST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int NETWORK_BYTES = 8; // of an IPv6 address: the network of one customer

    /** The account and the network of a login. */
    private record Attempt(String key, String network) {}

    /** The number of consecutive wrong passwords, and when the next is checked. */
    private record Failures(int count, long until) {}

    private static final Decision WRONG = Decision.deny("wrong name or password");
    private static final Decision TOO_MANY_WRONG =
            Decision.deny(Reason.RATE_LIMITED, "too many wrong passwords; wait a minute");

    private final boolean guests;
    private final LongSupplier nanoTime;
    private final ThreadPoolExecutor checker;
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Map<Attempt, Failures> failures = new LinkedHashMap<>(); // oldest first; lock
    private volatile Accounts accounts;

    public LoginPolicy(Accounts accounts, boolean guests, LongSupplier nanoTime) {
        this.accounts = accounts;
        this.guests = guests;
        this.nanoTime = nanoTime;
        this.checker =
                new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), task -> {
                    Thread thread = new Thread(task, "parley-passwords");
                    thread.setDaemon(true);
                    return thread;
                });
        checker.allowCoreThreadTimeOut(true);
    }

    public void accounts(Accounts value) {
        accounts = value;
    }

    @Override
    public Answer login(Applicant applicant) {
        if (applicant.password() != null) {
            return withPassword(applicant, applicant.password());
        }
        if (!applicant.isGuest()) {
            return Decision.deny("this server takes a name and a password, and makes no accounts");
        }
        return guests ? Decision.ALLOW : Decision.deny("this server wants a name and a password");
    }

    /** A session goes on as long as its account has the password it had. */
    @Override
    public Answer resume(UserRef user) {
        if (user.account().isEmpty()) {
            return guests ? Decision.ALLOW : Decision.deny("guests are not admitted any more");
        }
        Identity now = accounts.identity(user.account());
        boolean same = now != null
                && Objects.equals(
                        now.attributes().get(Accounts.CREDENTIAL),
                        user.attributes().get(Accounts.CREDENTIAL));
        return now != null && same ? Decision.admit(now) : Decision.deny("the account or its password has changed");
    }

    @Override
    public Answer account(NamePolicy.Name name) {
        Identity owner = accounts.identity(name.display());
        return owner == null ? Decision.ALLOW : Decision.admit(owner);
    }

    private Answer withPassword(Applicant applicant, String password) {
        Attempt attempt;
        try {
            attempt = new Attempt(Accounts.key(applicant.name().display()), network(applicant.address()));
        } catch (RoomException invalidName) {
            return WRONG;
        }
        if (mustWait(attempt)) {
            return TOO_MANY_WRONG;
        }
        try {
            return Answer.later(
                    CompletableFuture.supplyAsync(() -> check(attempt, applicant.name(), password), checker));
        } catch (RejectedExecutionException busy) {
            return Decision.deny(Reason.RATE_LIMITED, "too many want to log in at the moment; try again");
        }
    }

    private Decision check(Attempt attempt, NamePolicy.Name name, String password) {
        if (mustWait(attempt)) { // again: others in the queue before it were wrong
            return TOO_MANY_WRONG;
        }
        Accounts now = accounts;
        boolean right = now.matches(name.display(), password);
        lock.lock();
        try {
            Failures before = failures.remove(attempt);
            if (!right) {
                int count = before == null ? 1 : before.count() + 1;
                int doublings = Math.min(MOST_DOUBLINGS, count - FREE_TRIES);
                long wait = doublings < 0 ? 0 : FIRST_WAIT_NANOS << doublings;
                failures.put(attempt, new Failures(count, nanoTime.getAsLong() + wait));
                if (failures.size() > MAX_REMEMBERED) {
                    failures.remove(failures.keySet().iterator().next());
                }
            }
        } finally {
            lock.unlock();
        }
        Identity owner = right ? now.identity(name.display()) : null;
        return owner == null ? WRONG : Decision.admit(owner);
    }

    private boolean mustWait(Attempt attempt) {
        lock.lock();
        try {
            Failures before = failures.get(attempt);
            return before != null && before.until() - nanoTime.getAsLong() > 0;
        } finally {
            lock.unlock();
        }
    }

    private static String network(@Nullable SocketAddress address) {
        InetAddress from = address instanceof InetSocketAddress inet ? inet.getAddress() : null;
        if (from == null) {
            return String.valueOf(address);
        }
        byte[] bytes = from.getAddress();
        return Arrays.toString(Arrays.copyOf(bytes, Math.min(bytes.length, NETWORK_BYTES)));
    }

    @Override
    public void close() {
        checker.shutdownNow();
    }
}
