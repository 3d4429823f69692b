package io.parley.gateway.line;

import io.parley.gateway.Gateway;
import io.parley.testkit.gateway.Ability;
import io.parley.testkit.gateway.GatewayDriver;
import io.parley.testkit.gateway.Speaker;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The line gateway without a start room, and with the time limits of the server. For any thread. */
final class LineDriver implements GatewayDriver {

    @Override
    public Optional<Gateway> gateway() {
        return Optional.of(LineGateway.builder()
                .room("")
                .loginTimeout(Duration.ZERO)
                .lineTimeout(Duration.ZERO)
                .build());
    }

    @Override
    public Set<Ability> cannot() {
        return EnumSet.of(
                Ability.SEVERAL_ROOMS,
                Ability.MODERATION,
                Ability.PING,
                Ability.OWN_ENTRIES,
                Ability.CODES,
                Ability.SEVERAL_LINES);
    }

    @Override
    public Speaker speaker() {
        return new LineSpeaker();
    }
}
