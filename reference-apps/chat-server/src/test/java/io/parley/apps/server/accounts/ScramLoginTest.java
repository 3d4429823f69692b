package io.parley.apps.server.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.accounts.ScramLogin;
import io.parley.accounts.StoredAccounts;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ClientListener;
import io.parley.client.ClientState;
import io.parley.codec.Bytes;
import io.parley.journal.MemoryJournal;
import io.parley.model.ErrorCode;
import io.parley.model.Identity;
import io.parley.model.UserKind;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Credentials;
import io.parley.policy.Decision;
import io.parley.server.ChatServer;
import io.parley.transport.TestTls;
import io.parley.transport.TlsOptions;
import io.parley.transport.Transport;
import io.parley.transport.nio.NioTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which mechanism a login by SCRAM takes, over real sockets with TLS and without, and from servers that cheat. */
@Timeout(300)
class ScramLoginTest {
    private static final String PASSWORD = "correct horse";
    private static final String PLUS = "scram-sha-256-plus";
    private static final String PLAIN = "scram-sha-256";

    private final List<String> shown =
            new CopyOnWriteArrayList<>(); // the credentials of each login, as the server sees them
    private final AtomicReference<ChatPolicy> before = new AtomicReference<>(ChatPolicy.OPEN);
    private StoredAccounts accounts;
    private ChatServer server;

    /** Notes what is shown, asks {@code before}, and then the accounts. */
    private final class Noting implements ChatPolicy {
        @Override
        public Answer login(Applicant applicant) {
            shown.add(applicant.credentials().toString());
            Answer first = before.get().login(applicant);
            return first.equals(Decision.ALLOW) ? accounts.login(applicant) : first;
        }
    }

    @BeforeEach
    void start() throws IOException {
        accounts = StoredAccounts.builder()
                .scram(true)
                .open(MemoryJournal.withDefaults())
                .join();
        accounts.create("anna", PASSWORD).join();
        server = ChatServer.builder()
                .policy(new Noting())
                .listen(NioTransport.create(), new InetSocketAddress("127.0.0.1", 0))
                .listen(transport(TlsOptions.of(TestTls.server())), new InetSocketAddress("127.0.0.1", 0))
                .start();
    }

    @AfterEach
    void stop() {
        server.shutdown(Duration.ZERO).join();
        accounts.close();
    }

    private static Transport transport(TlsOptions tls) {
        return NioTransport.builder().tls(tls).build();
    }

    private static Transport transport(boolean tls) {
        return tls ? transport(TlsOptions.of(TestTls.client())) : NioTransport.create();
    }

    private SocketAddress address(boolean tls) {
        return server.addresses().get(tls ? 1 : 0);
    }

    private static ChatClient.Builder builder() {
        return ChatClient.builder().name("anna").reconnect(false);
    }

    private CompletableFuture<ChatClient> login(boolean tls, String password) {
        return ScramLogin.of("anna", password).connectAsync(ScramLoginTest::builder, transport(tls), address(tls));
    }

