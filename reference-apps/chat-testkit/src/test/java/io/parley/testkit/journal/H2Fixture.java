package io.parley.testkit.journal;

import io.parley.journal.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A database in a file. Without a write delay it writes a commit before it answers. */
final class H2Fixture implements JournalFixture {
    private final Path folder;
    private final String url;
    private final Map<Journal, Connection> connections = new HashMap<>(); // those that have not crashed

    H2Fixture() {
        try {
            folder = Files.createTempDirectory("parley-journal");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        url = "jdbc:h2:file:" + folder.resolve("journal") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    }

    @Override
    public Journal open() {
        return openKeeping(Integer.MAX_VALUE);
    }

    @Override
    public Journal openKeeping(int entries) {
        try {
            Connection connection = DriverManager.getConnection(url);
            Journal journal = new H2Journal(connection, entries);
            connections.put(journal, connection);
            return journal;
        } catch (SQLException failed) {
            throw new IllegalStateException("the database does not open", failed);
        }
    }

    /** The last one of the writers takes the database with it. */
    @Override
    public void crash(Journal journal) {
        try (Connection connection = connections.remove(journal)) {
            connections.values().removeIf(H2Fixture::isClosed);
            if (connections.isEmpty()) {
                execute("shutdown immediately");
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException failed) {
            return true;
        }
    }

    private void execute(String... commands) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("the database does not do " + List.of(commands), failed);
        }
    }

    @Override
    public boolean isLasting() {
        return true;
    }

    @Override
    public boolean isShared() {
        return true;
    }

    /** The first entry of a batch may still find space. */
    @Override
    public boolean fill() {
        execute(
                "alter table entry add constraint no_space check(mod(seq, 2) = 0) nocheck",
                "alter table keyed add constraint no_space_too check(kind = '') nocheck");
        return true;
    }

    @Override
    public void free() {
        execute("alter table entry drop constraint no_space", "alter table keyed drop constraint no_space_too");
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
