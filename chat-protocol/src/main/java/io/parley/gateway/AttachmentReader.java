package io.parley.gateway;

import io.parley.log.Faults;
import io.parley.transport.Connection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The reading half of a connection: it hands the bytes to the protocol, a request at a time, and charges for them. A superclass
 * and no object of its own: there may be very many connections.
 *
 * <p>"The reader" is whichever thread {@link Inbound} lets in, one at a time.
 */
abstract class AttachmentReader extends AttachmentLife implements Inbound.Reader {
    private final Context context;
    private final RateMeter rate;
    private final long quiet; // nanoseconds after which a half request is quiet, or 0
    final Liveness liveness;
    private @Nullable Inbound inbound; // set before anything is read

    // the reader's
    private int partial; // bytes of the request that is half read
    private int awaited; // what the protocol waits for before it takes a request
    private boolean listening; // a look at whether it is quiet is scheduled

    AttachmentReader(Context context, GatewayOptions options, Duration quiet) {
        this.context = context;
        this.liveness = new Liveness(options, now());
        this.rate = new RateMeter(options, now());
        this.quiet = quiet.toNanos();
    }

    abstract Protocol protocol();

    /** Orders what was said. The reader. */
    abstract void proceed();

    /** A request was taken. The reader. */
    abstract void requested();

    /** Ends the connection because something threw. */
    abstract void broke(Throwable error);

    final long now() {
        return context.clock().nanoTime();
    }

    static <T> T set(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the connection is not open yet");
        }
        return part;
    }

    /** Before anything is read. */
    final void readFrom(Connection connection) {
        inbound = new Inbound(this, connection);
    }

    final ReadGate gate() {
        return set(inbound).gate();
    }

    // ---- bytes to requests

    /** Bytes came. The transport's thread; the buffer is consumed whole. */
    final void read(ByteBuffer bytes) {
        liveness.heard(now());
        context.bytesIn().add(bytes.remaining());
        set(inbound).onBytes(bytes);
    }

    @Override
    public final void consume(ByteBuffer bytes) {
        try {
            handleRequests(bytes);
        } catch (Throwable broken) {
            broke(broken);
        }
        if (isEnding()) {
            bytes.position(bytes.limit());
        }
    }

    private void handleRequests(ByteBuffer bytes) {
        Protocol protocol = protocol();
        try {
            while (gate().isOpen() && !isEnding()) {
                int from = bytes.position();
                long began = liveness.handling();
                int taken = protocol.next(bytes);
                boolean midRequest = protocol.isMidRequest();
                if (midRequest) {
                    liveness.midRequest(taken == 0 ? began : 0);
                }
                int before = partial;
                partial += bytes.position() - from;
                // The bytes of a request are charged before all of it is here: nobody is charged with much at once.
                int kib = partial / RateMeter.KIB - before / RateMeter.KIB;
                if (taken == 0) {
                    charge(kib);
                    if (midRequest && quiet > 0) {
                        listen(quiet);
                    }
                    return;
                }
                partial = 0;
                requested();
                charge(taken + kib);
            }
        } finally {
            proceed();
        }
    }

    private void charge(int units) {
        long wait = units == 0 ? 0 : rate.take(context.scheduler().nanoTime(), units);
        if (wait > 0) {
            gate().close(ReadGate.Reason.RATE);
            // Requests that were held are handled then: not on the one thread that everybody's deadlines are on.
            Runnable open = () -> gate().open(ReadGate.Reason.RATE);
            context.scheduler()
                    .schedule(Duration.ofNanos(wait), () -> context.limited().execute(open));
        }
    }

    // ---- between requests

    /**
     * Runs a task like the handling of a request, be the gate open or not, but not while the policy decides. Any thread.
     */
    final void execute(Runnable task) {
        set(inbound).execute(safely(task));
    }

    /** Runs the last task behind what is handled now. Any thread. */
    final void finish(Runnable task) {
        set(inbound).finish(safely(task));
    }

    private Runnable safely(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable broken) {
                broke(broken);
            } finally {
                proceed();
            }
        };
    }

    /** Takes no request until something has happened, then does something. The reader. */
    final void await(CompletionStage<?> what, Runnable then) {
        awaited++;
        gate().close(ReadGate.Reason.WAITING);
        Faults.whenDone(
                what,
                (done, error) -> execute(() -> {
                    try {
                        if (!isEnding()) {
                            then.run();
                        }
                    } finally {
                        awaited--;
                        if (awaited == 0) {
                            gate().open(ReadGate.Reason.WAITING);
                        }
                    }
                }));
    }

    // ---- silence

    /** Looks later whether anything more has come; one look is under way at a time. The reader. */
    private void listen(long nanos) {
        if (!listening) {
            listening = true;
            Runnable look = () -> execute(this::look);
            context.scheduler()
                    .schedule(Duration.ofNanos(nanos), () -> context.limited().execute(look));
        }
    }

    private void look() {
        listening = false;
        if (isEnding() || !protocol().isMidRequest()) {
            return;
        }
        long left = isRead() ? quiet - liveness.silence(now()) : quiet;
        if (left > 0) {
            listen(left);
            return;
        }
        protocol().quiet(false);
        if (!protocol().isMidRequest()) {
            liveness.handling();
            partial = 0;
            charge(1);
        }
    }

    /** The client has ended the stream: what it has not completed is taken as it is. The reader. */
    final void readLast() {
        if (isRead() && !isEnding() && protocol().isMidRequest()) {
            protocol().quiet(true);
            proceed();
        }
    }

    /** Whether all that came is handled as far as it can be. The reader. */
    private boolean isRead() {
        return gate().isOpen() && !set(inbound).isHolding();
    }
}
