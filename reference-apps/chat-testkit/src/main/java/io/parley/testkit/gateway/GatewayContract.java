package io.parley.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every gateway must do, whatever its protocol. A binding is a test class that implements this interface and those of the
 * abilities that its protocol has; the description of the package shows one. Each test is a conversation in one room between
 * users of the gateway and users of the native protocol.
 */
public interface GatewayContract
        extends GatewayAdmissionContract,
                GatewayConversationContract,
                GatewayLimitsContract,
                GatewayBacklogContract,
                GatewayModerationContract,
                GatewayEndContract,
                GatewayCountingContract,
                GatewayPolicyContract,
                GatewayRightsContract,
                RestrictionTableContract,
                GatewayCrowdContract {

    /** The binding has a contract for each ability that the driver does not deny, and for no other. */
    @Test
    default void bindsWhatTheProtocolCanDo() {
        Map<Ability, Class<?>> contracts = new EnumMap<>(Map.of(
                Ability.RENAME, GatewayRenameContract.class,
                Ability.TOPIC, GatewayTopicContract.class,
                Ability.DIRECT, GatewayDirectContract.class,
                Ability.PRESENCE, GatewayPresenceContract.class,
                Ability.SEVERAL_ROOMS, GatewayRoomsContract.class,
                Ability.MODERATION, GatewayModeratorContract.class,
                Ability.ACCOUNTS, GatewayAccountContract.class,
                Ability.PING, GatewayPingContract.class));
        contracts.forEach((ability, contract) -> assertThat(contract.isInstance(this))
                .as("%s is bound", contract.getSimpleName())
                .isEqualTo(!driver().cannot().contains(ability)));
    }
}
