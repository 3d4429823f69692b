package io.parley.room;

import io.parley.model.UserItem;
import io.parley.sequencer.Command;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Those who were here or were asked for, so that moderators can act on them: the last few thousand. Under the lock of {@link
 * Users}.
 */
final class Absent {
    private static final int MOST = 4_096;

    /**
     * Somebody who is not here.
     *
     * @param target who it was
     * @param account the account as the policy calls it; empty for a guest
     * @param key the key of its name
     */
    record One(Command.Target target, String account, String key) {}

    private final Map<Long, One> byId = new LinkedHashMap<>(); // the one known longest first
    private final Map<String, Long> byKey = new HashMap<>(); // of the name, the latest

    /** Notes somebody who has gone, or who was asked for. */
    Command.Target add(UserItem user, String account, String key, long addressKey) {
        remove(user.id());
        if (byId.size() >= MOST) {
            remove(byId.keySet().iterator().next());
        }
        Command.Target target = new Command.Target(user, addressKey);
        byId.put(user.id(), new One(target, account, key));
        byKey.put(key, user.id());
        return target;
    }

    private void remove(long id) {
        One former = byId.remove(id);
        if (former != null) {
            byKey.remove(former.key(), id);
        }
    }

    @Nullable
    One one(long id) {
        return byId.get(id);
    }

    Command.@Nullable Target find(long id) {
        One one = byId.get(id);
        return one == null ? null : one.target();
    }

    /** The last one of a name. */
    Command.@Nullable Target find(String key) {
        Long id = byKey.get(key);
        return id == null ? null : find(id);
    }
}
