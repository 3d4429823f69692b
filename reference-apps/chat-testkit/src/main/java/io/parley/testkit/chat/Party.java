package io.parley.testkit.chat;

import static io.parley.testkit.chat.StallContract.OTHERS;
import static io.parley.testkit.chat.StallContract.TEXT;
import static io.parley.testkit.chat.StallContract.WINDOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.Receipt;
import io.parley.journal.MemoryJournal;
import io.parley.room.HubOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The room, its healthy members, and the one that stops. */
final class Party implements AutoCloseable {
    final ChatFixture fixture;
    final Chat chat;
    final HeldJournal journal;
    final Map<Long, String> agreed = Tally.agreement();
    final List<Tally> others = new ArrayList<>();
    final ChatRoom speaker;
    long said;

    Party(ChatFixture fixture, MemoryJournal memory, Duration writeTimeout) {
        this.fixture = fixture;
        journal = new HeldJournal(memory);
        chat = Chat.open(
                fixture,
                builder -> builder.hubOptions(HubOptions.DEFAULT.toBuilder()
                                .maxWindowBytes(WINDOW)
                                .build())
                        .options(Chat.UNHURRIED.toBuilder()
                                .writeTimeout(writeTimeout)
                                .build())
                        .journal(journal));
        fixture.await(chat.server().hub().room("lobby"));
        for (int i = 1; i < OTHERS; i++) {
            enter(i);
        }
        speaker = enter(OTHERS);
    }

    private ChatRoom enter(int number) {
        Tally tally = new Tally(agreed);
        others.add(tally);
        return chat.enter(chat.guest("member" + number), "lobby", tally);
    }

    /** Says so many messages and waits until the healthy have heard them; the window stays small. */
    void speak(int count) {
        for (int n = 1; n <= count; n++) {
            CompletableFuture<Receipt> receipt = speaker.say(TEXT);
            said++;
            if (n % 200 == 0 || n == count) {
                fixture.await(receipt);
                long bytes = chat.server().hub().windowBytes();
                // The writer of a moment ago may be about to give up its oldest chunk.
                assertThat(bytes).isLessThan(2 * WINDOW);
            }
        }
    }

    void assertOthersHeardEverything(long count) {
        fixture.settle("the others heard everything", () -> others.stream().allMatch(one -> one.count() == count));
        assertThat(others).allSatisfy(one -> assertThat(one.faults()).isEmpty());
        assertThat(others).allSatisfy(one -> assertThat(one.losses()).isEmpty());
    }

    /** Who stops calling its callbacks once it is in the room. */
    ChatRoom stopper(Held held, Tally tally) {
        CompletableFuture<ChatClient> coming =
                chat.client("stopper").executor(held).connectAsync(fixture.narrow(), chat.address());
        fixture.settle("it came", () -> held.runAll() && coming.isDone());
        CompletableFuture<ChatRoom> entering = coming.join().enterAsync("lobby", 0, tally);
        fixture.settle("it entered", () -> held.runAll() && entering.isDone());
        return entering.join();
    }

    @Override
    public void close() {
        chat.close();
    }
}
