package io.parley.testkit.gateway;

import io.parley.testkit.chat.Opener;

/**
 * What a binding of a gateway contract implements: {@link #open()} gives the transport and the clock, and this the protocol.
 * A fixture over sockets should have small buffers, as {@link io.parley.testkit.chat.StallContract} needs them too.
 */
public interface GatewayBinding extends Opener {

    /**
     * The protocol.
     *
     * @return a driver, the same or a new one each time
     */
    GatewayDriver driver();
}
