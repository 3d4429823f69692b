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
    private final double perNano;
    private final double most; // that it may be overdrawn
    private double tokens;
    private long last;

    FrameMeter(ServerOptions options, long now) {
        this.options = options;
        this.perNano = options.framesPerSecond() / 1e9;
        this.most = options.writeTimeout().toNanos() * perNano;
        this.tokens = options.burstFrames();
        this.last = now;
    }

    /** Takes frames off, and whole KiB; gives how long to wait before the next, in nanoseconds, 0 for not at all. */
    long take(long now, long frames, long bytes) {
        double filled = Math.min(options.burstFrames(), tokens + (now - last) * perNano);
        long taken = frames + bytes / KIB;
        tokens = Math.max(-most, filled - taken);
        last = now;
        return tokens >= 0 ? 0 : (long) Math.ceil(-tokens / perNano);
    }
}
