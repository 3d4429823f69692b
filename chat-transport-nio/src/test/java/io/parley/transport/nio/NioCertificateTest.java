package io.parley.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** A client that logs in by its certificate. */
class NioCertificateTest {
    private static final ChatPolicy BY_CERTIFICATE = new ChatPolicy() {
        @Override
        public Answer login(Applicant applicant) {
            return applicant.credentials() instanceof Credentials.Certificate shown
                    ? Decision.admit(Identity.account(
                            shown.certificate().getSubjectX500Principal().getName(),
                            applicant.name().display()))
                    : Decision.deny("by certificate only");
        }
    };

    private static ChatClient connect(ChatServer server, SSLContext context) {
        return ChatClient.builder()
                .name("alice")
                .certificate()
                .connect(
                        NioTransport.builder().tls(TlsOptions.of(context)).build(),
                        server.addresses().get(0));
    }

    @Test
    void theCertificateSaysWhoItIs() throws Exception {
        TlsOptions wanted = TlsOptions.of(TestTls.server()).withClientAuth(TlsOptions.ClientAuth.WANTED);
        ChatServer server = ChatServer.builder()
                .listen(
                        NioTransport.builder().tls(wanted).build(),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .policy(BY_CERTIFICATE)
                .start();
        try (server;
                ChatClient alice = connect(server, TestTls.alice())) {
            assertThat(alice.user().kind()).isEqualTo(UserKind.ACCOUNT);
            assertThat(server.hub().users())
                    .singleElement()
                    .satisfies(user -> assertThat(user.account()).isEqualToIgnoringCase("CN=alice"));
            assertThat(catchThrowableOfType(ChatException.class, () -> connect(server, TestTls.client()))
                            .code())
                    .isEqualTo(ErrorCode.AUTH_FAILED);
        }
    }
}
