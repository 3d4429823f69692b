package io.parley.testkit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** All members of a room hear its messages in one order. Two senders, forty readers. */
public interface OrderContract extends Opener {
    /** How many clients only read. */
    int READERS = 40;
    /** How many messages each of the two senders sends to a room. */
    int EACH = 2_000;

    /** All members of a room hear the same order. */
    @Test
    default void everybodyHearsOneOrder() {
        speak(1);
    }

    /** The same holds for several rooms at the same time. */
    @Test
    default void everybodyHearsOneOrderInEachRoom() {
        speak(3);
    }

    private void speak(int rooms) {
        ChatFixture fixture = open();
        try (Chat chat = Chat.open(fixture)) {
            List<String> names = new ArrayList<>();
            List<Map<Long, String>> agreed = new ArrayList<>();
            for (int r = 0; r < rooms; r++) {
                names.add("room" + r);
                agreed.add(Tally.agreement());
                fixture.await(chat.server().hub().room(names.get(r)));
            }
            List<Tally> tallies = new ArrayList<>();
            List<ChatRoom> speakers = new ArrayList<>();
            for (int i = 0; i < READERS + 2; i++) {
                ChatClient client = chat.guest("member" + i);
                for (int r = 0; r < rooms; r++) {
                    Tally tally = new Tally(agreed.get(r));
                    tallies.add(tally);
                    ChatRoom room = chat.enter(client, names.get(r), tally);
                    if (i >= READERS) {
                        speakers.add(room);
                    }
                }
            }
            List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
            for (int n = 0; n < EACH; n++) {
                for (ChatRoom speaker : speakers) {
                    receipts.add(speaker.say(speakers.indexOf(speaker) / rooms + ":" + n));
                }
            }
            receipts.forEach(fixture::await);
            fixture.settle(
                    "everybody heard everything", () -> tallies.stream().allMatch(tally -> tally.count() == 2 * EACH));
            assertThat(tallies).allSatisfy(tally -> {
                assertThat(tally.faults()).isEmpty();
                assertThat(tally.losses()).isEmpty();
            });
            agreed.forEach(OrderContract::assertEachSenderInOrder);
        }
    }

    private static void assertEachSenderInOrder(Map<Long, String> agreed) {
        int[] next = new int[2];
        LongStream.rangeClosed(1, 2L * EACH).mapToObj(agreed::get).forEach(text -> {
            int sender = text.charAt(0) - '0';
            assertThat(text).isEqualTo(sender + ":" + next[sender]++);
        });
        assertThat(next).containsExactly(EACH, EACH);
    }
}
