package io.parley.testkit.journal;

/** The example of the package's description: a journal in a database keeps the contract. */
final class H2JournalTest implements JournalContract {
    @Override
    public JournalFixture fixture() {
        return new H2Fixture();
    }
}
