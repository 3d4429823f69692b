package io.parley.apps.benchmarks.peers;

import io.netty.channel.epoll.Epoll;
import java.util.stream.Stream;

/** The kinds of peers. */
final class Kinds {
    private Kinds() {}

    /** All, that of epoll on Linux only. */
    static Stream<String> available() {
        Stream<String> everywhere = Stream.of("floor", "tutorial", "netty-nio", "netty-nio-burst");
        return Epoll.isAvailable()
                ? Stream.concat(everywhere, Stream.of("netty-epoll", "netty-epoll-burst"))
                : everywhere;
    }
}
