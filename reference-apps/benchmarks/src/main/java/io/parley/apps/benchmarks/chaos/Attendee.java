package io.parley.apps.benchmarks.chaos;

import io.parley.apps.benchmarks.evidence.Evidence;
import java.util.List;
import java.util.Map;

/** A client that talks and is watched. One thread calls it. */
interface Attendee extends AutoCloseable {
    /** Says the next numbered message in each of its rooms. */
    void say();

    /** Whether it is connected, and all that it said has an outcome. */
    boolean isSettled();

    /** How many messages it was shown in each of its rooms. */
    Map<String, Integer> shown();

    /** What it said and was shown in each of its rooms. */
    List<Evidence> evidence();

    /** Says goodbye without waiting. */
    void leave();

    @Override
    void close();
}
