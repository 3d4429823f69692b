package io.parley.policy;

import static java.util.Objects.requireNonNull;

import io.parley.model.Checks;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomRef;
import io.parley.model.Tags;
import io.parley.model.UserRef;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Policies for common wishes, to be combined with {@link ChatPolicy#all}. Each answers at once. Any thread. */
public final class Policies {
    private Policies() {}

    /**
     * How much a user may say: in rooms and in direct conversations together, topics counted in. All sessions of an account
     * count together. Who is over the rate is told RATE_LIMITED.
     *
     * @param messages how many at a stretch, at least 1
     * @param per the time in which as many come back, more than zero
     * @return the policy
     */
    public static ChatPolicy rate(int messages, Duration per) {
        return rate(messages, per, System::nanoTime);
    }

    /**
     * How much a user may say, on a clock of the caller's.
     *
     * @param messages how many at a stretch, at least 1
     * @param per the time in which as many come back, more than zero
     * @param nanoTime monotonic time in nanoseconds
     * @return the policy
     */
    public static ChatPolicy rate(int messages, Duration per, LongSupplier nanoTime) {
        return new RatePolicy(
                Checks.positive("messages", messages),
                Checks.positive("per", per).toNanos(),
                requireNonNull(nanoTime, "nanoTime"));
    }

    /**
     * Replaces words by asterisks in what is said, in tags and in topics, and refuses names with them. A word is found
     * whatever its case and width, and with invisible characters in it, where it stands alone. The rest of a text stays as it is.
     *
     * @param words the words
     * @return the policy
     */
    public static ChatPolicy words(Collection<String> words) {
        return new WordPolicy(words);
    }

    /**
     * Rooms in which only some may speak and set the topic.
     *
     * @param writers who may
     * @param rooms the rooms' names, as the standard name policy knows them
     * @return the policy
     */
    public static ChatPolicy readOnly(Predicate<UserRef> writers, String... rooms) {
        requireNonNull(writers, "writers");
        // Standard keys, of the names as they are shown: the server's own keys may be others.
        Set<String> keys = Arrays.stream(rooms)
                .map(room -> NamePolicy.standard().room(room).key())
                .collect(Collectors.toUnmodifiableSet());
        Decision no = Decision.deny("this room is for reading");
        return new ChatPolicy() {
            private Answer judge(UserRef user, RoomRef room) {
                return keys.contains(key(room.name())) && !writers.test(user) ? no : Decision.ALLOW;
            }

            @Override
            public Answer say(UserRef user, RoomRef room, String body, Tags tags) {
                return judge(user, room);
            }

            @Override
            public Answer topic(UserRef user, RoomRef room, String topic) {
                return judge(user, room);
            }
        };
    }

    private static String key(String room) {
        try {
            return NamePolicy.standard().room(room).key();
        } catch (RoomException other) { // a name by another policy
            return room;
        }
    }

    /**
     * Only accounts create rooms; guests join those that there are.
     *
     * @return the policy
     */
    public static ChatPolicy onlyAccountsCreate() {
        Decision no = Decision.deny("guests do not create rooms");
        return new ChatPolicy() {
            @Override
            public Answer create(UserRef user, NamePolicy.Name room) {
                return user.guest() ? no : Decision.ALLOW;
            }
        };
    }
}
