/** A transport for Parley of event loops (selectors). */
module io.parley.transport.nio {
    requires transitive io.parley.protocol;
    requires static org.jspecify;
    requires tls.channel;

    exports io.parley.transport.nio;
}
