package io.parley.journal.jdbc;

import io.parley.testkit.journal.JournalContract;
import io.parley.testkit.journal.JournalFixture;

/** The journal in SQLite keeps the contract. */
final class SqliteContractTest implements JournalContract {
    @Override
    public JournalFixture fixture() {
        return new SqliteFixture();
    }
}
