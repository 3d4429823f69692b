package io.parley.apps.benchmarks.storage;

import io.parley.journal.Journal;
import io.parley.journal.jdbc.JdbcJournal;
import io.parley.journal.jdbc.JdbcJournalOptions;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.wire.Ack;
import io.parley.wire.FrameDecoder;
import io.parley.wire.Message;
import io.parley.wire.ServerFrame;
import io.parley.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks for what was acknowledged in the files as they were on the disk at moments of a {@link Trace}. One thread. */
final class PowerLossCheck {
    private static final Pattern TEXT = Pattern.compile("said-(\\d{7})");

    /** The place of a message. */
    private record Spot(int room, long seq) {}

    private final Path data;
    private final Path listing;
    private final Path then;
    private final int moments;
    private final Random random;
    private final Map<Spot, Long> acknowledged = new LinkedHashMap<>(); // and by which call
    private final Map<Spot, String> texts = new HashMap<>();
    private final Map<String, Long> synced = new HashMap<>(); // texts, and by the end of which call
    private final Map<String, FrameDecoder<ServerFrame>> streams = new HashMap<>(); // by connection
    private final List<String> wrong = new ArrayList<>();
    private final Set<String> unreadable = new TreeSet<>(); // connections
    private long calls;
    private int passed; // syncs
    private int looked; // moments
    private int opened; // folders

    PowerLossCheck(Path data, Path listing, Path then, int moments, long seed) {
        this.data = data;
        this.listing = listing;
        this.then = then;
        this.moments = moments;
        this.random = new Random(seed);
    }

    /** What is said as the n-th message. */
    static String text(int number) {
        return String.format("said-%07d", number);
    }

    /** Looks, and says what was found. */
    String run() throws IOException {
        int syncs = countSyncs();
        Set<Integer> chosenSyncs = new HashSet<>();
        random.ints(0, syncs)
                .distinct()
                .limit(Math.min(syncs, moments + moments / 10 + 10))
                .forEach(chosenSyncs::add);
        TracedDisk disk = new TracedDisk(data, this::onDisk);
        Trace.read(listing, new Trace.Listener() {
            @Override
            public void begins(Trace.Call call) {
                calls++;
                disk.begins(call);
                if (call.file().startsWith("TCP")) {
                    sent(call);
                }
            }

            @Override
            public void ends(Trace.Call call) {
                boolean isSync = call.name().endsWith("sync");
                boolean chosen = isSync && chosenSyncs.contains(passed++) && !acknowledged.isEmpty();
                if (chosen) { // the worst moment: all of this is lost
                    look(disk, null);
                    look(disk, random);
                    looked++;
                }
                calls++;
                disk.ends(call);
                if (chosen) {
                    look(disk, null);
                }
            }
        });
        order();
        return report(syncs);
    }

    private int countSyncs() throws IOException {
        int[] count = {0};
        Trace.read(listing, new Trace.Listener() {
            @Override
            public void begins(Trace.Call call) {}

            @Override
            public void ends(Trace.Call call) {
                count[0] += call.name().endsWith("sync") ? 1 : 0;
            }
        });
        return count[0];
    }

    private void onDisk(String file, byte[] bytes) {
        Matcher found = TEXT.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        while (found.find()) {
            synced.putIfAbsent(found.group(), calls);
        }
    }

    /** Bytes to a client: what they acknowledge, or show to somebody else, is promised. */
    private void sent(Trace.Call call) {
        FrameDecoder<ServerFrame> stream =
                streams.computeIfAbsent(call.file(), key -> FrameDecoder.ofServerFrames(Wire.MAX_PAYLOAD_BYTES));
        try {
            ByteBuffer bytes = ByteBuffer.wrap(call.data());
            for (ServerFrame frame = stream.next(bytes); frame != null; frame = stream.next(bytes)) {
                if (frame instanceof Ack ack) {
                    acknowledged.putIfAbsent(new Spot(ack.room(), ack.seq()), calls);
                } else if (frame instanceof Message message) {
                    Spot spot = new Spot(message.room(), message.seq());
                    acknowledged.putIfAbsent(spot, calls);
                    texts.put(spot, message.body());
                }
            }
        } catch (RuntimeException noFrames) {
            unreadable.add(call.file() + ": " + noFrames);
        }
    }

    private void look(TracedDisk disk, @Nullable Random luck) {
        try {
            empty(then);
            disk.write(then, luck);
            opened++;
            Map<Spot, String> kept = kept();
            acknowledged.keySet().stream()
                    .filter(spot -> !kept.containsKey(spot))
                    .limit(3)
                    .forEach(spot -> wrong.add("at call " + calls + " " + spot + " is not there"));
            kept.forEach((spot, text) -> {
                if (!texts.getOrDefault(spot, text).equals(text)) {
                    wrong.add("at call " + calls + " " + spot + " is " + text + ", shown was " + texts.get(spot));
                }
            });
        } catch (IOException no) {
            throw new UncheckedIOException(no);
        } catch (RuntimeException refused) {
            wrong.add("at call " + calls + " the journal is refused: " + refused);
        }
    }

    private Map<Spot, String> kept() {
        Map<Spot, String> kept = new HashMap<>();
        try (JdbcJournal journal = JdbcJournal.sqlite(then, JdbcJournalOptions.DEFAULT)) {
            for (String room : journal.rooms("", 1_000).join()) {
                int number = journal.open(room).join().number();
                long after = 0;
                for (boolean more = true; more; ) {
                    EntryPage page = journal.read(room, after, Journal.NONE, 1_000, 1 << 20)
                            .join();
                    for (Entry.Sequenced entry : page.entries()) {
                        if (entry.seq() != after + 1) {
                            wrong.add("at call " + calls + " " + room + " has " + entry.seq() + " after " + after);
                        }
                        after = entry.seq();
                        kept.put(new Spot(number, after), entry instanceof Entry.Message said ? said.body() : "");
                    }
                    more = page.more();
                }
            }
        }
        return kept;
    }

    private static void empty(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    /** Each message was on the disk before it was acknowledged or shown. */
    private void order() {
        acknowledged.forEach((spot, call) -> {
            String text = texts.get(spot);
            if (text != null && synced.getOrDefault(text, Long.MAX_VALUE) >= call) {
                wrong.add(text + " was promised by call " + call + ", and on the disk by " + synced.get(text));
            }
        });
    }

    int acknowledged() {
        return acknowledged.size();
    }

    boolean isClean() {
        return wrong.isEmpty()
                && unreadable.isEmpty()
                && looked >= moments
                && texts.keySet().containsAll(acknowledged.keySet());
    }

    private String report(int syncs) {
        StringBuilder words = new StringBuilder();
        words.append(calls)
                .append(" beginnings and ends of calls, ")
                .append(syncs)
                .append(" syncs\n");
        words.append("acknowledged or shown: ")
                .append(acknowledged.size())
                .append(", of these messages: ")
                .append(texts.size())
                .append('\n');
        words.append("moments: ")
                .append(looked)
                .append(", folders opened: ")
                .append(opened)
                .append('\n');
        words.append("wrong: ").append(wrong.size()).append('\n');
        wrong.stream().limit(20).forEach(one -> words.append("! ").append(one).append('\n'));
        unreadable.stream()
                .limit(5)
                .forEach(one -> words.append("! ").append(one).append('\n'));
        return words.append(isClean() ? "PASSED" : "FAILED").toString();
    }
}
