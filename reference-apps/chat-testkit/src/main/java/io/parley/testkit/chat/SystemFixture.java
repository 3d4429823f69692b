package io.parley.testkit.chat;

import io.parley.testkit.transport.Await;
import io.parley.transport.Scheduler;
import io.parley.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Sockets, threads and clocks of the system. */
public final class SystemFixture implements ChatFixture {
    private static final Duration POLL = Duration.ofMillis(2);

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

    /**
     * A fixture over TCP on the loopback interface.
     *
     * @param transport a transport over TCP
     * @return the fixture
     */
    public static SystemFixture tcp(Transport transport) {
        return tcp(transport, transport);
    }

    /**
     * The same, with another transport for clients that buffer little.
     *
     * @param transport a transport over TCP
     * @param narrow a transport over TCP with small buffers
     * @return the fixture
     */
    public static SystemFixture tcp(Transport transport, Transport narrow) {
        SocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new SystemFixture(transport, narrow, any, any);
    }

    /**
     * A fixture over Unix-domain sockets in a directory.
     *
     * @param transport a transport over Unix-domain sockets
     * @param directory an empty directory with a short path
     * @return the fixture
     */
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
        Await.until(what, LIMIT, POLL, condition);
    }
}
