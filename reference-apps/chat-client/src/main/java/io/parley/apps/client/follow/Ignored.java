package io.parley.apps.client.follow;

import io.parley.client.Message;
import io.parley.model.UserItem;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whom this client ignores, by id: an account whatever its name, a guest for as long as it is here. Any thread may call it.
 */
public final class Ignored {
    private final Map<Long, UserItem> users = new ConcurrentHashMap<>();

    /** Ignores a user; the name is the one by which it is listed. */
    public void add(UserItem user) {
        users.put(user.id(), user);
    }

    public void remove(long id) {
        users.remove(id);
    }

    /** All of them, by name. */
    public List<UserItem> all() {
        return users.values().stream()
                .sorted(Comparator.comparing(UserItem::name))
                .toList();
    }

    public boolean contains(UserItem user) {
        return users.containsKey(user.id());
    }

    /** Whether a message is not to be shown. */
    public boolean hides(Message message) {
        return !message.own() && contains(message.author());
    }
}
