package io.parley.server;

import static java.util.Objects.requireNonNull;

import io.parley.model.RoomException;
import io.parley.model.Tags;
import io.parley.room.Hub;
import io.parley.room.Outcome;
import io.parley.room.Room;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What the program says and does in rooms, in the operator's name. Any thread. */
final class OperatorCommands {
    private final Hub hub;
    private final Executor executor;

    OperatorCommands(Hub hub, Executor executor) {
        this.hub = hub;
        this.executor = executor;
    }

    CompletableFuture<Long> say(Room room, String text) {
        return order(outcome -> room.say(hub.operator(), 0, 0, text, Tags.NONE, outcome));
    }

    CompletableFuture<Long> say(String room, String text) {
        return onExecutor(hub.program().say(requireNonNull(room, "room"), text));
    }

    CompletableFuture<Long> tell(String name, String text) {
        return onExecutor(hub.program().tell(requireNonNull(name, "name"), text));
    }

    /** The same outcome, told on the executor: what waits for it must not run while a room waits. */
    <T> CompletableFuture<T> onExecutor(CompletableFuture<T> outcome) {
        CompletableFuture<T> done = new CompletableFuture<>();
        outcome.whenComplete((value, error) -> executor.execute(() -> {
            if (error == null) {
                done.complete(value);
            } else {
                boolean wrapped = error instanceof CompletionException && error.getCause() != null;
                done.completeExceptionally(wrapped ? error.getCause() : error);
            }
        }));
        return done;
    }

    /** Does something in a room in use. */
    CompletableFuture<Long> in(String room, BiConsumer<Room, Outcome> command) {
        try {
            Room found = hub.findRoom(requireNonNull(room, "room"));
            if (found == null) {
                throw new RoomException(RoomException.Reason.UNKNOWN_ROOM, "there is no room " + room);
            }
            return order(outcome -> command.accept(found, outcome));
        } catch (RoomException no) {
            return CompletableFuture.failedFuture(no);
        }
    }

    private CompletableFuture<Long> order(Consumer<Outcome> command) {
        CompletableFuture<Long> done = new CompletableFuture<>();
        command.accept(new Outcome() {
            @Override
            public void kept(long seq) {
                // Not here: what waits for the future would run while the room waits.
                executor.execute(() -> done.complete(seq));
            }

            @Override
            public void refused(RoomException why) {
                executor.execute(() -> done.completeExceptionally(why));
            }
        });
        return done;
    }
}
