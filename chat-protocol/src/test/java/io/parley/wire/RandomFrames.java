package io.parley.wire;

import io.parley.codec.Bytes;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes frames, and the records inside them, from a seeded random: any that the wire can carry, with a liking for
 * the edges of every range. One thread at a time.
 *
 * <p>Components are filled by their type, so that a new record needs nothing here; the few whose name says more
 * than their type (64 bits, an absent bound) are told apart by it.
 */
public final class RandomFrames {
    private static final int[] EDGE_POINTS = {
        0, 0x1B, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0x202E, 0xFFFD, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF
    };

    private final Random random;

    /**
     * Frames of a random.
     *
     * @param random seeded by the caller
     */
    public RandomFrames(Random random) {
        this.random = random;
    }

    /**
     * The types of frames that clients send, without {@link Unknown}.
     *
     * @return their classes
     */
    public static List<Class<? extends ClientFrame>> clientTypes() {
        return types(ClientFrame.class);
    }

    /**
     * The types of frames that servers send, without {@link Unknown}.
     *
     * @return their classes
     */
    public static List<Class<? extends ServerFrame>> serverTypes() {
        return types(ServerFrame.class);
    }

    private static <F extends Frame> List<Class<? extends F>> types(Class<F> family) {
        List<Class<? extends F>> types = new ArrayList<>();
        for (Class<?> type : family.getPermittedSubclasses()) {
            if (type != Unknown.class) {
                types.add(type.asSubclass(family));
            }
        }
        return types;
    }

    /**
     * A frame that a client sends.
     *
     * @return the frame
     */
    public ClientFrame client() {
        return record(one(clientTypes()));
    }

    /**
     * A frame that a server sends.
     *
     * @return the frame
     */
    public ServerFrame server() {
        return record(one(serverTypes()));
    }

    /**
     * A frame or another record of this package.
     *
     * @param type its class
     * @param <R> its type
     * @return the record
     */
    public <R> R record(Class<R> type) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(components[i]);
        }
        try {
            Class<?>[] types =
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " " + Arrays.toString(values), e);
        }
    }

    private @Nullable Object value(RecordComponent component) {
        Class<?> type = component.getType();
        String name = component.getName();
        if (type == int.class) {
            return (int) number(31);
        } else if (type == long.class) {
            return hasAllBits(component)
                    ? random.nextLong()
                    : component.getDeclaringRecord() == History.class && !name.equals("id") && random.nextBoolean()
                            ? History.ABSENT
                            : number(63);
        } else if (type == boolean.class) {
            return random.nextBoolean();
        } else if (type == String.class) {
            return text();
        } else if (type == Bytes.class) {
            return bytes();
        } else if (type == Tags.class) {
            return tags();
        } else if (type == Since.class) {
            return random.nextBoolean() ? null : record(Since.class);
        } else if (type == List.class) {
            return list(component);
        } else if (type.isEnum()) {
            return one(List.of(type.getEnumConstants()));
        } else {
            return record(type);
        }
    }

    /** Origins, epochs and the ids of users; other numbers are of 63 bits. */
    private static boolean hasAllBits(RecordComponent component) {
        return switch (component.getName()) {
            case "origin", "epoch", "peer", "user", "target", "sender" -> true;
            case "id" -> component.getDeclaringRecord() == UserItem.class;
            default -> false;
        };
    }

    private List<?> list(RecordComponent component) {
        ParameterizedType list = (ParameterizedType) component.getGenericType();
        Class<?> type = (Class<?>) list.getActualTypeArguments()[0];
        List<Object> items = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            items.add(record(type));
        }
        return items;
    }

    /** Every length of varint is as likely as any other, and so is either end of its range. */
    private long number(int bits) {
        int width = random.nextInt(bits + 1);
        long top = width == 0 ? 0 : (1L << (width - 1));
        return switch (random.nextInt(4)) {
            case 0 -> top;
            case 1 -> top == 0 ? 0 : top - 1 + top;
            default -> top == 0 ? 0 : top | (random.nextLong() & (top - 1));
        };
    }

    /**
     * A text without halves of pairs: empty, plain, or from all over Unicode.
     *
     * @return the text
     */
    public String text() {
        int length = random.nextInt(8) == 0 ? random.nextInt(300) : random.nextInt(12);
        boolean plain = random.nextInt(3) > 0;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(plain ? ' ' + random.nextInt(95) : point());
        }
        return text.toString();
    }

    private int point() {
        if (random.nextBoolean()) {
            return EDGE_POINTS[random.nextInt(EDGE_POINTS.length)];
        }
        int point = random.nextInt(Character.MAX_CODE_POINT + 1);
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 'x' : point;
    }

    /**
     * Some bytes, often none.
     *
     * @return the bytes
     */
    public Bytes bytes() {
        byte[] bytes = new byte[random.nextInt(3) == 0 ? 0 : random.nextInt(40)];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    /**
     * Some tags, mostly few.
     *
     * @return the tags
     */
    public Tags tags() {
        Tags tags = Tags.NONE;
        for (int left = random.nextInt(10) == 0 ? 20 : random.nextInt(3); left > 0; left--) {
            tags = tags.with(text(), bytes());
        }
        return tags;
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
