/**
 * Contracts of gateways: what every protocol that a server speaks must do.
 *
 * <p>Who writes a gateway binds {@link io.parley.testkit.gateway.GatewayContract}, and with it the contract of each {@link
 * io.parley.testkit.gateway.Ability} that the protocol has. A binding says which transport the tests run on and which
 * protocol they drive:
 *
 * <pre>{@code
 * final class MyGatewayTest implements GatewayContract, GatewayTopicContract {
 *     @Override
 *     public ChatFixture open() {
 *         return MemoryFixture.seeded(1);
 *     }
 *
 *     @Override
 *     public GatewayDriver driver() {
 *         return new MyDriver();
 *     }
 * }
 * }</pre>
 *
 * <p>The protocol is driven by a {@link io.parley.testkit.gateway.GatewayDriver}, which has three methods: the gateway, what
 * the protocol cannot do, and a {@link io.parley.testkit.gateway.Speaker} for each connection. A speaker is a client of the
 * protocol in its plainest form. It turns "log in", "join", "say" into bytes, and bytes into what was {@link
 * io.parley.testkit.gateway.Heard}. It needs no sockets, threads or clock. A protocol without acknowledgements, request
 * numbers or pings, and with one room at a time, can be driven.
 *
 * <p>Each test starts a server with a listener for the gateway and another for the native protocol, and lets users of both
 * meet. On the network in memory all of it takes seconds. Over sockets the transport needs small buffers, or slow readers
 * are not slow: {@code SystemFixture.tcp(server, narrow)} with 64 KiB for each.
 */
@NullMarked
package io.parley.testkit.gateway;

import org.jspecify.annotations.NullMarked;
