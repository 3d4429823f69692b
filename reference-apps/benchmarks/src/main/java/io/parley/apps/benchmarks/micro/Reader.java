package io.parley.apps.benchmarks.micro;

import io.parley.log.Chunk;
import io.parley.model.BacklogRequest;
import io.parley.model.Snapshot;
import io.parley.model.Tags;
import io.parley.policy.Applicant;
import io.parley.policy.Credentials;
import io.parley.room.Encoding;
import io.parley.room.Hub;
import io.parley.room.Outcome;
import io.parley.room.Session;
import io.parley.room.Subscriber;
import io.parley.room.Subscription;

/** A member that reads its room's log and does nothing with it. One thread. */
final class Reader implements Subscriber {
    private static final int RUN_BYTES = 32 << 10; // as the server reads

    private final Session session;
    private final Subscription subscription;
    private long bytes;

    Reader(Hub hub, String name, String room, Encoding encoding) {
        Applicant applicant = Applicant.of(hub.names(), name, Credentials.NONE, "benchmark", "none", null, null);
        session = hub.login(applicant, encoding, this).join();
        subscription = session.join(room, BacklogRequest.NOTHING).join().subscription();
    }

    /** Says something in the room. */
    void say(String text, Outcome outcome) {
        session.say(subscription, 0, text, Tags.NONE, outcome);
        session.settle();
    }

    /** Reads all there is and goes idle; gives how many bytes were read so far. */
    long read() {
        do {
            for (Chunk run = subscription.prepare(RUN_BYTES); run != null; run = subscription.prepare(RUN_BYTES)) {
                int length = subscription.remaining();
                bytes += length;
                subscription.advance(run, length);
            }
            if (subscription.isLost()) {
                throw new IllegalStateException("fell out of the window");
            }
        } while (!subscription.sleep());
        return bytes;
    }

    @Override
    public void ready(Subscription woken) {}

    @Override
    public void opened(Subscription direct, Snapshot snapshot) {}
}
