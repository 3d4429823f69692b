package io.parley.apps.server.terminal;

import static io.parley.apps.server.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.server.Keyboard;
import io.parley.apps.server.Patience;
import io.parley.apps.server.operator.OperatorCompleter;
import io.parley.apps.server.terminal.Prompt.Listener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lines typed at a terminal while others print to it. */
@Timeout(300)
class PromptTest {
    private static final Map<String, List<String>> ANSWERS = Map.of(
            "/rooms", List.of("lobby, 2 here: tea", "attic, 0 here"),
            "/who lobby", List.of("anna, member", "annika, moderator"));

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Boolean> over = new CompletableFuture<>();
    private Keyboard keyboard;
    private Prompt prompt;
    private Thread thread;

    private final Listener listener = new Listener() {
        @Override
        public void onLine(String line) {
            heard.add(line);
        }

        @Override
        public boolean onInterrupt() {
            return heard.add("interrupt");
        }

        @Override
        public boolean onEnd(int consecutive) {
            return heard.add("end " + consecutive);
        }
    };

    @BeforeEach
    void open() throws IOException {
        keyboard = new Keyboard();
        prompt = new Prompt(
                keyboard.terminal(),
                new OperatorCompleter(command -> ANSWERS.getOrDefault(command, List.of())),
                () -> true,
                () -> heard.add(keyboard.isCooked() ? "stopped" : "stopped with the terminal in disorder"));
        thread = new Thread(() -> over.complete(read()), "test-prompt");
        thread.start();
        keyboard.awaitLast(">");
    }

    private boolean read() {
        try {
            prompt.read(listener);
            return true;
        } catch (IOException | RuntimeException failed) {
            return false;
        }
    }

    @AfterEach
    void close() throws InterruptedException {
        prompt.end();
        thread.interrupt();
        thread.join();
        prompt.close();
        assertThat(over.join()).isTrue();
    }

    private void hears(String... lines) {
        await().untilAsserted(() -> assertThat(heard).containsExactly(lines));
    }

    @Test
    void aHalfTypedLineSurvivesWhatOthersPrint() {
        keyboard.type("/topic lobby half a");
        keyboard.awaitLast("> /topic lobby half a");
        for (int i = 0; i < 40; i++) { // more than the screen has
            prompt.printAbove("line " + i);
        }
        keyboard.awaitLast("> /topic lobby half a");
        assertThat(keyboard.screen()).containsSubsequence("line 37", "line 38", "line 39", "> /topic lobby half a");
        keyboard.type(" line\r");
        hears("/topic lobby half a line");
    }

    @Test
    void completesCommandsAndWhatBelongsBehindThem() {
        keyboard.type("/ki\t");
        keyboard.awaitLast("> /kick");
        keyboard.type("lo\t");
        keyboard.awaitLast("> /kick lobby");
        keyboard.type("an\t");
        keyboard.awaitScreen(lines -> lines.contains("> /kick lobby ann"));
        keyboard.type("a\t");
        keyboard.awaitScreen(lines -> lines.contains("> /kick lobby anna"));
        keyboard.type("\r");
        hears("/kick lobby anna");
    }

    @Test
    void listsTheCommandsThatThereAre() {
        keyboard.type("/un\t\t");
        keyboard.awaitScreen(
                lines -> lines.stream().anyMatch(line -> line.contains("/unban") && line.contains("lifts that")));
    }

    @Test
    void recallsLines() {
        keyboard.type("/say lobby one\r/rooms\r");
        hears("/say lobby one", "/rooms");
        keyboard.type(Keyboard.CTRL_P + Keyboard.CTRL_P);
        keyboard.awaitLast("> /say lobby one");
        keyboard.type(" more\r");
        hears("/say lobby one", "/rooms", "/say lobby one more");
    }

    @Test
    void takesQuotesAndMarksAsTheyAre() {
        keyboard.type("don't \"shout\\ !!\r");
        hears("don't \"shout\\ !!");
    }

    @Test
    void linesThatArePastedAreSeveral() {
        keyboard.type("\u001B[200~/rooms\r/who\r\u001B[201~\r");
        hears("/rooms", "/who");
    }

    @Test
    void anInterruptClearsALineAndOnlyAnEmptyOneIsOne() {
        keyboard.type("nonsense");
        keyboard.awaitLast("> nonsense");
        keyboard.type(Keyboard.CTRL_C);
        keyboard.awaitLast(">");
        assertThat(heard).isEmpty();
        keyboard.type(Keyboard.CTRL_C);
        hears("interrupt");
        keyboard.type("/rooms\r");
        hears("interrupt", "/rooms");
    }

    @Test
    void theEndOfTheInputIsToldAndTheSecondInARowIsTheLast() {
        keyboard.type(Keyboard.CTRL_D);
        hears("end 1");
        keyboard.type("/rooms" + Keyboard.CTRL_D + "\r");
        hears("end 1", "/rooms");
        keyboard.type(Keyboard.CTRL_D);
        hears("end 1", "/rooms", "end 1");
        keyboard.type(Keyboard.CTRL_D);
        assertThat(over).succeedsWithin(Patience.LIMIT).isEqualTo(true);
        hears("end 1", "/rooms", "end 1", "end 2");
    }

    @Test
    void isStoppedWithTheTerminalInOrderAndGoesOnWithTheLine() {
        keyboard.type("half");
        keyboard.awaitLast("> half");
        keyboard.type(Keyboard.CTRL_Z);
        hears("stopped");
        keyboard.awaitScreen(lines -> lines.stream().filter("> half"::equals).count() == 2);
        keyboard.type(" done\r");
        hears("stopped", "half done");
    }

    @Test
    void whatOthersSendIsHarmless() {
        prompt.printAbove("before");
        Printer printer = new Printer(new PrintStream(OutputStream.nullOutputStream()));
        printer.through(prompt::printAbove);
        keyboard.type("/who");
        keyboard.awaitLast("> /who");
        printer.line("enter \u001B[2J\u001B[H\u001B]0;title\u0007mal\rlory\u009B31m");
        keyboard.awaitScreen(lines -> lines.size() >= 3);
        assertThat(keyboard.screen())
                .containsExactly(
                        "before", "enter \\u{1B}[2J\\u{1B}[H\\u{1B}]0;title\\u{7}mal\\rlory\\u{9B}31m", "> /who");
    }

    @Test
    void endsInTheMiddleOfALine() throws InterruptedException {
        keyboard.type("half");
        keyboard.awaitLast("> half");
        prompt.printAbove("ended");
        prompt.end();
        thread.interrupt();
        thread.join();
        assertThat(heard).isEmpty();
        assertThat(keyboard.screen()).containsExactly("ended");
    }
}
