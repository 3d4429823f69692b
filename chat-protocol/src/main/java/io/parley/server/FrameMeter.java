package io.parley.server;

/**
 * How much a peer may still send: a bucket that fills with time. A frame takes one from it, and a large frame one more
 * for each KiB. It may be overdrawn, but by no more than comes back within the write timeout: for longer than that at a
 * stretch nobody is kept waiting. One read of a transport's is seldom worth as much, unless its frames are empty and cost
 * the server next to nothing. Used by the thread that reads.
 */
final class FrameMeter {
    static final int KIB = 1 << 10;

    private final ServerOptions options;
    private double tokens;
    private long last;

    FrameMeter(ServerOptions options, long now) {
        this.options = options;
        this.tokens = options.burstFrames();
        this.last = now;
    }

    /** Takes frames off, and whole KiB; gives how long to wait before the next, in nanoseconds, 0 for not at all. */
    long take(long now, long frames, long bytes) {
        double perNano = options.framesPerSecond() / 1e9;
        long taken = frames + bytes / KIB;
        tokens = Math.min(options.burstFrames(), tokens + (now - last) * perNano) - taken;
        last = now;
        if (tokens >= 0) {
            return 0;
        }
        tokens = Math.max(tokens, -options.writeTimeout().toNanos() * perNano);
        return (long) Math.ceil(-tokens / perNano);
    }
}
