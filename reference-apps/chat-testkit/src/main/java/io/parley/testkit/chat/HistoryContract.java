package io.parley.testkit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.HistoryResult;
import io.parley.client.Message;
import io.parley.journal.MemoryJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Reading history: backlog, resuming and pages. */
public interface HistoryContract extends Opener {

    /** A room of the server's, in which a number of messages were said; so message n has the number n. */
    private static ChatRoom said(Chat chat, ChatClient client, Ears ears, int count) {
        chat.fixture().await(chat.server().hub().room("lobby"));
        for (int i = 1; i < count; i++) {
            chat.server().say("lobby", "no " + i);
        }
        chat.fixture().await(chat.server().say("lobby", "no " + count));
        return chat.enter(client, "lobby", ears);
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    /** A joiner is told where the backlog ends. */
    @Test
    default void tellsWhereThePastEnds() {
        try (Chat chat = Chat.open(open())) {
            Ears ears = new Ears();
            ChatRoom first = chat.enter(chat.guest("alice"), "lobby", new Ears());
            chat.fixture().await(first.say("before"));
            ChatRoom second = chat.fixture().await(chat.guest("bob").enterAsync("lobby", 10, ears));
            chat.fixture().await(first.say("after"));
            chat.fixture().settle("heard", () -> ears.heard("alice: after"));
            assertThat(first.head()).isLessThan(second.head());
            assertThat(ears.messages().stream().map(message -> message.seq() <= second.head()))
                    .containsExactly(true, false);
        }
    }

    /** A late joiner hears exactly the backlog that it asked for. */
    @Test
    default void lateComerHearsExactlyWhatItAskedFor() {
        try (Chat chat = Chat.open(open())) {
            ChatRoom room = said(chat, chat.guest("alice"), new Ears(), 30);
            for (int asked : new int[] {0, 1, 10, 30, 31, 150}) {
                Ears ears = new Ears();
                ChatClient late = chat.guest("late" + asked);
                chat.fixture().await(late.enterAsync("lobby", asked, ears));
                long live = chat.fixture().await(room.say("live")).seq();
                chat.fixture().settle("live", () -> ears.seqs().contains(live));
                assertThat(ears.seqs()).isEqualTo(numbers(Math.max(1, live - asked), live));
                assertThat(ears.lines()).noneMatch(line -> line.startsWith("lost"));
                late.close();
            }
        }
    }

    /** Resuming delivers exactly what was missed. */
    @Test
    default void resumingGivesExactlyWhatIsMissing() {
        try (Chat chat = Chat.open(open())) {
            int count = 500;
            ChatRoom room = said(chat, chat.guest("alice"), new Ears(), count);
            long epoch = chat.epoch("lobby");
            for (int known : new int[] {count, count - 1, count - 200, count - 201, 1, 0}) {
                Ears ears = new Ears();
                ChatClient back = chat.guest("back" + known);
                chat.fixture().await(back.resumeAsync("lobby", epoch, known, ears));
                long live = chat.fixture().await(room.say("live")).seq();
                chat.fixture().settle("all", () -> ears.count() >= live - known);
                assertThat(ears.seqs()).as("after " + known).isEqualTo(numbers(known + 1, live));
                assertThat(ears.lines()).noneMatch(line -> line.startsWith("lost"));
                back.close();
            }
        }
    }

    /** Resuming tells the loss of what is not kept any more. */
    @Test
    default void resumingWhatIsNotKeptTellsTheLoss() {
        MemoryJournal journal = new MemoryJournal(100, 1 << 20, 10);
        try (Chat chat = Chat.open(open(), builder -> builder.journal(journal))) {
            ChatRoom room = said(chat, chat.guest("alice"), new Ears(), 500);
            Ears ears = new Ears();
            chat.fixture().await(chat.guest("back").resumeAsync("lobby", chat.epoch("lobby"), 300, ears));
            long live = chat.fixture().await(room.say("live")).seq();
            chat.fixture().settle("all", () -> ears.texts().contains("live"));
            long first = ears.seqs().get(0);
            assertThat(ears.lines().stream().filter(line -> line.startsWith("lost")))
                    .containsExactly("lost 301-" + (first - 1));
            assertThat(first).isBetween(400L, 402L);
            assertThat(ears.seqs()).isEqualTo(numbers(first, live));
        }
    }

    /** A room with another epoch is not resumed. */
    @Test
    default void anotherEpochIsNotResumed() {
        try (Chat chat = Chat.open(open())) {
            ChatRoom room = said(chat, chat.guest("alice"), new Ears(), 100);
            long epoch = chat.epoch("lobby");
            long[][] unknown = {{epoch + 1, 5}, {epoch, 1_000}, {epoch, Long.MAX_VALUE}};
            for (int i = 0; i < unknown.length; i++) {
                Ears ears = new Ears();
                ChatClient back = chat.guest("back" + i);
                chat.fixture().await(back.resumeAsync("lobby", unknown[i][0], unknown[i][1], ears));
                long live = chat.fixture().await(room.say("live")).seq();
                chat.fixture().settle("live", () -> ears.seqs().contains(live));
                assertThat(ears.seqs()).isEqualTo(numbers(live - 50, live));
                back.close();
            }
        }
    }

    /** History can be read backwards by pages. */
    @Test
    default void readsBackwardsByPages() {
        try (Chat chat = Chat.open(open())) {
            ChatRoom room = said(chat, chat.guest("alice"), new Ears(), 450);
            List<Long> seen = new ArrayList<>();
            HistoryResult page = chat.fixture().await(room.historyBefore(0, 100));
            while (true) {
                seen.addAll(0, page.messages().stream().map(Message::seq).toList());
                if (!page.more()) {
                    break;
                }
                page = chat.fixture().await(room.historyBefore(page.firstSeq(), 100));
            }
            assertThat(seen).isEqualTo(numbers(1, 450));
            assertThat(page.floor()).isEqualTo(1);
            assertThat(page.messages().get(0).text()).isEqualTo("no 1");
            assertThat(chat.fixture().await(room.historyBefore(1, 10)).messages())
                    .isEmpty();
        }
    }

    /** History can be read forwards by pages. */
    @Test
    default void readsForwardsByPages() {
        try (Chat chat = Chat.open(open())) {
            ChatRoom room = said(chat, chat.guest("alice"), new Ears(), 450);
            List<Long> seen = new ArrayList<>();
            HistoryResult page;
            do {
                long last = seen.isEmpty() ? 0 : seen.get(seen.size() - 1);
                page = chat.fixture().await(room.historyAfter(last, 1_000));
                assertThat(page.messages()).hasSizeLessThanOrEqualTo(200);
                seen.addAll(page.messages().stream().map(Message::seq).toList());
            } while (page.more());
            assertThat(seen).isEqualTo(numbers(1, 450));
            assertThat(chat.fixture().await(room.historyAfter(450, 10)).messages())
                    .isEmpty();
        }
    }

    /** Nothing follows the largest number. */
    @Test
    default void nothingLiesBehindTheLargestNumber() {
        try (Chat chat = Chat.open(open())) {
            ChatRoom room = said(chat, chat.guest("alice"), new Ears(), 5);
            HistoryResult page = chat.fixture().await(room.historyAfter(Long.MAX_VALUE, 10));
            assertThat(page.messages()).isEmpty();
            assertThat(page.more()).isFalse();
        }
    }
}
