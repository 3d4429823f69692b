package io.parley.apps.benchmarks.evidence;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Counts what clients are told while it counts. Any thread. */
public final class Tally {
    /** What is counted. */
    public enum Event {
        RESUMED("sessions resumed"),
        NEW_SESSION("sessions that began anew"),
        CLIENT_ENDED("clients that ended"),
        ROOM_CLOSED("rooms closed for a member"),
        NOISE("members told of as joined or left"),
        LOST_PART("onLost"),
        RESET("onReset"),
        BAD_EXIT("processes that ended with an error");

        private final String words;

        Event(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    private static final int MOST_NOTES = 20;

    private final Map<Event, Integer> counts = new ConcurrentHashMap<>();
    private final Queue<String> notes = new ConcurrentLinkedQueue<>();
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final AtomicInteger noted = new AtomicInteger();
    private final Map<String, Integer> refusals = new ConcurrentSkipListMap<>();
    private final AtomicLong longestWait = new AtomicLong(); // nanoseconds
    private final Histogram backMicros = new ConcurrentHistogram(3);
    private volatile boolean counting;

    /** From now on it counts, or does not. */
    public void counting(boolean on) {
        counting = on;
    }

    /** Counts it if it is time to count; says whether it is. */
    public boolean count(Event event) {
        if (counting) {
            counts.merge(event, 1, Integer::sum);
        }
        return counting;
    }

    /** Somebody is told of as joined or left. */
    public void noise(String words) {
        if (count(Event.NOISE)) {
            note(words);
        }
    }

    /** A process ended with an error. It counts always. */
    public void exit(String words) {
        counts.merge(Event.BAD_EXIT, 1, Integer::sum);
        note(words);
    }

    /** Keeps some words for the report. */
    public void note(String words) {
        if (noted.incrementAndGet() <= MOST_NOTES) {
            notes.add(words);
        }
    }

    /** A client was shown something for the first time after a connection was let through. */
    public void back(long nanos) {
        if (counting) {
            backMicros.recordValue(Math.max(0, nanos / 1_000));
        }
    }

    /** A message got an outcome after so long. */
    void waited(long nanos) {
        longestWait.accumulateAndGet(nanos, Math::max);
    }

    /** How long the longest wait for an outcome was. */
    public long longestWaitMillis() {
        return TimeUnit.NANOSECONDS.toMillis(longestWait.get());
    }

    /** A message was not said. */
    void refused(String code) {
        refusals.merge(code, 1, Integer::sum);
    }

    /** How many messages were refused or are of unknown outcome, by the name of the error code. */
    public Map<String, Integer> refusals() {
        return refusals;
    }

    /** The first of equal texts, so that each is in memory once. */
    public String sameText(String text) {
        String first = texts.putIfAbsent(text, text);
        return first == null ? text : first;
    }

    /** How often it happened. */
    public int total(Event event) {
        return counts.getOrDefault(event, 0);
    }

    /** Some words for the report. */
    public Queue<String> notes() {
        return notes;
    }

    /** From a connection that is let through to what is shown next. */
    public Histogram backMicros() {
        return backMicros;
    }
}
