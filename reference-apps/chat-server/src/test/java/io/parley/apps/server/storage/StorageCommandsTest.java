package io.parley.apps.server.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.parley.apps.server.Patience;
import io.parley.apps.server.Program;
import io.parley.codec.Bytes;
import io.parley.journal.AppendRequest;
import io.parley.journal.Journal;
import io.parley.journal.KeptRoom;
import io.parley.journal.KeyValue;
import io.parley.journal.jdbc.JdbcJournal;
import io.parley.journal.jdbc.JdbcJournalOptions;
import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.Restriction;
import io.parley.model.RoomState;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that copy, check and move a folder. */
class StorageCommandsTest {
    private static final UserItem ANN = new UserItem(1, UserKind.GUEST, "ann");
    private static final UserItem EVE = new UserItem(2, UserKind.GUEST, "eve");
    private static final int SAID = 700;
    private static final int KEPT = 600;

    @TempDir
    private Path temporary;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String data;
    private byte[] input = {};

    @BeforeEach
    void fills() {
        data = temporary.resolve("data").toString();
        JdbcJournalOptions few = JdbcJournalOptions.DEFAULT.withKeepEntries(KEPT);
        try (JdbcJournal journal = JdbcJournal.sqlite(Path.of(data), few)) {
            List<Entry.Sequenced> entries = new ArrayList<>();
            for (int i = 1; i < SAID; i++) {
                Tags tags = Tags.of("k", Bytes.fromHex("01"));
                entries.add(new Entry.Message(i, 1_000L * i, 7, i, ANN, "no " + i + " \u00e9\n", tags));
            }
            Restriction ban = new Restriction(SAID, Action.BAN, EVE, 0, 0, 0, ANN, "");
            Entry.Sequenced last =
                    new Entry.Moderated(SAID, 1_000L * SAID, 7, SAID, ANN, Action.BAN, EVE, 0, 0, "why", ban);
            entries.add(last);
            RoomState state = RoomState.EMPTY
                    .after(new Entry.TopicChanged(1, 0, 0, 0, ANN, "the topic"))
                    .after(last);
            journal.append(new AppendRequest("den", 0, new UUID(1, 1), entries, state, List.of()))
                    .join();
            journal.open("empty").join();
            journal.put(List.of(new KeyValue("k", "a", Bytes.fromHex("0102")))).join();
            Patience.await().until(() -> journal.open("den").join().floor() > 1);
        }
    }

    private int run(String... args) {
        out.reset();
        err.reset();
        return Program.run(
                new ByteArrayInputStream(input),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                args);
    }

