/** A transport for Parley with a reader and a writer thread for each connection. */
module io.parley.transport.blocking {
    requires transitive io.parley.protocol;
    requires static org.jspecify;

    exports io.parley.transport.blocking;
}
