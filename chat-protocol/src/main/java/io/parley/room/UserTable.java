package io.parley.room;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Users by their ids: a hash table with open addressing, which costs 6 to 12 bytes a user where a map of the JDK costs 60. Ids
 * are random or keyed hashes, so nobody can choose one that collides. One thread at a time.
 */
final class UserTable {
    private static final int LEAST = 16; // places; always a power of two

    private @Nullable User[] places = new User[LEAST];
    private int size;

    int size() {
        return size;
    }

    @Nullable
    User find(long id) {
        return places[place(id)];
    }

    /** Adds a user whose id is not there yet. */
    void add(User user) {
        size++;
        if (size > places.length / 2) {
            resize(2 * places.length);
        }
        places[place(user.id())] = user;
    }

    /** Takes a user out; nothing if it is not there. */
    void remove(User user) {
        int free = place(user.id());
        if (places[free] != user) {
            return;
        }
        size--;
        places[free] = null;
        closeGap(free);
        if (places.length > LEAST && size < places.length / 8) {
            resize(places.length / 2);
        }
    }

    /** Puts the users behind a gap where they are found again: a search ends at the first free place. */
    private void closeGap(int gap) {
        int mask = places.length - 1;
        for (int i = (gap + 1) & mask; places[i] != null; i = (i + 1) & mask) {
            User moved = places[i];
            places[i] = null;
            places[place(moved.id())] = moved;
        }
    }

    private void resize(int length) {
        @Nullable User[] former = places;
        places = new User[length];
        Arrays.stream(former).filter(user -> user != null).forEach(user -> places[place(user.id())] = user);
    }

    /** Where the user of an id is, or would be. */
    private int place(long id) {
        int mask = places.length - 1;
        int i = Long.hashCode(id) & mask;
        while (places[i] != null && places[i].id() != id) {
            i = (i + 1) & mask;
        }
        return i;
    }
}
