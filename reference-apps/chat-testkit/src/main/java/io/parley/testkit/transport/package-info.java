/**
 * Tests for a transport of your own. A binding is a test class that implements {@link
 * io.parley.testkit.transport.TransportContract} and gives a new {@link io.parley.testkit.transport.Bench} for each test:
 *
 * <pre>{@code
 * final class MyTransportTest implements TransportContract {
 *     private final Bench bench =
 *             Bench.of(MyTransport.create(), () -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
 *
 *     @Override
 *     public Bench bench() {
 *         return bench;
 *     }
 * }
 * }</pre>
 *
 * <p>JUnit makes a new instance of the class for each test, so a field is enough. A test fails if a thread is left that was
 * started after the bench was made. A transport over Unix-domain sockets binds {@link
 * io.parley.testkit.transport.UnixDomainContract}, which includes the other. For tests of your own, connect {@link
 * io.parley.testkit.transport.Probe}s by the bench.
 *
 * <p>A transport also binds the contracts of {@code io.parley.testkit.chat}.
 */
@NullMarked
package io.parley.testkit.transport;

import org.jspecify.annotations.NullMarked;
