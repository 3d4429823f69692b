package io.parley.testkit.gateway;

import io.parley.gateway.Gateway;
import java.util.Optional;
import java.util.Set;

/** The native protocol, frame by frame. It can do everything. For any thread. */
public final class NativeDriver implements GatewayDriver {

    /** A driver. */
    public NativeDriver() {}

    @Override
    public Optional<Gateway> gateway() {
        return Optional.empty();
    }

    @Override
    public Set<Ability> cannot() {
        return Set.of();
    }

    @Override
    public Speaker speaker() {
        return new NativeSpeaker();
    }
}
