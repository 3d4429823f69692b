package io.parley.journal;

import io.parley.testkit.journal.JournalContract;
import io.parley.testkit.journal.JournalFixture;

/** The journal in memory keeps the contract. */
final class MemoryJournalContractTest implements JournalContract {
    /** One journal for all writers. */
    private static final class Fixture implements JournalFixture {
        private final MemoryJournal journal = MemoryJournal.withDefaults();

        @Override
        public Journal open() {
            return journal;
        }

        @Override
        public Journal openKeeping(int entries) {
            return new MemoryJournal(entries, 1 << 20, 10);
        }

        @Override
        public void crash(Journal crashed) {
            throw new AssertionError("it does not last");
        }

        @Override
        public boolean isLasting() {
            return false;
        }

        @Override
        public boolean isShared() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Override
    public JournalFixture fixture() {
        return new Fixture();
    }
}
