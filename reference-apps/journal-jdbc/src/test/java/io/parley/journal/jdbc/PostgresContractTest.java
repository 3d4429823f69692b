package io.parley.journal.jdbc;

import io.parley.testkit.journal.JournalContract;
import io.parley.testkit.journal.JournalFixture;

/** The journal in PostgreSQL keeps the contract. */
final class PostgresContractTest implements JournalContract {
    @Override
    public JournalFixture fixture() {
        return new PostgresFixture();
    }
}
