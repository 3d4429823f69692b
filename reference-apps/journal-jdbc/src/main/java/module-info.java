/** A journal in an SQLite file or in a PostgreSQL database. */
module io.parley.journal.jdbc {
    requires static org.jspecify;
    requires transitive io.parley.protocol;
    requires java.sql;

    exports io.parley.journal.jdbc;
}
