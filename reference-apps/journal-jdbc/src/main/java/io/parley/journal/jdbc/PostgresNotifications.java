package io.parley.journal.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The notifications that a connection gets. JDBC has no word for them, so the driver's own interface is used, by reflection: this
 * module is compiled without the driver. One thread.
 */
final class PostgresNotifications {
    private final Object connection;
    private final Method notifications;
    private final Method parameter;

    PostgresNotifications(Connection connection) throws SQLException {
        try {
            ClassLoader driver = connection.getClass().getClassLoader();
            Class<?> type = Class.forName("org.postgresql.PGConnection", true, driver);
            this.connection = connection.unwrap(type);
            this.notifications = type.getMethod("getNotifications", int.class);
            this.parameter =
                    Class.forName("org.postgresql.PGNotification", true, driver).getMethod("getParameter");
        } catch (ReflectiveOperationException other) {
            throw new SQLException("the driver is not that of PostgreSQL", other);
        }
    }

    /** Waits for notifications; none after some milliseconds. */
    List<String> next(int millis) throws SQLException {
        try {
            List<String> parameters = new ArrayList<>();
            if (notifications.invoke(connection, millis) instanceof Object[] found) {
                for (Object one : found) {
                    parameters.add(String.valueOf(parameter.invoke(one)));
                }
            }
            return parameters;
        } catch (InvocationTargetException failed) {
            if (failed.getCause() instanceof SQLException known) {
                throw known;
            }
            throw new SQLException(failed.getCause());
        } catch (IllegalAccessException other) {
            throw new SQLException("the driver hides its notifications", other);
        }
    }
}
