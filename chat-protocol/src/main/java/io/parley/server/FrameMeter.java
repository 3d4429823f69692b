package io.parley.server;

/**
 * How much a peer may still send: a bucket that fills with time. A frame takes one from it, and a large frame one more
 * for each KiB. Used by the thread that reads.
 */
final class FrameMeter {
    private final ServerOptions options;
    private double tokens;
    private long last;

    FrameMeter(ServerOptions options, long now) {
        this.options = options;
        this.tokens = options.burstFrames();
        this.last = now;
    }

    /** Takes frames off; gives how long to wait before the next, in nanoseconds, 0 for not at all. */
    long take(long now, long frames, long bytes) {
        double perNano = options.framesPerSecond() / 1e9;
        tokens = Math.min(options.burstFrames(), tokens + (now - last) * perNano) - frames - (bytes >> 10);
        last = now;
        return tokens >= 0 ? 0 : (long) Math.ceil(-tokens / perNano);
    }
}
