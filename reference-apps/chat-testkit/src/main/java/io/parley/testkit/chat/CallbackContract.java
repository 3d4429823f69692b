package io.parley.testkit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.ClientListener;
import io.parley.client.Message;
import io.parley.client.RoomListener;
import io.parley.model.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** On which thread and in which order a program is called back. */
public interface CallbackContract extends Opener {

    /** Callbacks run in order on the client's executor. */
    @Test
    default void comeInOrderOnTheExecutor() {
        ChatFixture fixture = open();
        ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
        AtomicInteger outside = new AtomicInteger();
        Executor executor = task -> fixture.scheduler().executor().execute(() -> {
            inside.set(true);
            task.run();
            inside.set(false);
        });
        AtomicInteger atOnce = new AtomicInteger();
        Runnable check = () -> {
            if (!inside.get() || atOnce.incrementAndGet() != 1) {
                outside.incrementAndGet();
            }
            Thread.onSpinWait();
            atOnce.decrementAndGet();
        };
        Ears ears = new Ears();
        RoomListener listener = new RoomListener() {
            @Override
            public void onMessage(Message message) {
                check.run();
                ears.onMessage(message);
            }

            @Override
            public void onJoined(Member member) {
                check.run();
                ears.onJoined(member);
            }

            @Override
            public void onClosed(ChatException why) {
                check.run();
                ears.onClosed(why);
            }
        };
        try (Chat chat = Chat.open(fixture)) {
            List<Integer> completed = new CopyOnWriteArrayList<>();
            ChatClient alice = chat.connect(chat.client("alice").executor(executor));
            ChatRoom room = chat.enter(alice, "lobby", listener);
            ChatRoom bob = chat.enter(chat.guest("bob"), "lobby", new Ears());
            List<CompletableFuture<Void>> says = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int number = i;
                says.add(room.say("no " + i).thenAccept(receipt -> completed.add(number)));
                bob.say("me too");
            }
            says.forEach(fixture::await);
            fixture.settle("all heard", () -> ears.count() == 200);
            alice.close();
            assertThat(completed).isSorted().hasSize(100);
            assertThat(ears.seqs()).isSorted();
            assertThat(ears.lines()).contains("joined bob").endsWith("closed 0");
            assertThat(outside).hasValue(0);
        }
    }

    /** A blocking call inside a callback throws. */
    @Test
    default void blockingInsideOneThrows() {
        ChatFixture fixture = open();
        try (Chat chat = Chat.open(fixture)) {
            ChatClient alice = chat.guest("alice");
            chat.guest("bob");
            List<Throwable> thrown = new CopyOnWriteArrayList<>();
            List<ChatRoom> entered = new CopyOnWriteArrayList<>();
            RoomListener blocking = message -> {
                for (Runnable call : List.<Runnable>of(
                        () -> alice.enter("attic", new Ears()), () -> alice.direct("bob", new Ears()))) {
                    try {
                        call.run();
                    } catch (RuntimeException caught) {
                        thrown.add(caught);
                    }
                }
                alice.enterAsync("cellar", 0, new Ears()).thenAccept(entered::add);
            };
            fixture.await(chat.enter(alice, "lobby", blocking).say("go"));
            fixture.settle("entered later", () -> entered.size() == 1);
            assertThat(thrown).hasSize(2).allMatch(IllegalStateException.class::isInstance);
            fixture.await(entered.get(0).say("still alive"));
        }
    }

    /** A callback that throws does not stop the next one. */
    @Test
    default void oneThatThrowsDoesNotKeepFromTheNext() {
        try (Chat chat = Chat.open(open())) {
            Ears ears = new Ears();
            ChatRoom room = chat.enter(chat.guest("alice"), "lobby", message -> {
                ears.onMessage(message);
                throw new IllegalStateException("the application's own fault");
            });
            chat.fixture().await(room.say("one"));
            chat.fixture().await(room.say("two"));
            chat.fixture().settle("both came", () -> ears.count() == 2);
        }
    }

    /** A callback that hangs delays no other client. */
    @Test
    default void oneThatHangsHoldsUpNobodyElse() {
        ChatFixture fixture = open();
        Held held = new Held();
        try (Chat chat = Chat.open(fixture)) {
            Ears slow = new Ears();
            Ears quick = new Ears();
            CompletableFuture<ChatClient> coming =
                    chat.client("slow").executor(held).connectAsync(fixture.transport(), chat.address());
            fixture.settle("slow came", () -> held.runAll() && coming.isDone());
            CompletableFuture<ChatRoom> entering = coming.join().enterAsync("lobby", 0, slow);
            fixture.settle("slow entered", () -> held.runAll() && entering.isDone());
            ChatRoom room = chat.enter(chat.guest("quick"), "lobby", quick);
            for (int i = 0; i < 100; i++) {
                fixture.await(room.say("no " + i));
            }
            fixture.settle("quick heard all", () -> quick.count() == 100);
            assertThat(slow.count()).isZero();
            fixture.settle("slow heard all", () -> held.runAll() && slow.count() == 100);
            assertThat(slow.texts()).isEqualTo(quick.texts());
            coming.join().closeAsync();
            fixture.settle(
                    "slow closed", () -> held.runAll() && coming.join().closed().isDone());
        }
    }

    /** A callback may close its client. */
    @Test
    default void mayCloseTheClient() {
        ChatFixture fixture = open();
        try (Chat chat = Chat.open(fixture)) {
            CompletableFuture<ChatException> why = new CompletableFuture<>();
            ChatClient alice = chat.guest("alice", new ClientListener() {
                @Override
                public void onClosed(ChatException reason) {
                    why.complete(reason);
                }
            });
            CompletableFuture<Boolean> returned = new CompletableFuture<>();
            ChatRoom room = chat.enter(alice, "lobby", message -> {
                alice.close();
                alice.close();
                returned.complete(true);
            });
            room.say("go");
            assertThat(fixture.await(returned)).isTrue();
            fixture.await(alice.closed());
            assertThat(fixture.await(why).code()).isEqualTo(ChatException.NOT_CONNECTED);
            fixture.settle("gone", () -> chat.server().connections() == 0);
        }
    }
}
