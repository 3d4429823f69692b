package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.gateway.GatewayOptions;
import io.parley.testkit.chat.Peer;
import io.parley.transport.Acceptor;
import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Listening;
import io.parley.transport.Scheduler;
import io.parley.transport.Transport;
import io.parley.transport.memory.MemoryAddress;
import io.parley.transport.memory.MemoryNetwork;
import io.parley.wire.Ping;
import io.parley.wire.ServerFrame;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** Time goes on for everybody, whatever throws in a tick. */
class ServerTickTest {
    private static final MemoryAddress BROKEN = new MemoryAddress("broken");

    private final MemoryNetwork network = MemoryNetwork.seeded(7);

    @Test
    void aConnectionThatCannotBeClosedKeepsNobodyElse() {
        Script script = new Script(network, builder -> builder.listen(new Unclosable(network.transport()), BROKEN));
        Peer<ServerFrame> broken = Peer.connect(network.transport(), BROKEN);
        Peer<ServerFrame> stranger = script.stranger();
        network.advance(GatewayOptions.DEFAULT.loginTimeout().plusSeconds(1));
        assertThat(stranger.isOver()).isTrue();
        network.advance(GatewayOptions.DEFAULT.closeTimeout().plusSeconds(1));
        assertThat(broken.isOver()).isTrue();
        assertThat(script.server.connections()).isZero();
    }

    @Test
    void aTickThatThrowsIsNotTheLast() {
        Stumbling clock = new Stumbling(network.scheduler());
        Script script = new Script(network, builder -> builder.scheduler(clock));
        Peer<ServerFrame> alice = script.guest("alice");
        clock.stumbles = true;
        script.network.advance(Duration.ofSeconds(1));
        assertThat(clock.stumbles).isFalse();
        assertThat(script.advance(alice, GatewayOptions.DEFAULT.heartbeat())).containsExactly(new Ping(0));
    }

    /** A transport whose connections throw when they are to be closed in order. */
    private record Unclosable(Transport transport) implements Transport {
        @Override
        public Listening listen(SocketAddress address, Acceptor acceptor) throws IOException {
            return transport.listen(address, remote -> {
                ConnectionHandler handler = acceptor.accept(remote);
                return of(ConnectionHandler.class, (self, method, args) -> {
                    Object[] given = args;
                    if (args[0] instanceof Connection connection) {
                        given = new Object[] {unclosable(connection)};
                    }
                    return method.invoke(handler, given);
                });
            });
        }

        private static Connection unclosable(Connection connection) {
            return of(Connection.class, (self, method, args) -> {
                if (method.getName().equals("close")) {
                    throw new IllegalStateException("cannot be closed");
                }
                return method.invoke(connection, args);
            });
        }

        private static <T> T of(Class<T> type, InvocationHandler calls) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
        }

        @Override
        public Connection connect(SocketAddress address, ConnectionHandler handler) {
            return transport.connect(address, handler);
        }
    }

    /** A scheduler whose clock fails once. */
    private static final class Stumbling implements Scheduler {
        private final Scheduler scheduler;
        private boolean stumbles;

        Stumbling(Scheduler scheduler) {
            this.scheduler = scheduler;
        }

        @Override
        public long nanoTime() {
            if (stumbles) {
                stumbles = false;
                throw new IllegalStateException("no clock");
            }
            return scheduler.nanoTime();
        }

        @Override
        public long epochMillis() {
            return scheduler.epochMillis();
        }

        @Override
        public Timeout schedule(Duration delay, Runnable task) {
            return scheduler.schedule(delay, task);
        }

        @Override
        public Executor executor() {
            return scheduler.executor();
        }
    }
}
