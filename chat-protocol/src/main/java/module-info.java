/** The Parley chat engine: server, client, rooms, frames, and the interfaces to transports, journals and gateways. */
module io.parley.protocol {
    requires static org.jspecify;

    exports io.parley.client;
    exports io.parley.codec;
    exports io.parley.gateway;
    exports io.parley.journal;
    exports io.parley.model;
    exports io.parley.policy;
    exports io.parley.room;
    exports io.parley.server;
    exports io.parley.transport;
    exports io.parley.transport.memory;
    exports io.parley.wire;
}
