package io.parley.journal.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection to the database, and the statements that it has prepared. One thread at a time. */
final class Link implements AutoCloseable {

    /** Reads one row of a result. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet from) throws SQLException;
    }

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /** Transactions begin and end by statements. */
    Link(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement known = prepared.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            prepared.put(sql, known);
        }
        return known;
    }

    /** A statement without a result, or with one that nobody needs. */
    void execute(String sql) throws SQLException {
        PreparedStatement statement = prepare(sql);
        if (statement.execute()) {
            statement.getResultSet().close(); // an open one holds a transaction
        }
    }

    /** How many rows the statement has changed. */
    int update(String sql, @Nullable Object... parameters) throws SQLException {
        return with(sql, parameters).executeUpdate();
    }

    /** The first row of the result, or null. */
    <T> @Nullable T one(String sql, Row<T> row, @Nullable Object... parameters) throws SQLException {
        try (ResultSet result = with(sql, parameters).executeQuery()) {
            return result.next() ? row.read(result) : null;
        }
    }

    /** All rows of the result. */
    <T> List<T> all(String sql, Row<T> row, @Nullable Object... parameters) throws SQLException {
        List<T> all = new ArrayList<>();
        try (ResultSet result = with(sql, parameters).executeQuery()) {
            while (result.next()) {
                all.add(row.read(result));
            }
        }
        return all;
    }

    /** The statement with its parameters. */
    PreparedStatement with(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = prepare(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    /** Ends the connection; what was not committed is rolled back. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Ends a connection that has failed. Nothing more can be done if that fails, too. */
    void discard() {
        try {
            connection.close();
        } catch (SQLException broken) {
            prepared.clear();
        }
    }
}