    private void done(String... args) {
        assertThat(run(args)).as(() -> err.toString(UTF_8)).isZero();
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    private void failed(String words, String... args) {
        assertThat(run(args)).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains(words);
    }

    private String path(String name) {
        return temporary.resolve(name).toString();
    }

    /** All that can be read of two folders is the same, but the epochs. */
    private void isTheSame(String other) {
        try (JdbcJournal before = JdbcJournal.sqlite(Path.of(data));
                JdbcJournal after = JdbcJournal.sqlite(Path.of(other))) {
            assertThat(after.secret()).isEqualTo(before.secret());
            assertThat(after.rooms("", 10).join()).isEqualTo(List.of("den", "empty"));
            for (String room : List.of("den", "empty")) {
                KeptRoom was = before.open(room).join();
                KeptRoom is = after.open(room).join();
                assertThat(is)
                        .usingRecursiveComparison()
                        .ignoringFields("epoch")
                        .isEqualTo(was);
                assertThat(is.epoch()).isNotEqualTo(was.epoch());
                assertThat(page(after, room)).isEqualTo(page(before, room));
            }
            assertThat(page(after, "den").size()).isBetween(1, SAID - 1);
            assertThat(after.values("k", "", 10).join())
                    .isEqualTo(before.values("k", "", 10).join())
                    .hasSize(1);
        }
    }

    private static List<Entry.Sequenced> page(Journal journal, String room) {
        return journal.read(room, 0, Journal.NONE, SAID, Integer.MAX_VALUE)
                .join()
                .entries();
    }

    @Test
    void aBackupIsRestored() {
        done("backup", data, path("file"));
        assertThat(out.toString(UTF_8)).contains(data + " is backed up to " + path("file"));
        done("restore", path("file"), path("to"));
        assertThat(out.toString(UTF_8)).startsWith(path("to") + " from " + path("file") + ": rooms 2, ");
        isTheSame(path("to"));
        failed("is there already", "backup", data, path("file"));
        failed("there is a journal in this folder", "restore", path("file"), path("to"));
        failed("there is a journal in this folder", "restore", path("file"), data);
        failed("there is no file " + path("none"), "restore", path("none"), path("other"));
    }

    @Test
    void anExportIsImported() throws IOException {
        done("export", data, path("file"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(path("file")))))
                .isEqualTo("rw-------");
        failed("is there already", "export", data, path("file"));
        done("import", path("file"), path("to"));
        isTheSame(path("to"));
        done("export", data);
        assertThat(out.toByteArray()).isEqualTo(Files.readAllBytes(Path.of(path("file"))));
        input = out.toByteArray();
        done("import", "-", path("other"));
        isTheSame(path("other"));
        failed("there is a journal in this folder", "import", path("file"), path("to"));
        done("check", path("other"));
    }

