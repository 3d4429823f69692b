package io.parley.gateway;

/**
 * How much a peer may still send: a bucket that fills with time. A request takes one from it, and a large
 * one another for each KiB. It may be overdrawn, but by no more than comes back within the write timeout: for longer than that at a
 * stretch nobody is kept waiting. One read of a transport's is seldom worth as much, unless its requests are empty and cost
 * the server next to nothing. Used by the thread that reads.
 */
final class RateMeter {
    static final int KIB = 1 << 10;

    private final GatewayOptions options;
    private double tokens;
    private long last;

    RateMeter(GatewayOptions options, long now) {
        this.options = options;
        this.tokens = options.burstRequests();
        this.last = now;
    }

    /** Takes a number off; gives how long to wait before the next, in nanoseconds, 0 for not at all. */
    long take(long now, long taken) {
        double perNano = options.requestsPerSecond() / 1e9;
        tokens = Math.min(options.burstRequests(), tokens + (now - last) * perNano) - taken;
        last = now;
        if (tokens >= 0) {
            return 0;
        }
        tokens = Math.max(tokens, -options.writeTimeout().toNanos() * perNano);
        return (long) Math.ceil(-tokens / perNano);
    }
}
