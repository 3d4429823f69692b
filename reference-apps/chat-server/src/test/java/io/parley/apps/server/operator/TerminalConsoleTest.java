package io.parley.apps.server.operator;

import static io.parley.apps.server.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.server.Keyboard;
import io.parley.apps.server.Program;
import io.parley.apps.server.ServerApp;
import io.parley.apps.server.terminal.Printer;
import io.parley.apps.server.terminal.Prompt;
import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.transport.nio.NioTransport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server, and its operator at a terminal. */
@Timeout(300)
class TerminalConsoleTest {
    private static final Pattern JOINED = Pattern.compile(".* join  lobby alice");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private static ServerApp startAt(Keyboard keyboard) throws IOException {
        return Program.start(at(keyboard), keyboard.output());
    }

    private ServerApp start(OperatorConsole console) throws IOException {
        return Program.start(console, new PrintStream(out, true, UTF_8));
    }

    private static OperatorConsole at(Keyboard keyboard) {
        return new TerminalConsole(
                InputStream.nullInputStream(),
                () -> true,
                completer -> new Prompt(keyboard.terminal(), completer, () -> true, () -> {}));
    }

    private static ChatClient connect(ServerApp server, String name) {
        return ChatClient.builder()
                .name(name)
                .connect(
                        NioTransport.create(),
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(),
                                ((InetSocketAddress) server.addresses().get(0)).getPort()));
    }

    private static int indexOf(List<String> lines, Pattern pattern) {
        return (int) lines.stream()
                .takeWhile(line -> !pattern.matcher(line).matches())
                .count();
    }

    @Test
    void logsAboveTheLineAndCompletesWhoIsThere() throws Exception {
        Keyboard keyboard = new Keyboard();
        try (ServerApp server = startAt(keyboard)) {
            keyboard.awaitLast(">");
            keyboard.type("/kick lobby al");
            keyboard.awaitLast("> /kick lobby al");
            try (ChatClient alice = connect(server, "alice")) {
                ChatRoom lobby = alice.enter("lobby", message -> {});
                keyboard.awaitScreen(lines -> indexOf(lines, JOINED) < lines.size());
                keyboard.awaitLast("> /kick lobby al");
                keyboard.type("\tenough\r");
                keyboard.awaitScreen(lines -> lines.contains("kicked alice out of lobby"));
                assertThat(keyboard.screen()).contains("> /kick lobby alice enough");
                assertThat(lobby.name()).isEqualTo("lobby");
            }
        }
        keyboard.awaitScreen(lines -> lines.get(lines.size() - 1).endsWith("ended"));
    }

    @Test
    void anInterruptOnAnEmptyLineDrains() throws Exception {
        Keyboard keyboard = new Keyboard();
        ServerApp server = startAt(keyboard);
        keyboard.awaitLast(">");
        keyboard.type(Keyboard.CTRL_C + Keyboard.CTRL_C);
        server.awaitEnded();
        keyboard.awaitLast("ended");
        assertThat(keyboard.screen())
                .filteredOn(line -> line.startsWith("draining"))
                .hasSize(1);
    }

    @Test
    void noPromptComesAfterTheLastLine() throws Exception {
        Keyboard keyboard = new Keyboard();
        OperatorConsole interrupted = new OperatorConsole() {
            private final OperatorConsole console = at(keyboard);

            @Override
            public void open(Operator operator, Printer printer, Consumer<String> answers) {
                console.open(operator, printer, answers);
            }

            @Override
            public void close() {
                int prompts = keyboard.screen().size();
                keyboard.type(Keyboard.CTRL_C);
                keyboard.awaitScreen(lines -> lines.size() > prompts);
                console.close();
            }
        };
        try (ServerApp server = Program.start(interrupted, keyboard.output())) {
            keyboard.awaitLast(">");
            assertThat(server.addresses()).hasSize(1);
        }
        keyboard.awaitLast("ended");
    }

    @Test
    void theEndOfTheInputIsNotTheEndOfTheServer() throws Exception {
        Keyboard keyboard = new Keyboard();
        try (ServerApp server = startAt(keyboard)) {
            keyboard.awaitLast(">");
            keyboard.type(Keyboard.CTRL_D + Keyboard.CTRL_D);
            keyboard.awaitLast("Nothing is read here any more; Ctrl-C ends the server.");
            try (ChatClient alice = connect(server, "alice")) {
                keyboard.awaitScreen(lines -> lines.stream().anyMatch(line -> line.contains("enter alice")));
                assertThat(alice.name()).isEqualTo("alice");
            }
        }
    }

    @Test
    void readsPlainLinesWhereTheTerminalCannotBeUsed() throws Exception {
        InputStream in = new ByteArrayInputStream("/rooms\n".getBytes(UTF_8));
        OperatorConsole console = new TerminalConsole(in, () -> true, ask -> {
            throw new IOException("no such terminal");
        });
        try (ServerApp server = start(console)) {
            await().until(() -> out.toString(UTF_8).contains("lobby, 0 here"));
            assertThat(server.addresses()).hasSize(1);
        }
    }

    @Test
    void readsNothingFromATerminalThatIsAnothers() throws Exception {
        InputStream in = new ByteArrayInputStream("/stop\n".getBytes(UTF_8));
        OperatorConsole console = new TerminalConsole(in, () -> false, ask -> {
            throw new AssertionError("it was opened");
        });
        try (ServerApp server = start(console);
                ChatClient alice = connect(server, "alice")) {
            assertThat(alice.name()).isEqualTo("alice");
        }
        assertThat(in.available()).isEqualTo("/stop\n".length());
    }
}
