package io.parley.server;

import io.parley.model.ErrorCode;
import io.parley.model.RoomException;
import io.parley.room.Outcome;
import io.parley.wire.Failed;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A request that is owed one reply, by whichever thread it comes.
 *
 * @param session whose request it is
 * @param id the peer's number for it
 * @param feed of the room it is about, or null
 */
record Reply(ServerSession session, long id, @Nullable Feed feed) implements Outcome {

    @Override
    public void kept(long seq) {
        if (feed != null) {
            feed.owed().replyAfter(seq, id); // a reply comes behind the entry it is about
        }
    }

    @Override
    public void refused(RoomException why) {
        session.send(new Failed(id, why.reason().code(), why.text(), 0));
    }

    /** Answers with what went wrong, whatever it is. */
    void failed(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof RoomException why) {
            refused(why);
        } else {
            session.send(new Failed(id, ErrorCode.UNAVAILABLE, "that does not work at the moment", 0));
        }
    }
}
