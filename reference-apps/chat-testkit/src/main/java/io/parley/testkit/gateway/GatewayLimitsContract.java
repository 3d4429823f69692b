package io.parley.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatRoom;
import io.parley.client.Receipt;
import io.parley.gateway.GatewayOptions;
import io.parley.model.ErrorCode;
import io.parley.room.HubOptions;
import io.parley.testkit.chat.Chat;
import io.parley.testkit.chat.Ears;
import io.parley.testkit.chat.HeldJournal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What one connection of a gateway can cost the server and the others. */
public interface GatewayLimitsContract extends GatewayBinding {

    private static Stage with(GatewayBinding binding, UnaryOperator<GatewayOptions.Builder> bounds) {
        return Stage.open(
                binding,
                builder ->
                        builder.options(bounds.apply(Chat.UNHURRIED.toBuilder()).build()));
    }

    /** A flood is slowed down to the rate; nothing of it is lost, and others wait for nothing. */
    @Test
    default void aFloodIsSlowedAndOthersAreNot() {
        try (Stage stage = with(this, bounds -> bounds.requestsPerSecond(50).burstRequests(25))) {
            Ears ears = new Ears();
            ChatRoom bob = stage.member("bob", ears);
            Talker alice = stage.member("alice");
            long began = stage.now();
            List<Function<Speaker, byte[]>> flood = new ArrayList<>();
            for (int i = 0; i < 125; i++) {
                String text = "no " + i;
                flood.add(speaker -> speaker.say(text));
            }
            alice.sendTogether(flood);
            stage.settle("the flood has begun", () -> ears.count() > 0);
            CompletableFuture<Receipt> receipt = bob.say("excuse me");
            stage.settle("all are heard", () -> ears.count() == 126);
            assertThat(stage.now() - began)
                    .isGreaterThan(Duration.ofMillis(1_500).toNanos());
            stage.await(receipt);
            assertThat(ears.texts().indexOf("excuse me")).isLessThan(100);
            assertThat(ears.texts().stream().filter(text -> !text.equals("excuse me")))
                    .containsExactlyElementsOf(flood.stream()
                            .map(wish -> "no " + flood.indexOf(wish))
                            .toList());
        }
    }

    /** Messages without an outcome are bounded; those over the bound are refused, and each has one outcome. */
    @Test
    default void unansweredMessagesAreBounded() {
        HeldJournal journal = new HeldJournal();
        try (Stage stage = Stage.open(
                this,
                builder -> builder.journal(journal)
                        .options(Chat.UNHURRIED.toBuilder().maxInFlight(4).build()))) {
            Ears ears = new Ears();
            stage.member("bob", ears);
            Talker alice = stage.member("alice");
            journal.hold();
            for (int i = 0; i < 30; i++) {
                alice.say("no " + i);
            }
            alice.await("refused", () -> alice.heard(Heard.Refused.class).size() >= 22);
            alice.awaitsRefusal(ErrorCode.TOO_MANY_IN_FLIGHT);
            journal.release();
            int kept = 30 - alice.heard(Heard.Refused.class).size();
            assertThat(kept).isBetween(4, 8);
            stage.settle("the others are heard", () -> ears.count() == kept);
            if (stage.can(Ability.OWN_ENTRIES)) {
                alice.await("each has its outcome", () -> alice.own().size() == kept);
            }
            // The last outcomes may be counted off a little after others have heard the messages.
            while (!ears.heard("alice: one more")) {
                int before = alice.heard(Heard.Refused.class).size();
                alice.say("one more");
                stage.settle(
                        "one more is heard or refused",
                        () -> ears.heard("alice: one more")
                                || alice.heard(Heard.Refused.class).size() > before);
            }
        } finally {
            journal.release();
        }
    }

    /** A request longer than the limit is refused, and costs no memory however long it goes on. */
    @Test
    default void anEndlessRequestIsRefused() {
        int limit = 8 << 10;
        int size = 15 << 20;
        try (Stage stage = with(this, bounds -> bounds.maxRequestBytes(limit))) {
            Talker bob = stage.member("bob");
            Talker alice = stage.member("alice");
            alice.send(speaker -> speaker.oversized(size));
            long before = usedHeap();
            long grown = 0;
            byte[] piece = new byte[32 << 10];
            Arrays.fill(piece, (byte) 'x');
            long sent = 0;
            while (sent < size && !alice.isOver()) {
                alice.sendBytes(piece);
                sent += piece.length;
                long all = sent;
                alice.await("it is sent", () -> alice.isOver() || alice.probe().taken() >= all);
                if (sent == 12 << 20) {
                    grown = usedHeap() - before;
                }
            }
            alice.awaitsRefusal(ErrorCode.FRAME_TOO_LARGE, ErrorCode.TOO_LARGE);
            assertThat(grown).isLessThan(6 << 20);
            assertThat(bob.isOver()).isFalse();
            stage.assertHealthy();
        }
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** A text longer than a message may be is refused; the connection goes on. */
    @Test
    default void aLongTextIsRefused() {
        int most = 100;
        try (Stage stage = Stage.open(
                this,
                builder -> builder.hubOptions(
                        HubOptions.DEFAULT.toBuilder().maxBodyBytes(most).build()))) {
            Ears ears = new Ears();
            stage.member("bob", ears);
            Talker alice = stage.member("alice");
            alice.say("x".repeat(most + 1)).awaitsRefusal(ErrorCode.TOO_LARGE);
            alice.say("x".repeat(most));
            stage.settle("it is heard", () -> ears.count() == 1);
            assertThat(ears.texts().get(0).getBytes(StandardCharsets.UTF_8)).hasSize(most);
        }
    }

    /** A request must be complete in time. */
    @Test
    default void aHalfRequestTakesOnlySoLong() {
        try (Stage stage = Stage.open(this)) {
            Talker bob = stage.member("bob");
            stage.server()
                    .reconfigure(
                            Chat.UNHURRIED.toBuilder()
                                    .requestTimeout(Duration.ofSeconds(1))
                                    .build(),
                            "");
            Talker alice = stage.member("alice");
            long began = stage.now();
            alice.send(Speaker::half).awaitsRefusal(ErrorCode.IDLE).awaitsEnd();
            assertThat(stage.now() - began) // silence would end it too, but later
                    .isLessThan(Chat.UNHURRIED.heartbeat().toNanos());
            stage.settle("the name is free", () -> !stage.isHere("alice"));
            assertThat(bob.isOver()).isFalse();
            stage.server().reconfigure(Chat.UNHURRIED, "");
            stage.assertHealthy();
        }
    }
}
