package io.parley.policy;

import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.ServerBan;
import io.parley.model.UserAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who is kept off the whole server. Any thread. Its lock is a leaf. */
public final class ServerBans {
    private static final int MOST = 10_000;
    private static final Pattern LIKE_AN_ADDRESS = // which a policy's own text for an address is not
            Pattern.compile("[\\s\\[]*[0-9a-fA-F]*[.:/][0-9a-fA-F.:/]*(%.*)?[\\s\\]]*");

    private final NamePolicy names;
    private final LongSupplier steadyMillis;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile List<Rule> rules = List.of(); // replaced under the lock
    private long lastNumber; // lock

    /**
     * Somebody who is here or wants to come in.
     *
     * @param id the public id of its account; 0 for a guest, or while it is not known
     * @param nameKey the key of the name
     * @param address where it comes from, if that says anything
     */
    public record Subject(long id, String nameKey, Optional<UserAddress> address) {}

    /** A ban, and how it recognises whom it binds. */
    private record Rule(ServerBan ban, Test test) {}

    /** Recognises whom a ban binds. */
    private interface Test {
        boolean binds(Subject subject);
    }

    /**
     * Makes an empty list.
     *
     * @param names the server's name policy
     * @param steadyMillis the time, in milliseconds; nobody may be able to set it
     */
    public ServerBans(NamePolicy names, LongSupplier steadyMillis) {
        this.names = names;
        this.steadyMillis = steadyMillis;
    }

    /**
     * Bans somebody.
     *
     * @param kind what is bound
     * @param subject whom: a name, the name of an account, an address or a network
     * @param account the public id of the account, for that kind; else 0
     * @param millis for how long; 0 means for good
     * @param by the name of who does it
     * @param text why; may be empty
     * @return the ban
     * @throws RoomException BAD_NAME or BAD_REQUEST if the subject is none of the kind
     */
    public ServerBan add(ServerBan.Kind kind, String subject, long account, long millis, String by, String text) {
        Test test = test(kind, subject, account);
        long now = steadyMillis.getAsLong();
        long end = now + millis;
        lock.lock();
        try {
            ServerBan ban = new ServerBan(
                    ++lastNumber, kind, subject, now, millis == 0 || end < 0 ? Long.MAX_VALUE : end, by, text);
            List<Rule> next = new ArrayList<>(running(now));
            if (next.size() >= MOST) {
                next.remove(0); // a full list disarms nobody
            }
            next.add(new Rule(ban, test));
            rules = List.copyOf(next);
            return ban;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes over a ban that was kept.
     *
     * @param ban the ban
     * @param account the public id of the account that it binds; 0 if it binds none
     * @throws RoomException BAD_NAME or BAD_REQUEST if its subject is none of the kind any more
     */
    public void restore(ServerBan ban, long account) {
        Rule rule = new Rule(ban, test(ban.kind(), ban.subject(), account));
        lock.lock();
        try {
            List<Rule> next = new ArrayList<>(rules);
            next.add(rule);
            rules = List.copyOf(next);
            lastNumber = Math.max(lastNumber, ban.number());
        } finally {
            lock.unlock();
        }
    }

    private Test test(ServerBan.Kind kind, String subject, long account) {
        switch (kind) {
            case NAME -> {
                String key = names.user(subject).key();
                return other -> other.nameKey().equals(key);
            }
            case ACCOUNT -> {
                return other -> other.id() == account;
            }
            case ADDRESS -> {
                InetAddress address = UserAddress.address(subject);
                if (address == null
                        && (subject.isBlank()
                                || LIKE_AN_ADDRESS.matcher(subject).matches())) {
                    throw new RoomException(Reason.BAD_REQUEST, "that is no address: " + subject);
                }
                if (address != null && address.isLoopbackAddress()) {
                    throw new RoomException(Reason.BAD_REQUEST, "that is this machine");
                }
                String key = UserAddress.of(subject).key();
                return other ->
                        other.address().filter(from -> from.key().equals(key)).isPresent();
            }
            case NETWORK -> {
                return network(subject);
            }
        }
        throw new IllegalArgumentException("no kind: " + kind);
    }

    private static Test network(String subject) {
        int slash = subject.indexOf('/');
        InetAddress address = slash < 0 ? null : UserAddress.address(subject.substring(0, slash));
        int bits = bits(subject.substring(slash + 1));
        if (address == null || bits < 1 || bits > 8 * address.getAddress().length) {
            throw new RoomException(Reason.BAD_REQUEST, "a network looks like 203.0.113.0/24, not " + subject);
        }
        return other -> other.address().filter(from -> from.isIn(address, bits)).isPresent();
    }

    private static int bits(String text) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
    }

    /**
     * Lifts a ban.
     *
     * @param number the number of the ban
     * @return the ban, or null if there is none of that number
     */
    public @Nullable ServerBan lift(long number) {
        lock.lock();
        try {
            List<Rule> all = running(steadyMillis.getAsLong());
            rules = all.stream().filter(rule -> rule.ban().number() != number).toList();
            return all.stream()
                    .map(Rule::ban)
                    .filter(ban -> ban.number() == number)
                    .findFirst()
                    .orElse(null);
        } finally {
            lock.unlock();
        }
    }

    private List<Rule> running(long now) {
        return rules.stream().filter(rule -> rule.ban().isRunning(now)).toList();
    }

    /**
     * Lists the bans that are running.
     *
     * @return the bans, by their numbers
     */
    public List<ServerBan> list() {
        return running(steadyMillis.getAsLong()).stream().map(Rule::ban).toList();
    }

    /**
     * The ban that binds somebody.
     *
     * @param subject who
     * @return the ban, or null if none does
     */
    public @Nullable ServerBan find(Subject subject) {
        List<Rule> all = rules;
        if (all.isEmpty()) {
            return null;
        }
        long now = steadyMillis.getAsLong();
        for (Rule rule : all) {
            if (rule.ban().isRunning(now) && rule.test().binds(subject)) {
                return rule.ban();
            }
        }
        return null;
    }
}
