package io.parley.apps.server;

import static io.parley.apps.server.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ClientState;
import io.parley.model.ErrorCode;
import io.parley.model.UserKind;
import io.parley.transport.nio.NioTransport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole server whose accounts are in its store. */
@Timeout(300)
class StoredAccountsTest {
    private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern CODE = Pattern.compile("good for one account: (\\S+)");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream(); // by other commands
    private PipedOutputStream keyboard = new PipedOutputStream();
    private CompletableFuture<Integer> ended = CompletableFuture.completedFuture(0);
    private int port;

    private void start(String... more) throws Exception {
        out.reset();
        keyboard = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(keyboard);
        PrintStream to = new PrintStream(out, true, UTF_8);
        List<String> args = new ArrayList<>(List.of("--host=127.0.0.1", "--port=0"));
        args.addAll(List.of(more));
        ended = CompletableFuture.supplyAsync(() -> ChatServerApp.run(in, to, to, args.toArray(String[]::new)));
        awaitOut("A line typed here");
        Matcher where = PORT.matcher(out.toString(UTF_8));
        assertThat(where.find()).isTrue();
        port = Integer.parseInt(where.group(1));
    }

    private String data() {
        return "--data=" + folder.resolve("data");
    }

    @AfterEach
    void stop() throws Exception {
        if (!ended.isDone()) {
            type("/drain");
        }
        assertThat(ended).succeedsWithin(Patience.LIMIT).isEqualTo(0);
        keyboard.close();
    }

    private void type(String line) throws IOException {
        keyboard.write((line + "\n").getBytes(UTF_8));
        keyboard.flush();
    }

    private void awaitOut(String part) {
        await().untilAsserted(() -> assertThat(out.toString(UTF_8)).contains(part));
    }

    private ChatClient connect(ChatClient.Builder client) {
        return client.connect(NioTransport.create(), new InetSocketAddress("127.0.0.1", port));
    }

    private static ChatClient.Builder anna() {
        return ChatClient.builder().name("anna");
    }

    private int refusal(ChatClient.Builder client) {
        return catchThrowableOfType(ChatException.class, () -> connect(client)).code();
    }

    private static void awaitEnd(ChatClient client) {
        await().until(() -> client.state().phase() == ClientState.Phase.ENDED);
    }

    @Test
    void theOperatorMakesAndChangesAccounts() throws Exception {
        start(data());
        assertThat(refusal(anna().password("correct horse"))).isEqualTo(ErrorCode.AUTH_FAILED);
        type("/account add Anna correct horse");
        awaitOut("Anna is added");
        assertThat(refusal(anna())).isEqualTo(ErrorCode.NAME_TAKEN);
        try (ChatClient one = connect(anna().password("correct horse"))) {
            assertThat(one.user().kind()).isEqualTo(UserKind.ACCOUNT);
            type("/account operator anna");
            awaitOut("Anna is an operator from its next login on");
            type("/account password anna battery staple");
            awaitOut("Anna has a new password");
            awaitEnd(one);
        }
        assertThat(refusal(anna().password("correct horse"))).isEqualTo(ErrorCode.AUTH_FAILED);
        type("/account add anna correct horse");
        awaitOut("not done: there is an account of that name");
        type("/account add bob bob");
        awaitOut("not done: a password has at least 8 characters");
        type("/account add bob");
        awaitOut("not done: PASSWORD is missing");
        type("/account list");
        awaitOut("Anna, an operator, since ");
        type("/drain");
        assertThat(ended).succeedsWithin(Patience.LIMIT).isEqualTo(0);
        start(data());
        try (ChatClient again = connect(anna().password("battery staple"))) {
            assertThat(again.name()).isEqualTo("Anna");
            type("/account delete anna");
            awaitOut("Anna is deleted");
            awaitEnd(again);
        }
        type("/account list");
        awaitOut("there are no accounts");
    }

    @Test
    void usersRegisterWithACodeAndChangeTheirPasswords() throws Exception {
        start("--memory", "--registration=code");
        assertThat(refusal(anna().register("correct horse", ""))).isEqualTo(ErrorCode.AUTH_FAILED);
        type("/account invite");
        awaitOut("good for one account: ");
        Matcher code = CODE.matcher(out.toString(UTF_8));
        assertThat(code.find()).isTrue();
        try (ChatClient anna = connect(anna().register("correct horse", code.group(1)));
                ChatClient other = connect(anna().password("correct horse"))) {
            anna.changePassword("correct horse", "battery staple").join();
            awaitEnd(other);
            assertThat(anna.state().phase()).isEqualTo(ClientState.Phase.ONLINE);
        }
        assertThat(refusal(ChatClient.builder().name("bob").register("correct horse", code.group(1))))
                .isEqualTo(ErrorCode.AUTH_FAILED);
        connect(anna().password("battery staple")).close();
    }

    @Test
    void aFileIsCopiedIntoTheStore() throws Exception {
        Path file = folder.resolve("accounts");
        Path socket = folder.resolve("s");
        assertThat(run("secret\n", "account", "add", file.toString(), "anna")).isZero();
        assertThat(run("hidden\n", "account", "add", file.toString(), "bob")).isZero();
        assertThat(run("", "account", "operator", file.toString(), "anna")).isZero();
        start(data(), "--admin-socket=" + socket);
        type("/account add bob correct horse");
        awaitOut("bob is added");
        assertThat(run("", "account", "import", file.toString(), "--socket=" + socket))
                .isZero();
        assertThat(said.toString(UTF_8))
                .contains("bob is not imported: there is an account", "imported 1 of 2 accounts");
        connect(anna().password("secret")).close();
        connect(anna().password("secret")).close(); // now of another hash
        assertThat(refusal(ChatClient.builder().name("bob").password("hidden"))).isEqualTo(ErrorCode.AUTH_FAILED);
        assertThat(run("", "account", "import", folder.resolve("none").toString(), "--socket=" + socket))
                .isEqualTo(1);
        assertThat(run("", "account", "import", file.toString())).isEqualTo(2);
        assertThat(run("", "account", "list", file.toString(), "--socket=" + socket))
                .isEqualTo(2);
    }

    @Test
    void withAFileThereIsNoOtherTable() throws Exception {
        Path file = folder.resolve("accounts");
        assertThat(run("secret\n", "account", "add", file.toString(), "anna")).isZero();
        start("--memory", "--accounts=" + file);
        type("/account list");
        awaitOut("not done: the accounts are those of the file " + file);
        connect(anna().password("secret")).close();
    }

    private int run(String input, String... args) {
        said.reset();
        PrintStream to = new PrintStream(said, true, UTF_8);
        return ChatServerApp.run(new ByteArrayInputStream(input.getBytes(UTF_8)), to, to, args);
    }
}
