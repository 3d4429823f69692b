package io.parley.journal.jdbc;

import io.parley.journal.Journal;
import io.parley.testkit.journal.JournalFixture;

/** A database of its own in the server of the tests. For one thread. */
final class PostgresFixture implements JournalFixture {
    private final String url = PostgresServer.take();

    String url() {
        return url;
    }

    @Override
    public JdbcJournal open() {
        return open(JdbcJournalOptions.DEFAULT);
    }

    JdbcJournal open(JdbcJournalOptions options) {
        return JdbcJournal.postgres(url, PostgresServer.USER, PostgresServer.PASSWORD, options);
    }

    @Override
    public Journal openKeeping(int entries) {
        return open(JdbcJournalOptions.DEFAULT.withKeepEntries(entries));
    }

    @Override
    public void crash(Journal journal) {
        ((JdbcJournal) journal).crash();
    }

    @Override
    public boolean isLasting() {
        return true;
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void close() {
        PostgresServer.giveBack(url);
    }
}
