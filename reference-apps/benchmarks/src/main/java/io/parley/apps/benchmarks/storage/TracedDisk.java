package io.parley.apps.benchmarks.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The files of a database as they are on the disk at each moment of a {@link Trace}: what was written before a sync began is there when
 * the sync has ended. What was written since may be there or not, in any part. One thread.
 */
final class TracedDisk {
    private static final int SECTOR = 512;

    /** A write, or a new length if there are no data. */
    private record Change(long number, long at, byte @Nullable [] data) {}

    /** A file. */
    private static final class Image {
        byte[] bytes = {};
        int length;
        boolean isSynced;
        final List<Change> pending = new ArrayList<>();

        Image copy() {
            Image copy = new Image();
            copy.bytes = bytes.clone();
            copy.length = length;
            return copy;
        }

        void apply(Change change) {
            byte[] data = change.data();
            if (data == null) {
                Arrays.fill(bytes, (int) Math.min(change.at(), bytes.length), bytes.length, (byte) 0);
                length = (int) change.at();
                grow(length);
            } else {
                put((int) change.at(), data, 0, data.length);
            }
        }

        void put(int at, byte[] data, int from, int count) {
            grow(at + count);
            System.arraycopy(data, from, bytes, at, count);
            length = Math.max(length, at + count);
        }

        private void grow(int least) {
            if (bytes.length < least) {
                bytes = Arrays.copyOf(bytes, Math.max(least, 2 * bytes.length));
            }
        }
    }

    private final Map<String, Image> files = new TreeMap<>();
    private final IdentityHashMap<Trace.Call, Long> syncs =
            new IdentityHashMap<>(); // that have begun: the last change before
    private final Path folder;
    private final BiConsumer<String, byte[]> synced;
    private long changes;

    /**
     * Makes an empty disk.
     *
     * @param folder where the database was
     * @param synced told of each write that is on the disk for sure, with the name of its file
     */
    TracedDisk(Path folder, BiConsumer<String, byte[]> synced) {
        this.folder = folder;
        this.synced = synced;
    }

    private @Nullable String name(Trace.Call call) {
        Path file = Path.of(call.file());
        String name = String.valueOf(file.getFileName());
        return folder.equals(file.getParent()) && (name.equals("parley.db") || name.equals("parley.db-wal"))
                ? name
                : null;
    }

    /** A call begins; whether it syncs the database. */
    boolean begins(Trace.Call call) {
        String name = call.file().startsWith("/") ? name(call) : null;
        if (name != null && isSync(call)) {
            syncs.put(call, changes);
            return true;
        }
        if (name != null && call.name().equals("write")) {
            throw new IllegalArgumentException("a write at the file's own place");
        }
        return false;
    }

    /** A call has succeeded; whether it has synced the database. */
    boolean ends(Trace.Call call) {
        String name = call.file().startsWith("/") ? name(call) : null;
        if (name == null) {
            return false;
        }
        Image image = files.computeIfAbsent(name, key -> new Image());
        switch (call.name()) {
            case "pwrite64" -> image.pending.add(new Change(++changes, call.number(), call.data()));
            case "ftruncate" -> image.pending.add(new Change(++changes, call.number(), null));
            case "fsync", "fdatasync" -> {
                sync(name, image, Objects.requireNonNull(syncs.remove(call)));
                return true;
            }
            default -> {}
        }
        return false;
    }

    private static boolean isSync(Trace.Call call) {
        return call.name().equals("fsync") || call.name().equals("fdatasync");
    }

    private void sync(String name, Image image, long last) {
        image.isSynced = true;
        while (!image.pending.isEmpty() && image.pending.get(0).number() <= last) {
            Change change = image.pending.remove(0);
            image.apply(change);
            byte[] data = change.data();
            if (data != null) {
                synced.accept(name, data);
            }
        }
    }

    /**
     * Writes the files as they are when the power fails now.
     *
     * @param to a folder
     * @param luck which sectors of what is not synced are there; null for none
     */
    void write(Path to, @Nullable Random luck) {
        files.forEach((name, image) -> {
            if (!image.isSynced && luck == null) {
                return;
            }
            Image now = image.copy();
            if (luck != null) {
                image.pending.forEach(change -> tear(now, change, luck));
            }
            try {
                Files.write(to.resolve(name), Arrays.copyOf(now.bytes, now.length));
            } catch (IOException no) {
                throw new UncheckedIOException(no);
            }
        });
    }

    private static void tear(Image image, Change change, Random luck) {
        byte[] data = change.data();
        if (data == null) {
            if (luck.nextBoolean()) {
                image.apply(change);
            }
            return;
        }
        for (int from = 0; from < data.length; ) {
            int at = (int) change.at() + from;
            int count = Math.min(data.length - from, SECTOR - at % SECTOR);
            if (luck.nextBoolean()) {
                image.put(at, data, from, count);
            }
            from += count;
        }
    }
}