    @Test
    void whatSomebodyElseHasPreparedIsNotWrittenTo() throws IOException {
        Path victim = Files.writeString(Path.of(path("victim")), "as it was");
        Files.createSymbolicLink(Path.of(path("file.part")), victim);
        done("export", data, path("file"));
        assertThat(victim).hasContent("as it was");
        assertThat(Files.isSymbolicLink(Path.of(path("file")))).isFalse();
        assertThat(Files.getPosixFilePermissions(Path.of(path("file"))))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void anExportCanBeRead() {
        done("export", data);
        List<String> lines = out.toString(UTF_8).lines().toList();
        assertThat(lines.get(0)).startsWith("{\"type\":\"journal\",\"format\":1,\"secret\":\"");
        assertThat(lines.get(1)).contains("\"room\":\"den\"", "\"head\":700", "\"topic\":\"the topic\"");
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "{\"type\":\"entry\",\"room\":\"den\",\"seq\":699,\"time\":\"1970-01-01T00:11:39Z\","
                                        + "\"user\":\"ann\",\"userId\":\"0000000000000001\",\"kind\":\"message\","
                                        + "\"text\":\"no 699 \u00e9\\n\",\"data\":\""))
                .anySatisfy(line -> assertThat(line)
                        .contains("\"kind\":\"moderated\",\"action\":\"BAN\",\"target\":\"eve\"", "\"text\":\"why\""))
                .last()
                .asString()
                .startsWith("{\"type\":\"end\",\"rooms\":2,\"entries\":");
    }

    @Test
    void whatALaterVersionAddsIsLeftOut() throws IOException {
        done("export", data);
        String more = out.toString(UTF_8)
                .replace(
                        "{\"type\":\"value\"",
                        "{\"type\":\"news\",\"x\":[1,{\"y\":2}]}\n{\"type\":\"value\",\"new\":{\"a\":[]}")
                .replace("\"kind\":\"message\"", "\"mood\":null,\"kind\":\"message\"");
        done("import", Files.writeString(Path.of(path("file")), more).toString(), path("to"));
        isTheSame(path("to"));
    }

    /** What is found in an export, what it is replaced with, and what is said then. */
    static Stream<Arguments> faults() {
        String message = "(\"kind\":\"message\",\"text\":\"no 650.*\"data\":\").*\"";
        return Stream.of(
                arguments("\\{\"type\":\"end\".*\n", "", "the end is missing"),
                arguments("(\\{\"type\":\"end\".*\n)", "$1$1", "behind the end"),
                arguments("\"format\":1", "\"format\":2", "line 1: a later version has written this"),
                arguments("\"type\":\"journal\"", "\"type\":\"j\"", "line 1: this is no export"),
                arguments("\"type\":\"journal\"", "\"kind\":\"journal\"", "line 1: this is no export"),
                arguments("\"secret\":\"[^\"]*", "\"secret\":\"?", "line 1: "),
                arguments("\"secret\":\"[^\"]*", "\"secret\":\"AAAA", "line 1: the secret has 3 bytes, not 32"),
                arguments("(\\{\"type\":\"room\".*\n)", "$1$1", "line 3: this cannot be kept"),
                arguments("\\{\"type\":\"value\".*\n", "", "lines are missing"),
                arguments(
                        "\\{\"type\":\"entry\",\"room\":\"den\",\"seq\":650.*\n",
                        "",
                        "entry 651 comes where 650 should be"),
                arguments("\"number\":\\d+", "\"number\":\"x\"", "line 2: there is no number number"),
                arguments("\"number\":\\d+", "\"number\":5000000000", "line 2: "),
                arguments(message, "$1/\"", "line "),
                arguments(message, "$1AA==\"", "line "),
                arguments("\n\\{", "\n<", "line 2: this is no JSON"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void anExportThatIsNotWholeIsNotImported(String find, String replacement, String words) throws IOException {
        done("export", data);
        String all = out.toString(UTF_8);
        String bad = all.replaceFirst(find, replacement);
        assertThat(bad).isNotEqualTo(all);
        failed(words, "import", Files.writeString(Path.of(path("file")), bad).toString(), path("to"));
        try (Stream<Path> files = Files.list(Path.of(path("to")))) {
            assertThat(files.map(file -> file.getFileName().toString())).isSubsetOf("parley.lock");
        } catch (NoSuchFileException notEvenMade) {
            assertThat(words).startsWith("line 1");
        }
    }

    @Test
    void damageIsFoundAndSaid() throws Exception {
        done("check", data);
        assertThat(out.toString(UTF_8)).startsWith(data + ": rooms 2, ");
        done("backup", data, path("file"));
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + data + "/parley.db");
                Statement statement = database.createStatement()) {
            statement.execute("update entry set content = x'00' where seq = 650");
        }
        failed("number 650 is damaged", "check", data);
        assertThat(err.toString(UTF_8)).contains("DAMAGED: " + data);
        failed("number 650 is damaged", "export", data, path("export"));
        assertThat(Path.of(path("export"))).doesNotExist();
        assertThat(Path.of(path("export.part"))).doesNotExist();
        done("restore", path("file"), path("to"));
    }

    @Test
    void aServerMayUseTheFolderMeanwhile() {
        try (JdbcJournal journal = JdbcJournal.sqlite(Path.of(data))) {
            done("backup", data, path("file"));
            done("check", data);
            done("export", data, path("lines"));
            assertThat(journal.open("den").join().head()).isEqualTo(SAID);
            failed("another server uses this folder", "restore", path("file"), data);
        }
        done("restore", path("file"), path("to"));
        isTheSame(path("to"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup", "check", "export"})
    void whereNothingIsKeptThereIsNothingToRead(String command) {
        String[] args = command.equals("backup")
                ? new String[] {command, path("no"), path("f")}
                : new String[] {command, path("no")};
        failed("Cannot open the journal " + path("no") + ": there is no journal in this folder", args);
        assertThat(Path.of(path("no"))).doesNotExist();
        args[1] = "jdbc:postgresql://h/d?password=hunter2";
        assertThat(run(args)).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .startsWith("DIR|URL: the address must not have a user or password in it")
                .doesNotContain("hunter2")
                .endsWith("chat-server " + command + " --help tells more\n");
    }
}
