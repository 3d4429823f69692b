package io.parley.apps.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.server.operator.OperatorConsole;
import io.parley.apps.server.options.ConfiguredDefaults;
import io.parley.apps.server.options.DataPlace;
import io.parley.apps.server.options.DataSettings;
import io.parley.apps.server.options.DataSettings.Lasting;
import io.parley.apps.server.options.ServerSettings;
import io.parley.journal.jdbc.Durability;
import io.parley.journal.jdbc.JdbcJournal;
import io.parley.journal.jdbc.JdbcJournalOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The options that say where a server keeps its rooms, and what is said of a place that cannot be used. */
class StorageTest {
    private static final InputStream NOTHING = InputStream.nullInputStream();

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private DataSettings settings(Map<String, String> environment, String... args) throws IOException {
        ServerCommand command =
                new ServerCommand(environment, OperatorConsole.of(NOTHING), new PrintStream(out), new PrintStream(err));
        ConfiguredDefaults.configure(new CommandLine(command), environment, args)
                .parseArgs(args);
        return command.configuration().settings().rooms().data();
    }

    private int run(String... args) {
        out.reset();
        err.reset();
        return ChatServerApp.run(
                Map.of(), NOTHING, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
    }

    /** The server does not start, and says why. */
    private void refused(String data, String... words) {
        for (String more : new String[] {"--host=127.0.0.1", "--check-config"}) {
            assertThat(run("--data=" + data, "--port=0", more)).as(more).isEqualTo(1);
            assertThat(err.toString(UTF_8)).as(more).startsWith("--data: ").contains(words);
        }
    }

    @Test
    void theDefaultIsAFolder() throws IOException {
        assertThat(settings(Map.of()))
                .isEqualTo(new Lasting(new DataPlace.Folder(Path.of("parley-data")), JdbcJournalOptions.DEFAULT));
        assertThat(settings(Map.of(), "--memory")).isEqualTo(new DataSettings.Memory(10_000));
        assertThat(settings(Map.of("PARLEY_MEMORY", "true"), "--history=7")).isEqualTo(new DataSettings.Memory(7));
        assertThat(Storage.describe(settings(Map.of())))
                .isEqualTo("Rooms, history and sessions are kept in the folder "
                        + Path.of("parley-data").toAbsolutePath() + ".");
        assertThat(Storage.describe(settings(Map.of(), "--memory"))).contains("in memory", "--memory");
    }

    @Test
    void saysWhatIsKeptAndHowSafely() throws IOException {
        DataSettings data = settings(
                Map.of("PARLEY_HISTORY_AGE", "90d"),
                "--data=d",
                "--durability=relaxed",
                "--history=5",
                "--history-mb=6",
                "--history-total-mb=7");
        assertThat(data)
                .isEqualTo(new Lasting(
                        new DataPlace.Folder(Path.of("d")),
                        new JdbcJournalOptions(Durability.RELAXED, 5, 6L << 20, Duration.ofDays(90), 7L << 20)));
        assertThat(Storage.describe(data)).contains("A loss of power may lose the last seconds");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--data=d",
                "--durability=relaxed",
                "--history-age=1d",
                "--history-mb=1",
                "--history-total-mb=1",
                "--data-user=ann",
                "--data-password-file=f"
            })
    void inMemoryNothingElseHasAMeaning(String option) {
        assertThat(run("--memory", option)).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("--memory", option.replaceFirst("=.*", ""));
    }

    @Test
    void aDatabaseSyncsItself() {
        assertThat(run("--data=jdbc:postgresql://h/d", "--durability=relaxed")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith("--durability relaxed: this is for a folder");
    }

    @Test
    void thePasswordOfADatabaseComesFromAFileOrTheEnvironmentAndIsNotTold() throws IOException {
        String url = "jdbc:postgresql://h/d?ssl=true";
        DataSettings data = settings(Map.of("PARLEY_DATA_PASSWORD", "hunter2"), "--data=" + url, "--data-user=ann");
        assertThat(data.toString()).contains(url).doesNotContain("hunter2");
        DataPlace.Database database = (DataPlace.Database) ((Lasting) data).place();
        assertThat(database.user()).isEqualTo("ann");
        assertThat(database.password().toString()).doesNotContain("hunter2");
        assertThat(database.password().reveal()).isEqualTo("hunter2".toCharArray());
        Path file = Files.writeString(folder.resolve("password"), "hunter3\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(run("--check-config", "--data=" + url, "--data-password-file=" + file))
                .isZero();
        assertThat(out.toString(UTF_8)).contains("the database " + url + " was not asked");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(run("--check-config", "--data=" + url, "--data-password-file=" + file))
                .isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("chmod 600 " + file);
    }

    @Test
    void aFolderThatCannotBeUsedIsToldInWords() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        refused(file + "/data", "the folder cannot be used", file.toString(), "use another folder");
        refused(file.toString(), "the folder cannot be used", file + " is no folder");
        Path damaged = Files.createDirectory(folder.resolve("damaged"));
        Files.writeString(damaged.resolve("parley.db"), "words ".repeat(1000));
        refused(damaged.toString(), damaged.resolve("parley.db").toString(), "Restore a backup");
    }

    @Test
    void checkingLeavesAFolderAloneAndSaysWhetherItIsInUse() {
        Path data = folder.resolve("data");
        assertThat(run("--check-config", "--data=" + data)).isZero();
        assertThat(data).doesNotExist();
        try (JdbcJournal journal = JdbcJournal.sqlite(data)) {
            assertThat(journal.isLasting()).isTrue();
            assertThat(run("--check-config", "--data=" + data)).isZero();
            assertThat(out.toString(UTF_8)).contains("a server uses the folder " + data + " at the moment");
            assertThat(run("--data=" + data, "--host=127.0.0.1", "--port=0")).isEqualTo(1);
            assertThat(err.toString(UTF_8))
                    .startsWith("--data: ")
                    .contains(data.toString(), "another server uses this folder", "Stop that server");
        }
    }

    @Test
    void programsThatStartAServerWriteNothing() {
        assertThat(ServerSettings.DEFAULT.rooms().data()).isInstanceOf(DataSettings.Memory.class);
    }
}
