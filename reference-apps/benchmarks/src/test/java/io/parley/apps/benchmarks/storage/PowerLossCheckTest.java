package io.parley.apps.benchmarks.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import io.parley.wire.Ack;
import io.parley.wire.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a power failure leaves is found in the listing of system calls, and a promise that is not kept is noticed. */
class PowerLossCheckTest {
    private static final HexFormat HEX = HexFormat.ofDelimiter("\\x").withPrefix("");

    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();
    private final List<String> synced = new ArrayList<>();

    private static String hex(byte[] bytes) {
        return "\\x" + HEX.formatHex(bytes);
    }

    private String file(String name) {
        return "7<" + hex(folder.resolve(name).toString().getBytes(StandardCharsets.UTF_8)) + ">";
    }

    private void call(String words, int result) {
        lines.add("12  " + words + ") = " + result);
    }

    private void writes(String name, String text, int at) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        call("pwrite64(" + file(name) + ", \"" + hex(bytes) + "\", " + bytes.length + ", " + at, bytes.length);
    }

    private void sends(byte[] bytes) {
        call("write(9<TCP:[127.0.0.1:1->127.0.0.1:2]>, \"" + hex(bytes) + "\", " + bytes.length, bytes.length);
    }

    private Path listing() throws IOException {
        return Files.write(folder.resolve("calls"), lines);
    }

    private TracedDisk played() throws IOException {
        TracedDisk disk =
                new TracedDisk(folder, (name, bytes) -> synced.add(new String(bytes, StandardCharsets.UTF_8)));
        Trace.read(listing(), new Trace.Listener() {
            @Override
            public void begins(Trace.Call call) {
                disk.begins(call);
            }

            @Override
            public void ends(Trace.Call call) {
                disk.ends(call);
            }
        });
        return disk;
    }

    private String left(TracedDisk disk, Random luck) throws IOException {
        Path then = Files.createTempDirectory(folder, "then");
        disk.write(then, luck);
        Path log = then.resolve("parley.db-wal");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    @Test
    void whatIsSyncedIsThere() throws IOException {
        writes("parley.db-wal", "one", 0);
        call("fdatasync(" + file("parley.db-wal"), 0);
        writes("parley.db-wal", "two", 3);
        TracedDisk disk = played();
        assertThat(left(disk, null)).isEqualTo("one");
        assertThat(synced).containsExactly("one");
        List<String> lucky = new ArrayList<>();
        Random luck = new Random(1);
        for (int i = 0; i < 20; i++) {
            lucky.add(left(disk, luck));
        }
        assertThat(lucky).contains("one", "onetwo").doesNotContain("two");
    }

    @Test
    void whatIsWrittenWhileASyncIsUnderWayMayNotBeThere() throws IOException {
        writes("parley.db-wal", "one", 0);
        lines.add("12  fdatasync(" + file("parley.db-wal") + " <unfinished ...>");
        lines.add("13  pwrite64(" + file("parley.db-wal") + ", \"" + hex("two".getBytes(StandardCharsets.UTF_8))
                + "\", 3, 3) = 3");
        lines.add("12  <... fdatasync resumed>) = 0");
        assertThat(left(played(), null)).isEqualTo("one");
    }

    @Test
    void aSyncThatFailsIsNone() throws IOException {
        writes("parley.db-wal", "one", 0);
        lines.add("12  fdatasync(" + file("parley.db-wal") + ") = -1 EIO (Input/output error)");
        assertThat(left(played(), null)).isEmpty();
    }

    @Test
    void aFileThatIsCutIsShorterOnceThatIsSynced() throws IOException {
        writes("parley.db-wal", "long words", 0);
        call("fdatasync(" + file("parley.db-wal"), 0);
        call("ftruncate(" + file("parley.db-wal") + ", 4", 0);
        assertThat(left(played(), null)).isEqualTo("long words");
        call("fsync(" + file("parley.db-wal"), 0);
        assertThat(left(played(), null)).isEqualTo("long");
    }

    private static byte[] shown(String text) {
        UserItem user = new UserItem(7, UserKind.GUEST, "ann");
        return new Message(3, 1, 1, 7, 1, user, text, Tags.NONE).toBytes();
    }

    private PowerLossCheck check() throws IOException {
        return new PowerLossCheck(folder, listing(), folder.resolve("then"), 1, 1);
    }

    @Test
    void aPromiseInFrontOfItsSyncIsNoticed() throws IOException {
        String text = PowerLossCheck.text(1);
        writes("parley.db-wal", text, 0);
        sends(shown(text));
        call("fdatasync(" + file("parley.db-wal"), 0);
        assertThat(check().run()).contains(text + " was promised by call").endsWith("FAILED");
    }

    @Test
    void aPromiseThatIsNotInTheFilesIsNoticed() throws IOException {
        String text = PowerLossCheck.text(1);
        writes("parley.db-wal", text, 0);
        call("fdatasync(" + file("parley.db-wal"), 0);
        sends(new Ack(1, 3, 1).toBytes());
        sends(shown(text));
        call("fdatasync(" + file("parley.db-wal"), 0);
        assertThat(check().run()).contains("Spot[room=3, seq=1] is not there").endsWith("FAILED");
    }
}
