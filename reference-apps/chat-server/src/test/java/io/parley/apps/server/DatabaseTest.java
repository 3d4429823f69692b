package io.parley.apps.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.apps.server.files.Secret;
import io.parley.apps.server.options.DataPlace;
import io.parley.apps.server.options.DataSettings;
import io.parley.apps.server.options.ServerSettings.Rooms;
import io.parley.journal.Journal;
import io.parley.journal.jdbc.JdbcJournalOptions;
import io.parley.journal.jdbc.JournalOpenException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose rooms are in a PostgreSQL database, through the command line. */
class DatabaseTest {
    private static EmbeddedPostgres postgres;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void starts() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
    }

    @AfterAll
    static void ends() throws IOException {
        postgres.close();
    }

    private static String url() {
        return postgres.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", "");
    }

    private static Rooms rooms() {
        DataPlace place = new DataPlace.Database(url(), "postgres", Secret.of("hunter2"));
        return new Rooms(
                "lobby",
                "operator",
                Duration.ofMinutes(2),
                new DataSettings.Lasting(place, JdbcJournalOptions.DEFAULT));
    }

    private int run(String... args) {
        out.reset();
        err.reset();
        return ChatServerApp.run(
                Map.of("PARLEY_DATA_USER", "postgres", "PARLEY_DATA_PASSWORD", "hunter2"),
                InputStream.nullInputStream(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                args);
    }

    @Test
    void oneServerUsesItAndTheCommandsReadIt() throws IOException {
        assertThat(run("check", url())).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains(url(), "there is no journal");
        try (Journal journal = Storage.open(rooms())) {
            journal.open("den").join();
            assertThatThrownBy(() -> Storage.open(rooms()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("--data: ")
                    .hasMessageContaining("another server uses this database: parley, process ");
            assertThat(run("--data=" + url(), "--host=127.0.0.1", "--port=0")).isEqualTo(1);
            assertThat(err.toString(UTF_8))
                    .contains("--data: ", "another server uses this database: parley, process ")
                    .doesNotContain("hunter2");
            assertThat(run("check", url())).isZero();
            assertThat(out.toString(UTF_8)).startsWith(url() + ": ");
        }
        assertThat(run("export", url(), folder.resolve("lines").toString())).isZero();
        assertThat(run(
                        "import",
                        folder.resolve("lines").toString(),
                        folder.resolve("data").toString()))
                .isZero();
        assertThat(run("backup", url(), folder.resolve("file").toString())).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("pg_dump --schema=parley");
        assertThat(folder.resolve("file")).doesNotExist();
    }

    @Test
    void aServerThatWasReplacedEnds() throws Exception {
        CompletableFuture<Integer> code =
                CompletableFuture.supplyAsync(() -> run("--data=" + url(), "--host=127.0.0.1", "--port=0"));
        Patience.await().until(() -> out.toString(UTF_8).contains("are kept in the database"));
        try (Journal other = takeOver()) {
            other.open("den").join();
        }
        Patience.await().until(code::isDone);
        assertThat(code).isCompletedWithValue(LastResort.EXIT_CODE);
        assertThat(err.toString(UTF_8)).contains("another server has taken over", "code 70");
    }

    /** Opens the database that the server has: its lock ends. The server may be the first to lock again; then once more. */
    private Journal takeOver() throws Exception {
        JournalOpenException faster = null;
        for (int i = 0; i < 100; i++) {
            try (Connection connection = DriverManager.getConnection(url(), "postgres", "");
                    Statement statement = connection.createStatement()) {
                statement.execute("select pg_terminate_backend(pid, 60000) from pg_locks"
                        + " where locktype = 'advisory' and objid = 1 and granted");
            }
            try {
                return Storage.open(rooms());
            } catch (JournalOpenException again) {
                faster = again;
            }
        }
        throw new AssertionError("it always was faster", faster);
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsToldInWords() {
        String url = "jdbc:postgresql://127.0.0.1:1/none";
        assertThat(run("--data=" + url, "--host=127.0.0.1", "--port=0")).isEqualTo(1);
        assertThat(err.toString(UTF_8))
                .startsWith("--data: Cannot open the journal " + url)
                .contains("Check the address, the user and the password")
                .doesNotContain("hunter2");
    }
}
