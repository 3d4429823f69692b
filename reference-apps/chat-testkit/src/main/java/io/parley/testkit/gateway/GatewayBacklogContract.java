package io.parley.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatRoom;
import io.parley.client.Receipt;
import io.parley.room.HubOptions;
import io.parley.testkit.chat.Chat;
import io.parley.testkit.chat.Ears;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Users of a gateway who do not read, or read too slowly. */
public interface GatewayBacklogContract extends GatewayBinding {
    /** The window of all rooms in bytes; smaller than what is missed. */
    long WINDOW = 256 << 10;

    /** The longest that a client may take nothing. It applies to the healthy ones too. */
    Duration PATIENCE = Duration.ofSeconds(3);

    /** How much of its requests is read at most from a client that does not read the answers, in bytes. */
    int READ = 1 << 20;

    /** How much of its requests stays unread then, in bytes. */
    int UNREAD = 256 << 10;

    /** The text of each message: as long as any protocol takes. */
    String TEXT = "x".repeat(340);

    private static Stage open(GatewayBinding binding, Duration writeTimeout) {
        return Stage.open(binding, builder -> {
            for (int i = 0; i < 40; i++) { // so that an answer that lists rooms is long
                builder.room("a-room-with-a-long-name-" + i);
            }
            return builder.hubOptions(HubOptions.DEFAULT.toBuilder()
                            .maxWindowBytes(WINDOW)
                            .build())
                    .options(Chat.UNHURRIED.toBuilder()
                            .writeTimeout(writeTimeout)
                            .build());
        });
    }

    /** Who asks and does not read is read no more, and is cut after the write timeout. */
    @Test
    default void whoAsksAndDoesNotReadIsPausedAndCut() {
        try (Stage stage = open(this, PATIENCE)) {
            Ears ears = new Ears();
            ChatRoom bob = stage.member("bob", ears);
            Talker alice = stage.narrowTalker().login("alice").join(Stage.LOBBY).stopReading();
            long before = stage.server().stats().bytesIn();
            long asked = alice.given();
            List<Function<Speaker, byte[]>> asks = Collections.nCopies(2_000, Speaker::ask);
            long unread = 0;
            while (stage.server().stats().slow() == 0 && unread < UNREAD) {
                alice.sendTogether(asks);
                stage.settle("a turn", () -> true);
                long read = stage.server().stats().bytesIn() - before;
                unread = alice.given() - asked - read;
                assertThat(read).as("bytes of requests that were read").isLessThan(READ);
            }
            assertThat(unread).as("bytes of requests that were not read").isPositive();
            stage.await(bob.say("meanwhile"));
            stage.settle("alice is cut", () -> stage.server().stats().slow() == 1);
            stage.settle("the name is free", () -> !stage.isHere("alice"));
            stage.settle("bob sees it", () -> ears.lines().stream().anyMatch(line -> line.startsWith("left alice")));
            alice.abort();
            stage.assertHealthy();
        }
    }

    /** Who does not read where others speak is cut after the write timeout. */
    @Test
    default void whoReadsNothingIsCut() {
        try (Stage stage = open(this, PATIENCE)) {
            Ears ears = new Ears();
            ChatRoom bob = stage.member("bob", ears);
            Talker healthy = stage.member("healthy");
            Talker deaf = stage.narrowTalker().login("deaf").join(Stage.LOBBY).stopReading();
            int said = 0;
            while (stage.isHere("deaf") && said < 8_000) {
                stage.await(bob.say(TEXT));
                said++;
            }
            stage.settle("the deaf is cut", () -> !stage.isHere("deaf"));
            assertThat(stage.server().stats().slow()).isEqualTo(1);
            int all = said;
            healthy.await("the healthy heard all", () -> healthy.said().size() == all);
            deaf.abort();
            stage.assertHealthy();
        }
    }

    /** What a slow reader costs is bounded; it misses entries in the middle, is told so, and then hears the newest. */
    @Test
    default void whoReadsSlowlyMissesSomething() {
        try (Stage stage = open(this, Duration.ofMinutes(10))) {
            ChatRoom bob = stage.member("bob", new Ears());
            Talker healthy = stage.member("healthy");
            Talker slow = stage.narrowTalker().login("slow").join(Stage.LOBBY).stopReading();
            int total = 8_000;
            List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
            for (int i = 0; i < total; i++) {
                receipts.add(bob.say(i + " " + TEXT));
                if (i % 100 == 99) {
                    stage.await(receipts.get(i));
                    int heard = i + 1;
                    healthy.await("the healthy heard it", () -> healthy.said().size() == heard);
                    assertThat(stage.server().hub().windowBytes())
                            .as("memory of the rooms")
                            .isLessThan(2 * WINDOW);
                }
            }
            slow.readOn();
            slow.await("the newest", () -> number(slow.heard()) == total - 1);
            int last = -1;
            boolean missed = false;
            for (Heard one : slow.heard()) {
                if (one instanceof Heard.Missed) {
                    missed = true;
                } else if (one instanceof Heard.Said said) {
                    int number = number(List.of(said));
                    assertThat(number).isGreaterThan(last);
                    if (stage.can(Ability.GAPS)) {
                        assertThat(number != last + 1)
                                .as("%s after %s is told", number, last)
                                .isEqualTo(missed);
                    }
                    last = number;
                    missed = false;
                }
            }
            assertThat(slow.said()).hasSizeLessThan(total);
            assertThat(stage.server().stats().gaps()).isPositive();
            assertThat(stage.server().stats().slow()).isZero();
            slow.say("I am back");
            healthy.awaitsSaid("slow", "I am back");
        }
    }

    private static int number(List<Heard> heard) {
        for (int i = heard.size() - 1; i >= 0; i--) {
            if (heard.get(i) instanceof Heard.Said said) {
                return Integer.parseInt(said.text().substring(0, said.text().indexOf(' ')));
            }
        }
        return -1;
    }
}
