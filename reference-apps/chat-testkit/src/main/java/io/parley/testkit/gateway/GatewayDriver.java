package io.parley.testkit.gateway;

import io.parley.gateway.Gateway;
import java.util.Optional;
import java.util.Set;

/**
 * What the contracts need to know of one protocol. {@link NativeDriver} is one for the native protocol. The test's thread
 * calls it.
 */
public interface GatewayDriver {

    /**
     * The gateway to test. The contracts give the server their own options; a gateway that overrides {@link
     * Gateway#options} must not widen them.
     *
     * @return a new gateway, or empty for the protocol that a server speaks by itself
     */
    Optional<Gateway> gateway();

    /**
     * What the protocol cannot do. Here, and nowhere else, is said what is not tested: no test is skipped, and {@link
     * GatewayContract} fails if a contract is bound that is listed here, or one is not bound that is not listed.
     *
     * @return the abilities that the protocol lacks; empty if it can do everything
     */
    Set<Ability> cannot();

    /**
     * A user for one connection.
     *
     * @return a new speaker, which has said and heard nothing
     */
    Speaker speaker();
}
