package io.parley.chat;

import io.parley.transport.Scheduler;
import io.parley.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** Sockets, threads and the clocks of the system. */
public final class SystemFixture implements ChatFixture {
    private final Transport transport;
    private final Transport narrow;
    private final SocketAddress address;
    private final SocketAddress otherAddress;

    private SystemFixture(Transport transport, Transport narrow, SocketAddress address, SocketAddress otherAddress) {
        this.transport = transport;
        this.narrow = narrow;
        this.address = address;
        this.otherAddress = otherAddress;
    }

    /** Over TCP on the loopback interface. */
    public static SystemFixture tcp(Transport transport) {
        return tcp(transport, transport);
    }

    /** The same, with another transport for clients that are to be full soon. */
    public static SystemFixture tcp(Transport transport, Transport narrow) {
        SocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new SystemFixture(transport, narrow, any, any);
    }

    /** Over Unix-domain sockets in a directory. */
    public static SystemFixture unix(Transport transport, Path directory) {
        return new SystemFixture(
                transport,
                transport,
                UnixDomainSocketAddress.of(directory.resolve("a")),
                UnixDomainSocketAddress.of(directory.resolve("b")));
    }

    @Override
    public Transport transport() {
        return transport;
    }

    @Override
    public Transport narrow() {
        return narrow;
    }

    @Override
    public SocketAddress address() {
        return address;
    }

    @Override
    public SocketAddress otherAddress() {
        return otherAddress;
    }

    @Override
    public Scheduler scheduler() {
        return Scheduler.system();
    }

    @Override
    public void settle(String what, BooleanSupplier condition) {
        Awaitility.await(what).pollInterval(Duration.ofMillis(2)).atMost(LIMIT).until(condition::getAsBoolean);
    }
}
