package io.parley.testkit.journal;

import io.parley.journal.Journal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The storage that one test of the journal contract runs on, empty at first. For one thread. */
public interface JournalFixture extends AutoCloseable {
    /** How long to wait at most: longer than anything here takes, on any machine. */
    Duration LIMIT = Duration.ofSeconds(60);

    /**
     * Opens the journal under test on this storage, with what was kept before.
     *
     * <p>The contract calls it again after it has closed or crashed the journal; while another one is open only if {@link
     * #isShared}. A journal that serves several writers of one process may then be the same object.
     *
     * @return the journal
     */
    Journal open();

    /**
     * Ends a journal as if its process was killed: {@link Journal#close} is not called, and after this call the journal keeps
     * nothing more, whatever it was asked for. Called only if the journal {@linkplain #isLasting lasts}.
     *
     * @param journal what {@link #open} has returned
     */
    void crash(Journal journal);

    /**
     * Whether the journal outlives its process.
     *
     * @return true if a journal that is opened later finds what was kept
     */
    boolean isLasting();

    /**
     * Whether several writers can have the storage open at once.
     *
     * @return true if {@link #open} may be called while another journal is open
     */
    boolean isShared();

    /**
     * Opens the journal under test on this storage with a bound: of each room it keeps about so many entries, the newest. Called
     * at most once, instead of {@link #open}.
     *
     * @param entries how many entries
     * @return the journal; null if it has no such bound
     */
    default @Nullable Journal openKeeping(int entries) {
        return null;
    }

    /**
     * Makes the storage full: nothing more can be kept until {@link #free}.
     *
     * @return false if this fixture cannot do it
     */
    default boolean fill() {
        return false;
    }

    /** Makes space again after {@link #fill}. */
    default void free() {}

    /** Removes the storage. The contract has closed or crashed all journals. */
    @Override
    void close();
}
