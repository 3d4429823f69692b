/**
 * Tests of server and client together, for a transport or for a program of your own.
 *
 * <p><b>A transport.</b> Bind {@link io.parley.testkit.chat.ChatContract}, {@link io.parley.testkit.chat.OrderContract}, {@link
 * io.parley.testkit.chat.StallContract} and, with sockets, {@link io.parley.testkit.chat.SlowPolicyContract}. A binding opens a fixture for each test:
 *
 * <pre>{@code
 * final class MyChatTest implements ChatContract {
 *     @Override
 *     public ChatFixture open() {
 *         return SystemFixture.tcp(MyTransport.create());
 *     }
 * }
 * }</pre>
 *
 * <p><b>A program.</b> On the network in memory a test needs no port and no thread, and does not wait for the clock of the
 * system. {@link io.parley.testkit.chat.Chat} is a server with its clients, and {@link io.parley.testkit.chat.Ears} notes
 * what a client hears. The same seed gives the same order of events:
 *
 * <pre>{@code
 * final class GreeterTest {
 *     private final MemoryFixture fixture = MemoryFixture.seeded(1);
 *
 *     @Test
 *     void greetsWhoJoins() {
 *         try (Chat chat = Chat.open(fixture)) {
 *             Greeter.start(chat.guest("greeter"), "lobby");
 *             Ears ears = new Ears();
 *             chat.enter(chat.guest("alice"), "lobby", ears);
 *             fixture.settle("a greeting", () -> ears.heard("greeter: Hello, alice!"));
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>A program that starts its own server gives it {@code fixture.transport()}, {@code fixture.address()} and {@code
 * fixture.scheduler()}. A program that blocks in its callbacks is tested on {@code fixture.threaded()}.
 */
@NullMarked
package io.parley.testkit.chat;

import org.jspecify.annotations.NullMarked;
