package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.MemoryJournal;
import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.RoomException;
import io.parley.room.HubOptions;
import io.parley.transport.memory.MemoryNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A bot that falls out of the room's window. */
class BotSlowTest {
    private static final int WINDOW = 20_000;
    private static final String LONG = "x".repeat(500);

    /** Notes numbers; while it hears the first one, the others talk on. */
    private static final class Slow implements BotListener {
        final List<Long> heard = new ArrayList<>();
        final List<String> missed = new ArrayList<>();
        String ended = "";
        Runnable meanwhile = () -> {};

        private void heard(long seq) {
            heard.add(seq);
            Runnable now = meanwhile;
            meanwhile = () -> {};
            now.run();
        }

        @Override
        public void onMessage(BotRoom room, Entry.Message message) {
            heard(message.seq());
        }

        @Override
        public void onEntry(BotRoom room, Entry entry) {
            if (entry instanceof Entry.Sequenced numbered) {
                heard(numbered.seq());
            }
        }

        @Override
        public void onMissed(BotRoom room, long from, long to) {
            missed.add(from + "-" + to);
            LongStream.rangeClosed(from, to).forEach(heard::add);
        }

        @Override
        public void onEnded(BotRoom room, RoomException why) {
            ended = why.reason().name();
        }
    }

    private final Slow slow = new Slow();

    private static Script script(UnaryOperator<ChatServer.Builder> more) {
        Script script = new Script(
                MemoryNetwork.seeded(7),
                builder -> more.apply(builder.hubOptions(
                        HubOptions.DEFAULT.toBuilder().maxWindowBytes(WINDOW).build())));
        script.room("lobby");
        return script;
    }

    private BotRoom joined(Script script) {
        CompletableFuture<Bot> bot = script.server.bot("slow", slow);
        script.network.run();
        CompletableFuture<BotRoom> room = bot.join().join("lobby");
        script.network.run();
        return room.join();
    }

    private static void talk(Script script, int messages) {
        for (int i = 0; i < messages; i++) {
            script.server.say("lobby", LONG); // ordered on this thread
        }
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void readsWhatItMissedFromTheHistory() {
        Script script = script(builder -> builder);
        joined(script);
        slow.meanwhile = () -> talk(script, 1_000);
        talk(script, 1);
        script.network.run();
        assertThat(slow.heard).isEqualTo(upTo(1_001));
        assertThat(slow.missed).isEmpty();
        talk(script, 1);
        script.network.run();
        assertThat(slow.heard).isEqualTo(upTo(1_002));
    }

    @Test
    void fallsOutAgainWhileItReadsTheHistory() {
        Script script = script(builder -> builder);
        joined(script);
        slow.meanwhile = () -> {
            talk(script, 300);
            slow.meanwhile = () -> talk(script, 300);
        };
        talk(script, 1);
        script.network.run();
        assertThat(slow.heard).isEqualTo(upTo(601));
        assertThat(slow.missed).isEmpty();
    }

    @Test
    void isToldWhatTheJournalHasNotAnyMore() {
        Script script = script(builder -> builder.journal(new MemoryJournal(100, 1 << 20, 100)));
        joined(script);
        slow.meanwhile = () -> talk(script, 1_000);
        talk(script, 1);
        script.network.run();
        assertThat(slow.heard).isEqualTo(upTo(1_001));
        assertThat(slow.missed).hasSize(1).first().asString().startsWith("2-");
    }

    @Test
    void isKickedMeanwhile() {
        Script script = script(builder -> builder);
        joined(script);
        slow.meanwhile = () -> {
            talk(script, 300);
            script.server.moderate("lobby", Action.KICK, "slow", Duration.ZERO, "");
            talk(script, 300);
        };
        talk(script, 1);
        script.network.run();
        assertThat(slow.heard).isEqualTo(upTo(302));
        assertThat(slow.missed).isEmpty();
        assertThat(slow.ended).isEqualTo("KICKED");
    }

    @Test
    void theRoomIsDeletedMeanwhile() {
        Script script = script(builder -> builder);
        joined(script);
        slow.meanwhile = () -> {
            talk(script, 300);
            script.server.deleteRoom("lobby", "");
            talk(script, 300);
        };
        talk(script, 1);
        script.network.run();
        assertThat(slow.heard).isEqualTo(upTo(301));
        assertThat(slow.missed).isNotEmpty();
        assertThat(slow.ended).isEqualTo("ROOM_GONE");
    }
}
