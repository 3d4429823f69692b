package io.parley.apps.server.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.exception.ScramException;
import com.ongres.scram.common.util.TlsServerEndpoint;
import io.parley.accounts.Registration;
import io.parley.accounts.StoredAccounts;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.LoginExchange;
import io.parley.codec.Bytes;
import io.parley.gateway.line.LineGateway;
import io.parley.journal.MemoryJournal;
import io.parley.model.ErrorCode;
import io.parley.model.UserKind;
import io.parley.server.ChatServer;
import io.parley.transport.Acceptor;
import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Listening;
import io.parley.transport.TestTls;
import io.parley.transport.TlsOptions;
import io.parley.transport.Transport;
import io.parley.transport.nio.NioTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Which login works where, over real sockets: the table in docs/logins.md is what this test has seen. To write it anew: {@code
 * -Dparley.readme=write} on a run of this test.
 */
@Timeout(300)
class LoginTableTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "logins.md");
    private static final String BEGIN = "<!-- logins -->\n";
    private static final String END = "<!-- end of logins -->";
    private static final String PASSWORD = "correct horse";
    private static final int PATIENCE_MILLIS = 30_000;

    /** How a connection comes: from the same machine, over a network in the clear, or under TLS. */
    private enum Way {
        SAME_MACHINE,
        NETWORK,
        TLS
    }

    private static final List<Way> WAYS = List.of(Way.values());

    /** Serves as if each connection came over a network. The addresses are reserved for examples (RFC 5737). */
    private record FromAfar(Transport transport) implements Transport {
        private static final SocketAddress AFAR = afar();

        private static SocketAddress afar() {
            try {
                return new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, 7}), 4242);
            } catch (IOException never) {
                throw new IllegalStateException(never);
            }
        }

        @Override
        public Listening listen(SocketAddress address, Acceptor acceptor) throws IOException {
            return transport.listen(address, remote -> acceptor.accept(AFAR));
        }

        @Override
        public Connection connect(SocketAddress address, ConnectionHandler handler) {
            return transport.connect(address, handler);
        }
    }

    /** SCRAM by a library that others have written. */
    private static final class Scram implements LoginExchange {
        private static final String NONCE = "a-nonce-of-the-client";
        private final String password;
        private final boolean plus;
        private @Nullable ScramClient client;
        private volatile boolean complete;

        Scram(String password, boolean plus) {
            this.password = password;
            this.plus = plus;
        }

        private ScramClient client(byte[] binding) {
            ScramClient.FinalBuildStage stage = ScramClient.builder()
                    .advertisedMechanisms(List.of(plus ? "SCRAM-SHA-256-PLUS" : "SCRAM-SHA-256"))
                    .username("anna")
                    .password(password.toCharArray())
                    .nonceSupplier(() -> NONCE);
            return (plus ? stage.channelBinding(TlsServerEndpoint.TLS_SERVER_END_POINT, binding) : stage).build();
        }

        /** Only that there is a binding is said here; to what is known under TLS. */
        @Override
        public Bytes initial() {
            return bytes(client(new byte[1]).clientFirstMessage().toString());
        }

        @Override
        public Bytes respond(Bytes challenge, @Nullable SSLSession tls) {
            String text = new String(challenge.toArray(), UTF_8);
            ScramClient begun = client;
            try {
                if (begun == null) {
                    begun = client(tls == null ? new byte[1] : binding(tls));
                    begun.clientFirstMessage();
                    begun.serverFirstMessage(text);
                    client = begun;
                    return bytes(begun.clientFinalMessage().toString());
                }
                begun.serverFinalMessage(text);
                complete = true;
                return Bytes.EMPTY;
            } catch (ScramException | GeneralSecurityException | IOException no) {
                throw new IllegalStateException(no);
            }
        }

        private static byte[] binding(SSLSession tls) throws GeneralSecurityException, IOException {
            return TlsServerEndpoint.getChannelBindingData((X509Certificate) tls.getPeerCertificates()[0]);
        }

        private static Bytes bytes(String text) {
            return Bytes.of(text.getBytes(UTF_8));
        }

        @Override
        public boolean isComplete() {
            return complete;
        }
    }

    private StoredAccounts accounts;
    private ChatServer server;
    private int registered;

    @BeforeEach
    void start() throws IOException {
        accounts = StoredAccounts.builder()
                .registration(Registration.CODE)
                .scram(true)
                .certificates(
                        shown -> CommonName.of(shown).filter("alice"::equals).map(name -> "anna"))
                .open(MemoryJournal.withDefaults())
                .join();
        accounts.create("anna", PASSWORD).join();
        NioTransport plain = NioTransport.create();
        NioTransport tls = NioTransport.builder()
                .tls(TlsOptions.of(TestTls.server()).withClientAuth(TlsOptions.ClientAuth.WANTED))
                .build();
        ChatServer.Builder builder = ChatServer.builder().policy(accounts).room("lobby");
        for (Transport way : List.of(plain, new FromAfar(plain), tls)) {
            builder.listen(way, local());
        }
        for (Transport way : List.of(plain, new FromAfar(plain), tls)) {
            builder.listen(LineGateway.create(), way, local());
        }
        server = builder.start();
    }

    private static SocketAddress local() {
        return new InetSocketAddress("127.0.0.1", 0);
    }

    @AfterEach
    void stop() {
        server.shutdown(Duration.ZERO).join();
        accounts.close();
    }

    private InetSocketAddress address(Way way, boolean lines) {
        return (InetSocketAddress) server.addresses().get(WAYS.indexOf(way) + (lines ? WAYS.size() : 0));
    }

    private String code() {
        return accounts.invite().join();
    }

    private String newName() {
        registered++;
        return "new" + registered;
    }

    // ---- the native protocol

    private String over(Way way, SSLContext shows, UnaryOperator<ChatClient.Builder> login) {
        NioTransport transport = way == Way.TLS
                ? NioTransport.builder().tls(TlsOptions.of(shows)).build()
                : NioTransport.create();
        ChatClient.Builder builder = ChatClient.builder().name("anna").reconnect(false);
        try (ChatClient client = login.apply(builder).connect(transport, address(way, false))) {
            return client.user().kind() == UserKind.GUEST ? "guest" : "account";
        } catch (ChatException no) {
            return ErrorCode.name(no.code()) + ": " + no.getMessage();
        }
    }

    private String over(Way way, UnaryOperator<ChatClient.Builder> login) {
        return over(way, TestTls.client(), login);
    }

    private String byScram(Way way, boolean plus, String password) {
        String mechanism = plus ? "scram-sha-256-plus" : "scram-sha-256";
        return over(way, builder -> builder.exchange(mechanism, () -> new Scram(password, plus)));
    }

    // ---- lines

    private String withLines(Way way, String first) {
        try (Socket socket = socket(way)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write((first + "\n/quit\n").getBytes(UTF_8));
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("-- You are ")) {
                    return "in";
                } else if (line.startsWith("! ")) {
                    return line.substring(2);
                }
            }
            return "nothing";
        } catch (IOException broken) {
            return broken.toString();
        }
    }

    private Socket socket(Way way) throws IOException {
        int port = address(way, true).getPort();
        return way == Way.TLS
                ? TestTls.client().getSocketFactory().createSocket("127.0.0.1", port)
                : new Socket("127.0.0.1", port);
    }

    private interface Attempt {
        String by(Way way);
    }

    private final StringBuilder table = new StringBuilder();

    private void row(String gateway, String login, Attempt attempt) {
        table.append("| ").append(gateway).append(" | ").append(login).append(" |");
        for (Way way : WAYS) {
            table.append(' ').append(attempt.by(way)).append(" |");
        }
        table.append('\n');
    }

    private String table() {
        table.append("| Gateway | Login | Same machine | Network, in the clear | TLS |\n|---|---|---|---|---|\n");
        row("native", "`guest`", way -> over(way, builder -> builder.name("guest")));
        row("native", "`guest`, with an account's name", way -> over(way, builder -> builder));
        row("native", "`plain`", way -> over(way, builder -> builder.password(PASSWORD)));
        row("native", "`plain`, wrong password", way -> over(way, builder -> builder.password("wrong horse")));
        row(
                "native",
                "`plain`, unknown name",
                way -> over(way, builder -> builder.name("eve").password(PASSWORD)));
        row("native", "`scram-sha-256`", way -> byScram(way, false, PASSWORD));
        row("native", "`scram-sha-256`, wrong password", way -> byScram(way, false, "wrong horse"));
        row("native", "`scram-sha-256-plus`", way -> byScram(way, true, PASSWORD));
        row(
                "native",
                "`register`, with a code",
                way -> over(way, builder -> builder.name(newName()).register(PASSWORD, code())));
        row(
                "native",
                "`register`, without",
                way -> over(way, builder -> builder.name(newName()).register(PASSWORD, "")));
        row(
                "native",
                "`bearer`",
                way -> over(
                        way, builder -> builder.token(accounts.makeToken("anna").join())));
        row("native", "`bearer`, unknown token", way -> over(way, builder -> builder.token("parley-none")));
        row("native", "`external`", way -> over(way, TestTls.alice(), ChatClient.Builder::certificate));
        row("native", "`external`, without a certificate", way -> over(way, ChatClient.Builder::certificate));
        row("lines", "`NAME`", way -> withLines(way, "guest"));
        row("lines", "`NAME`, of an account", way -> withLines(way, "anna"));
        row("lines", "`/login`", way -> withLines(way, "/login anna " + PASSWORD));
        row("lines", "`/login`, wrong password", way -> withLines(way, "/login anna wrong horse"));
        row(
                "lines",
                "`/register`, with a code",
                way -> withLines(way, "/register " + newName() + " correct-horse " + code()));
        row("lines", "`/register`, without", way -> withLines(way, "/register " + newName() + " correct-horse"));
        return table.toString();
    }

    @Test
    void thePageHasTheTable() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        assertThat(to).isGreaterThanOrEqualTo(from);
        String seen = table();
        if ("write".equals(System.getProperty("parley.readme"))) {
            Files.writeString(PAGE, page.substring(0, from) + seen + page.substring(to));
        }
        assertThat(Files.readString(PAGE).substring(from, to)).isEqualTo(seen);
    }
}
