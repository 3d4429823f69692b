package io.parley.gateway;

import io.parley.model.ErrorCode;
import io.parley.model.RoomException;
import io.parley.room.Outcome;
import java.util.concurrent.CompletionException;

/**
 * A request that is owed one answer, by whichever thread that comes.
 *
 * @param line the way to the client
 * @param id the client's number for it
 * @param pending of the room it is about: the answer comes behind the entry that it has become
 */
record PendingRequest(PendingOutcomes.Line line, long id, PendingOutcomes pending) implements Outcome {

    @Override
    public void kept(long seq) {
        pending.replyAfter(seq, id);
    }

    @Override
    public void refused(RoomException why) {
        line.send(line.protocol().failed(id, Refusal.of(why)));
    }

    /** What to tell of a failure, whatever it is. */
    static Refusal refusal(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause instanceof RoomException why
                ? Refusal.of(why)
                : new Refusal(ErrorCode.UNAVAILABLE, "that does not work at the moment");
    }
}
