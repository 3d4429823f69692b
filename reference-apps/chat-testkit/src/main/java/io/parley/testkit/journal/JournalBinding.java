package io.parley.testkit.journal;

/** Binds a journal to the contract. */
public interface JournalBinding {
    /**
     * Makes the storage that one test runs on.
     *
     * @return a new fixture, with empty storage
     */
    JournalFixture fixture();
}
