/** A transport for Parley of event loops (selectors). */
module io.parley.transport.nio {
    requires transitive io.parley.protocol;
    requires static org.jspecify;

    exports io.parley.transport.nio;
}
