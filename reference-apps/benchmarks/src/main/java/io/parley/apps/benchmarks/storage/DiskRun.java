package io.parley.apps.benchmarks.storage;

import io.parley.apps.benchmarks.evidence.Tally;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.RoomListener;
import io.parley.model.Action;
import io.parley.model.ErrorCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Fills the disk while clients talk, and frees it again. One thread. */
final class DiskRun {
    private static final long SECONDS = 60;
    private static final int TALK_MILLIS = 3_000;
    private static final int PIECE = 4 << 10;
    private static final long MOST_BYTES = 1L << 30;

    private final Setting setting;
    private final Path ballast;
    private final Tally tally = new Tally();

    /**
     * Makes it.
     *
     * @param setting with a folder on a small file system
     */
    DiskRun(Setting setting) {
        this.setting = setting;
        this.ballast = setting.folder().resolveSibling("ballast");
    }

    /** Runs it, and compares. */
    Verdict run() throws Exception {
        Files.deleteIfExists(ballast);
        Path disk = ballast.toAbsolutePath().getParent();
        if (Files.getFileStore(disk).getTotalSpace() > MOST_BYTES) {
            throw new IllegalArgumentException("the disk is too large to be filled: mount a small one at " + disk
                    + ", as in mount -t tmpfs -o size=64m none " + disk);
        }
        try (ServerRun server = setting.server()) {
            server.start("none");
            try (Crowd crowd = new Crowd(server.port(), setting.rooms(), tally);
                    Judged judged = new Judged(crowd)) {
                crowd.come(setting.clients());
                judged.come();
                tally.counting(true);
                return run(crowd, judged);
            }
        }
    }

    private Verdict run(Crowd crowd, Judged judged) throws Exception {
        long began = System.nanoTime();
        crowd.talk(setting.everyMillis());
        TimeUnit.MILLISECONDS.sleep(TALK_MILLIS);
        long before = crowd.acknowledged();
        fill();
        String unavailable = ErrorCode.name(ErrorCode.UNAVAILABLE);
        Crowd.await(SECONDS, () -> tally.refusals().getOrDefault(unavailable, 0) > 0);
        TimeUnit.MILLISECONDS.sleep(TALK_MILLIS);
        long full = crowd.acknowledged();
        TimeUnit.MILLISECONDS.sleep(TALK_MILLIS);
        long stillFull = crowd.acknowledged();
        ChatRoom room = crowd.seat(0).place();
        int read = room.historyAfter(0, 50)
                .get(SECONDS, TimeUnit.SECONDS)
                .messages()
                .size();
        String banned = judged.ban();
        Files.delete(ballast);
        long freed = System.nanoTime();
        boolean back = Crowd.await(SECONDS, () -> crowd.acknowledged() > stillFull);
        long backMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - freed);
        TimeUnit.MILLISECONDS.sleep(TALK_MILLIS);
        crowd.hush();
        double seconds = (System.nanoTime() - began) / 1e9;
        crowd.settle();
        tally.counting(false);
        Verdict verdict = crowd.verdict(seconds, true);
        verdict.add("a full disk, " + setting);
        verdict.add("acknowledged before it was full: " + before);
        verdict.atLeast("refused with UNAVAILABLE", tally.refusals().getOrDefault(unavailable, 0), 1);
        verdict.must("acknowledged while it was full", stillFull - full);
        verdict.atLeast("messages that could be read while it was full", read, 1);
        verdict.add("a ban while it was full: " + banned);
        verdict.must("bans that failed", banned.equals(Judged.DONE) ? 0 : 1);
        verdict.atLeast("acknowledged again", back ? 1 : 0, 1);
        verdict.add("from the space that was freed to the first acknowledged: " + backMillis + " ms");
        return verdict;
    }

    private void fill() throws IOException {
        byte[] piece = new byte[PIECE];
        try (OutputStream out = Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(piece);
            }
        } catch (IOException full) {
            if (Files.size(ballast) == 0) {
                throw full;
            }
        }
    }

    /** An owner and somebody to ban, in a room of their own. */
    private static final class Judged implements RoomListener, AutoCloseable {
        private static final String DONE = "done";
        private static final String ROOM = "moderated";

        private final ChatClient owner;
        private final ChatClient victim;
        private @Nullable ChatRoom room;
        private final CompletableFuture<ChatException> closed = new CompletableFuture<>();

        Judged(Crowd crowd) {
            owner = crowd.stranger("owner");
            victim = crowd.stranger("victim");
        }

        void come() throws Exception {
            room = owner.enterAsync(ROOM, 0, message -> {}).get(SECONDS, TimeUnit.SECONDS);
            victim.enterAsync(ROOM, 0, this).get(SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public void onMessage(Message message) {
            // there is none
        }

        @Override
        public void onClosed(ChatException why) {
            closed.complete(why);
        }

        String ban() throws InterruptedException {
            try {
                Objects.requireNonNull(room, "not there yet")
                        .moderate(Action.BAN, victim.user().id(), Duration.ZERO, "the disk is full")
                        .get(SECONDS, TimeUnit.SECONDS);
                int code = closed.get(SECONDS, TimeUnit.SECONDS).code();
                return code == ErrorCode.BANNED_FROM_ROOM ? DONE : "closed with " + ErrorCode.name(code);
            } catch (ExecutionException | TimeoutException failed) {
                return "failed: " + failed;
            }
        }

        @Override
        public void close() {
            owner.close();
            victim.close();
        }
    }
}
