package io.parley.testkit.journal;

import io.parley.journal.Journal;

/**
 * What every {@link Journal} must do, as tests. A binding is a test class that implements this interface and makes a {@link
 * JournalFixture} for each test. The description of the package shows one. What a journal or its fixture cannot do is skipped.
 */
public interface JournalContract
        extends JournalRoomsContract,
                JournalAppendContract,
                JournalRepeatContract,
                JournalReadContract,
                JournalSearchContract,
                JournalValuesContract,
                JournalWritersContract,
                JournalEndContract {}
