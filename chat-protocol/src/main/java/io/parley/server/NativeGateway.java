package io.parley.server;

import io.parley.gateway.Gateway;
import io.parley.gateway.Peer;
import io.parley.gateway.Protocol;
import io.parley.room.Encoding;

/** The native protocol, as WIRE.md has it. */
final class NativeGateway implements Gateway {
    private final Encoding encoding = new NativeEncoding();

    @Override
    public String name() {
        return "native";
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    @Override
    public Protocol open(Peer peer) {
        return new NativeProtocol(peer, encoding);
    }
}
