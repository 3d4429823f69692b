package io.parley.testkit.gateway;

/** The contract of gateways for the native protocol, with a transport to be chosen. */
public interface NativeGatewayContract
        extends GatewayContract,
                GatewayRenameContract,
                GatewayTopicContract,
                GatewayDirectContract,
                GatewayPresenceContract,
                GatewayRoomsContract,
                GatewayModeratorContract,
                GatewayAccountContract,
                GatewayPingContract {

    @Override
    default GatewayDriver driver() {
        return new NativeDriver();
    }
}
