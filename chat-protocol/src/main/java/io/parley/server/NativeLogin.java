package io.parley.server;

import io.parley.codec.Bytes;
import io.parley.gateway.Peer;
import io.parley.model.ErrorCode;
import io.parley.model.SessionToken;
import io.parley.policy.Credentials;
import io.parley.wire.Bye;
import io.parley.wire.Challenge;
import io.parley.wire.ClientFrame;
import io.parley.wire.Hello;
import io.parley.wire.Ping;
import io.parley.wire.Pong;
import io.parley.wire.Response;
import io.parley.wire.Wire;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What is understood before a login: HELLO, and nothing else but signs of life. No state, for the connection's reader. */
final class NativeLogin {
    private static final int MAX_CREDENTIAL_BYTES = 1 << 10; // before anybody computes anything with them
    private static final int MAX_TOKEN_BYTES = 8 << 10; // and of a step of a mechanism that has several
    private static final String PRIVATE = "x-";

    private static final List<String> STEPS = List.of(Wire.SCRAM_SHA_256, Wire.SCRAM_SHA_256_PLUS);

    private NativeLogin() {}

    static void on(ClientFrame frame, Peer peer) {
        if (frame instanceof Hello hello) {
            onHello(hello, peer);
        } else if (frame instanceof Response response) {
            onResponse(response, peer);
        } else if (frame instanceof Ping ping) {
            peer.send(new Pong(ping.nonce()).toBytes());
        } else if (frame instanceof Bye) {
            peer.bye();
        } else if (!(frame instanceof Pong)) {
            peer.fail(
                    ErrorCode.UNEXPECTED_FRAME,
                    "HELLO comes first, not " + frame.getClass().getSimpleName());
        }
    }

    private static void onHello(Hello hello, Peer peer) {
        if (hello.minVersion() > Wire.VERSION || hello.maxVersion() < Wire.VERSION) {
            peer.fail(ErrorCode.UNSUPPORTED_VERSION, "this server speaks version " + Wire.VERSION);
            return;
        }
        switch (hello.mechanism()) {
            case Wire.GUEST -> asGuest(hello, peer);
            case Wire.PLAIN, Wire.REGISTER -> withPassword(hello, peer);
            case Wire.BEARER -> withToken(hello, peer);
            case Wire.EXTERNAL -> withCertificate(hello, peer);
            case Wire.RESUME -> peer.resume(hello.client(), new SessionToken(hello.resumeToken()));
            default -> otherwise(hello, peer);
        }
    }

    /** A mechanism of several steps is the policy's. */
    private static void otherwise(Hello hello, Peer peer) {
        String mechanism = hello.mechanism();
        if (!STEPS.contains(mechanism) && !mechanism.startsWith(PRIVATE)) {
            peer.fail(
                    ErrorCode.UNSUPPORTED_MECHANISM,
                    "this server knows the mechanisms "
                            + String.join(", ", Wire.GUEST, Wire.PLAIN, Wire.REGISTER, Wire.BEARER, Wire.EXTERNAL)
                            + ", "
                            + String.join(", ", STEPS) + " and " + Wire.RESUME);
        } else if (isStep(hello.initial(), peer)) {
            Credentials.Exchange.Client client = data -> peer.challenge(new Challenge(data).toBytes());
            login(hello, "", new Credentials.Exchange(mechanism, hello.initial(), client), peer);
        }
    }

    private static void onResponse(Response response, Peer peer) {
        if (isStep(response.data(), peer) && !peer.respond(response.data())) {
            peer.fail(ErrorCode.UNEXPECTED_FRAME, "there is no CHALLENGE to answer");
        }
    }

    private static boolean isStep(Bytes response, Peer peer) {
        boolean fits = response.length() <= MAX_TOKEN_BYTES;
        if (!fits) {
            peer.fail(ErrorCode.TOO_LARGE, "a response has at most " + MAX_TOKEN_BYTES + " bytes");
        }
        return fits;
    }

    private static void asGuest(Hello hello, Peer peer) {
        try {
            String name = text(hello.initial());
            if (canResume(hello)) {
                peer.loginGuest(hello.client(), name, new SessionToken(hello.resumeToken()));
            } else {
                peer.loginGuest(hello.client(), name);
            }
        } catch (CharacterCodingException malformed) {
            peer.fail(ErrorCode.BAD_NAME, "the name is not UTF-8, or too long");
        }
    }

    private static void withPassword(Hello hello, Peer peer) {
        if (hello.initial().length() > MAX_CREDENTIAL_BYTES) {
            peer.fail(
                    ErrorCode.TOO_LARGE,
                    "a name and a password have at most " + MAX_CREDENTIAL_BYTES + " bytes together");
            return;
        }
        try {
            String response = text(hello.initial());
            if (hello.mechanism().equals(Wire.PLAIN)) {
                withPassword(hello, response, peer);
            } else {
                register(hello, response, peer);
            }
        } catch (CharacterCodingException malformed) {
            peer.fail(ErrorCode.AUTH_FAILED, "the name or the password is not UTF-8");
        }
    }

    private static String text(Bytes initial) throws CharacterCodingException {
        if (initial.length() > MAX_CREDENTIAL_BYTES) {
            throw new CharacterCodingException();
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(initial.asReadOnlyBuffer())
                .toString();
    }

    /** RFC 4616: an identity to act for, which must be none or one's own, the name, and the password. */
    private static void withPassword(Hello hello, String response, Peer peer) {
        String[] parts = response.split("\0", -1);
        if (parts.length != 3 || !(parts[0].isEmpty() || parts[0].equals(parts[1]))) {
            peer.fail(ErrorCode.AUTH_FAILED, "that is not a name and a password");
        } else {
            login(hello, parts[1], new Credentials.Password(parts[2]), peer);
        }
    }

    private static void register(Hello hello, String response, Peer peer) {
        String[] parts = response.split("\0", -1);
        if (parts.length != 3) {
            peer.fail(ErrorCode.AUTH_FAILED, "that is not a name, a password and a code");
        } else {
            login(hello, parts[0], new Credentials.Registration(parts[1], parts[2]), peer);
        }
    }

    private static void withToken(Hello hello, Peer peer) {
        if (hello.initial().length() > MAX_TOKEN_BYTES) {
            peer.fail(ErrorCode.TOO_LARGE, "a token has at most " + MAX_TOKEN_BYTES + " bytes");
        } else {
            login(hello, "", new Credentials.Token(hello.initial()), peer);
        }
    }

    /** RFC 4422, appendix A: the response is the identity to act as, or empty. */
    private static void withCertificate(Hello hello, Peer peer) {
        X509Certificate shown = certificate(peer.tls());
        if (shown == null) {
            peer.fail(ErrorCode.AUTH_FAILED, "the client has shown no certificate");
            return;
        }
        try {
            login(hello, text(hello.initial()), new Credentials.Certificate(shown), peer);
        } catch (CharacterCodingException malformed) {
            peer.fail(ErrorCode.BAD_NAME, "the name is not UTF-8, or too long");
        }
    }

    private static @Nullable X509Certificate certificate(@Nullable SSLSession tls) {
        try {
            return tls != null && tls.getPeerCertificates()[0] instanceof X509Certificate own ? own : null;
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    private static void login(Hello hello, String name, Credentials credentials, Peer peer) {
        if (canResume(hello)) {
            peer.login(hello.client(), name, credentials, new SessionToken(hello.resumeToken()));
        } else {
            peer.login(hello.client(), name, credentials);
        }
    }

    private static boolean canResume(Hello hello) {
        return (hello.capabilities() & Wire.CAN_RESUME) != 0;
    }
}