    private ChatException refused(boolean tls, String password) {
        CompletionException failed = catchThrowableOfType(
                CompletionException.class, () -> login(tls, password).join());
        assertThat(failed).hasCauseInstanceOf(ChatException.class);
        return (ChatException) failed.getCause();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theBestMechanismIsTaken(boolean tls) {
        try (ChatClient client = login(tls, PASSWORD).join()) {
            assertThat(client.user().kind()).isEqualTo(UserKind.ACCOUNT);
            assertThat(client.name()).isEqualTo("anna");
        }
        assertThat(shown).containsExactly("the mechanism " + (tls ? PLUS : PLAIN));
    }

    /** The example of docs/logins.md compiles, and does what the page says. */
    @Test
    void theExampleOfThePageLogsIn(@TempDir Path folder) throws Exception {
        Matcher block = Pattern.compile("<!-- scram-login -->\\s*```java\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "..", "docs", "logins.md")));
        assertThat(block.find()).isTrue();
        Path source = folder.resolve("Example.java");
        Files.writeString(source, """
                import io.parley.accounts.ScramLogin;
                import io.parley.client.ChatClient;
                import io.parley.transport.Transport;
                import java.net.SocketAddress;
                public class Example {
                    public static ChatClient login(String password, Transport transport, SocketAddress address) {
                        %s
                        return client;
                    }
                }
                """.formatted(block.group(1)));
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        ToolProvider.getSystemJavaCompiler()
                .run(null, complaints, complaints, "-d", folder.toString(), source.toString());
        assertThat(complaints.toString(UTF_8)).isEmpty();
        try (URLClassLoader loader = new URLClassLoader(
                        new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
                ChatClient client = (ChatClient) loader.loadClass("Example")
                        .getMethod("login", String.class, Transport.class, SocketAddress.class)
                        .invoke(null, PASSWORD, transport(true), address(true))) {
            assertThat(client.name()).isEqualTo("anna");
        }
        assertThat(shown).containsExactly("the mechanism " + PLUS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWrongPasswordIsToldAsWithPlainAndTriedOnce(boolean tls) {
        ChatException no = refused(tls, "wrong horse");
        assertThat(no.code()).isEqualTo(ErrorCode.AUTH_FAILED);
        assertThat(no).hasMessage("wrong name or password");
        assertThat(shown).hasSize(1);
    }

    @Test
    void whereThereIsNoBindingTheOtherMechanismIsTaken() {
        // As behind a proxy that speaks TLS: the server sees a connection in the clear.
        before.set(policy(applicant -> accounts.login(without(applicant))));
        try (ChatClient client = login(true, PASSWORD).join()) {
            assertThat(client.user().kind()).isEqualTo(UserKind.ACCOUNT);
        }
        assertThat(shown).containsExactly("the mechanism " + PLUS, "the mechanism " + PLAIN);
    }

    @Test
    void aMechanismThatSomebodyHidesIsNotForgotten() {
        before.set(policy(applicant -> applicant.credentials() instanceof Credentials.Exchange asked
                        && asked.mechanism().equals(PLUS)
                ? Decision.deny("no such mechanism")
                : Decision.ALLOW));
        ChatException no = refused(true, PASSWORD);
        assertThat(no.code()).isEqualTo(ErrorCode.AUTH_FAILED);
        assertThat(no).hasMessageContaining("believes that it has none");
        assertThat(shown).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerWithoutScramIsToldAndThePasswordIsNotSent(boolean tls) {
        before.set(policy(applicant -> Decision.deny("this server does not take such credentials")));
        ChatException no = refused(tls, PASSWORD);
        assertThat(no.code()).isEqualTo(ErrorCode.AUTH_FAILED);
        assertThat(no)
                .hasMessage(
                        "the server does not take this login with SCRAM: this server does not take such credentials");
        assertThat(shown).hasSize(tls ? 2 : 1).allMatch(one -> one.startsWith("the mechanism scram-sha-256"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatProvesNothingIsNotBelieved(boolean tls) {
        before.set(policy(applicant -> Decision.admit(Identity.account("1", "anna"))));
        assertThat(refused(tls, PASSWORD)).hasMessageContaining("has not proved that it knows this account");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerWithAProofOfItsOwnIsNotBelieved(boolean tls) {
        before.set(policy(applicant -> {
            Credentials.Exchange asked = (Credentials.Exchange) applicant.credentials();
            String first = new String(asked.initial().toArray(), UTF_8);
            String challenge = first.substring(first.indexOf("r=")) + "more,s=AAAA,i=4096";
            return Answer.later(asked.client()
                    .ask(bytes(challenge))
                    .thenCompose(proof -> asked.client().ask(bytes("v=AAAA")))
                    .thenApply(empty -> Decision.admit(Identity.account("1", "anna")))
                    .toCompletableFuture());
        }));
        ChatException no = refused(tls, PASSWORD);
        assertThat(no.code()).isEqualTo(ErrorCode.AUTH_FAILED);
        assertThat(no).hasMessageContaining("the server does not know the password of this account");
        assertThat(shown).hasSize(1);
    }

    @Test
    void overANetworkInTheClearNothingIsSent() {
        Transport never = NioTransport.create();
        SocketAddress afar = new InetSocketAddress("203.0.113.7", 1); // of examples (RFC 5737)
        CompletableFuture<ChatClient> coming =
                ScramLogin.of("anna", PASSWORD).connectAsync(ScramLoginTest::builder, never, afar);
        assertThat(coming)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("a password is not sent in the clear");
        assertThat(coming.handle((client, why) -> why.getMessage()).join()).doesNotContain("SCRAM");
    }

    @Test
    void eachAttemptHasAListenerOfItsOwn() {
        before.set(policy(applicant -> accounts.login(without(applicant))));
        List<CompletableFuture<ClientState.Phase>> told = new CopyOnWriteArrayList<>();
        Supplier<ChatClient.Builder> builders = () -> {
            CompletableFuture<ClientState.Phase> one = new CompletableFuture<>();
            told.add(one);
            return builder().listener(new ClientListener() {
                @Override
                public void onState(ClientState state) {
                    one.complete(state.phase());
                }
            });
        };
        ScramLogin login = ScramLogin.of("anna", PASSWORD);
        try (ChatClient client =
                login.connectAsync(builders, transport(true), address(true)).join()) {
            assertThat(client.name()).isEqualTo("anna");
            assertThat(told.stream().map(CompletableFuture::join))
                    .containsExactly(ClientState.Phase.ENDED, ClientState.Phase.ONLINE);
        }
    }

    @Test
    void aClientThatNobodyWaitsForIsClosed() {
        CompletableFuture<String> closed = new CompletableFuture<>();
        CompletableFuture<Decision> decision = new CompletableFuture<>();
        Supplier<ChatClient.Builder> builders = () -> builder().listener(new ClientListener() {
            @Override
            public void onClosed(ChatException why) {
                closed.complete(String.valueOf(why.getMessage()));
            }
        });
        before.set(policy(applicant ->
                Answer.later(decision.thenCompose(allowed -> ((Answer.Later) accounts.login(applicant)).decision()))));
        CompletableFuture<ChatClient> coming =
                ScramLogin.of("anna", PASSWORD).connectAsync(builders, transport(false), address(false));
        coming.cancel(false);
        decision.complete(Decision.ALLOW);
        assertThat(closed.join()).isEqualTo("closed");
        assertThat(shown).hasSize(1);
    }

    @Test
    void theNextConnectionUsesTheNewPassword() {
        ScramLogin login = ScramLogin.of("anna", PASSWORD);
        accounts.resetPassword("anna", "another horse").join();
        login.changePassword("another horse");
        login.connectAsync(ScramLoginTest::builder, transport(true), address(true))
                .join()
                .close();
        assertThat(shown).containsExactly("the mechanism " + PLUS);
    }

    @Test
    void anAddressThatCannotBeFailsTheFuture() {
        SocketAddress none = new SocketAddress() {
            private static final long serialVersionUID = 1;
        };
        assertThat(ScramLogin.of("anna", PASSWORD).connectAsync(ScramLoginTest::builder, transport(false), none))
                .isCompletedExceptionally();
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(UTF_8));
    }

    private static Applicant without(Applicant from) {
        return new Applicant(from.name(), from.credentials(), from.client(), from.gateway(), from.address(), null);
    }

    private interface LoginOnly extends ChatPolicy {
        Answer answer(Applicant applicant);

        @Override
        default Answer login(Applicant applicant) {
            return answer(applicant);
        }
    }

    private static ChatPolicy policy(LoginOnly only) {
        return only;
    }
}
