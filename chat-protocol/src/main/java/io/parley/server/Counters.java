package io.parley.server;

import java.util.concurrent.atomic.LongAdder;

/** How often things happened at a server since it started. Any thread counts and reads. */
final class Counters {
    final LongAdder messages = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder gaps = new LongAdder();
    final LongAdder slow = new LongAdder();
}
