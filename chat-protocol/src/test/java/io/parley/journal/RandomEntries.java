package io.parley.journal;

import io.parley.codec.Bytes;
import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.PresenceMode;
import io.parley.model.Restriction;
import io.parley.model.Role;
import io.parley.model.RoleGrant;
import io.parley.model.RoomSettings;
import io.parley.model.RoomState;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Entries and states with any values that their fields can have. One thread at a time. */
final class RandomEntries {
    private static final String[] CHARACTERS = {"a", " ", "\u0000", "\u007f", "é", "\u07ff", "日", "\uffff", "😀", "\r\n"
    };
    private static final int[] LENGTHS = {0, 1, 2, 20, 84, 85, 86, 127, 128, 255, 256, 257, 258, 6_000};

    private final Random random;

    RandomEntries(Random random) {
        this.random = random;
    }

    /** An entry of a kind that is known. */
    Entry.Sequenced known() {
        return switch (random.nextInt(5)) {
            case 0 -> new Entry.TopicChanged(varint(), random.nextLong(), random.nextLong(), varint(), user(), text());
            case 1 ->
                new Entry.Configured(varint(), random.nextLong(), random.nextLong(), varint(), user(), settings());
            case 2 -> moderated();
            default ->
                new Entry.Message(varint(), random.nextLong(), random.nextLong(), varint(), user(), text(), tags());
        };
    }

    private Entry.Moderated moderated() {
        return new Entry.Moderated(
                varint(),
                random.nextLong(),
                random.nextLong(),
                varint(),
                user(),
                pick(Action.values()),
                user(),
                varint(),
                varint(),
                text(),
                random.nextBoolean() ? restriction(user()) : null);
    }

    /** An entry of a kind that is not known. */
    Entry.Other other() {
        int type = random.nextInt(5) == 0 ? 0 : 5 + random.nextInt(Integer.MAX_VALUE - 5);
        return new Entry.Other(varint(), random.nextLong(), random.nextLong(), varint(), user(), type, bytes());
    }

    /** A state with up to so many items of a kind. */
    RoomState state(int items) {
        return new RoomState(
                text(),
                settings(),
                map(items, () -> {
                    UserItem user = user();
                    return Map.entry(user.id(), new RoleGrant(user, pick(Role.values())));
                }),
                map(items, this::restricted),
                map(items, this::restricted),
                map(items, () -> {
                    UserItem user = user();
                    return Map.entry(user.id(), user);
                }));
    }

    private Map.Entry<Long, Restriction> restricted() {
        UserItem user = user();
        return Map.entry(user.id(), restriction(user));
    }

    private <V> Map<Long, V> map(int items, Supplier<Map.Entry<Long, V>> item) {
        Map<Long, V> map = new LinkedHashMap<>();
        for (int i = random.nextInt(2) * random.nextInt(items + 1); i > 0; i--) {
            Map.Entry<Long, V> one = item.get();
            map.put(one.getKey(), one.getValue());
        }
        return map;
    }

    private Restriction restriction(UserItem user) {
        return new Restriction(
                varint(),
                pick(Action.values()),
                user,
                random.nextLong(),
                random.nextLong(),
                random.nextBoolean() ? Long.MAX_VALUE : random.nextLong(),
                user(),
                text());
    }

    private UserItem user() {
        return new UserItem(random.nextLong(), pick(UserKind.values()), text());
    }

    private RoomSettings settings() {
        return new RoomSettings(
                random.nextBoolean(),
                random.nextInt() >>> random.nextInt(32),
                pick(PresenceMode.values()),
                random.nextBoolean());
    }

    private Tags tags() {
        Tags tags = Tags.NONE;
        for (int i = random.nextInt(3) * random.nextInt(8); i > 0; i--) {
            tags = tags.with(text(), bytes());
        }
        return tags;
    }

    /** A number of any size, from 0. */
    private long varint() {
        return random.nextLong() >>> (1 + random.nextInt(63));
    }

    /** A text of one character again and again, or of all mixed. */
    private String text() {
        int length = LENGTHS[random.nextInt(random.nextInt(10) == 0 ? LENGTHS.length : LENGTHS.length - 1)];
        String again = random.nextBoolean() ? pick(CHARACTERS) : null;
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append(again == null ? pick(CHARACTERS) : again);
        }
        return text.toString();
    }

    private Bytes bytes() {
        byte[] bytes = new byte[random.nextInt(2) * random.nextInt(300)];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
