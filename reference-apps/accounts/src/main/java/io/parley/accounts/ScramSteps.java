package io.parley.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.StringPreparation;
import com.ongres.scram.common.exception.ScramException;
import com.ongres.scram.common.exception.ScramInvalidServerSignatureException;
import com.ongres.scram.common.util.TlsServerEndpoint;
import io.parley.accounts.ScramExchange.Binding;
import io.parley.client.LoginExchange;
import io.parley.codec.Bytes;
import java.nio.charset.CharacterCodingException;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one exchange of SCRAM (RFC 5802), over one connection; {@link ScramExchange} has the messages. One thread
 * at a time, but {@link #isComplete}, which any thread may call.
 *
 * <p>The first message says that there is a binding before TLS has agreed on what to bind to. So a client of the SCRAM library that has
 * a binding without meaning makes it; another one, with the same nonce and the real binding, makes the rest.
 */
final class ScramSteps implements LoginExchange {
    static final String NOT_PROVABLE =
            "SCRAM cannot prove this password: it is empty, or SASLprep does not allow one of its characters";

    static final String NAME_NOT_SENT = "SCRAM cannot send this name: it is empty, or SASLprep does not allow it";

    static final int LEAST_ITERATIONS = 4_096; // RFC 7677
    static final int MOST_ITERATIONS = 4_000_000; // some seconds

    private static final String NO_MESSAGE = "the server sent what is no message of this login by SCRAM";
    private static final String BASE64 =
            "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})";
    private static final Pattern SERVER_FIRST =
            Pattern.compile("r=[\\x21-\\x2b\\x2d-\\x7e]+,s=" + BASE64 + ",i=[1-9][0-9]{0,8}");
    private static final Pattern SERVER_FINAL = Pattern.compile("v=" + BASE64);
    private static final int NONCE_CHARACTERS = 24;
    private static final byte[] NOT_KNOWN_YET = {0};

    private final String name;
    private final String password;
    private final Binding binding;
    private final Runnable onAsked;
    private final String nonce = ScramFunctions.nonce(NONCE_CHARACTERS, new SecureRandom());
    private @Nullable ScramClient scram; // from the first challenge on
    private volatile boolean complete;

    /**
     * Begins an exchange.
     *
     * @param onAsked run when the server asks for the proof
     */
    ScramSteps(String name, String password, Binding binding, Runnable onAsked) {
        this.name = name;
        this.password = password;
        this.binding = binding;
        this.onAsked = onAsked;
    }

    @Override
    public Bytes initial() {
        return bytes(client(NOT_KNOWN_YET).clientFirstMessage().toString());
    }

    @Override
    public Bytes respond(Bytes challenge, @Nullable SSLSession tls) {
        if (complete) {
            throw new IllegalStateException("the server goes on after its proof");
        }
        ScramClient begun = scram;
        try {
            if (begun == null) {
                onAsked.run();
                return proof(
                        text(challenge, SERVER_FIRST),
                        binding == Binding.CERTIFICATE ? certificate(tls) : NOT_KNOWN_YET);
            }
            begun.serverFinalMessage(text(challenge, SERVER_FINAL)); // checks the signature
        } catch (ScramInvalidServerSignatureException unproved) {
            throw new IllegalStateException("the server does not know the password of this account", unproved);
        } catch (ScramException bad) {
            throw new IllegalStateException(NO_MESSAGE, bad);
        }
        complete = true;
        return Bytes.EMPTY;
    }

    private Bytes proof(String serverFirst, byte[] bound) throws ScramException {
        ScramClient begun = client(bound);
        begun.clientFirstMessage();
        int iterations = begun.serverFirstMessage(serverFirst).getIterationCount();
        if (iterations < LEAST_ITERATIONS || iterations > MOST_ITERATIONS) {
            throw new IllegalStateException("the server asks for " + iterations + " iterations; " + LEAST_ITERATIONS
                    + " to " + MOST_ITERATIONS + " are computed");
        }
        scram = begun;
        try {
            return bytes(begun.clientFinalMessage().toString());
        } catch (IllegalArgumentException | IndexOutOfBoundsException notAllowed) { // by SASLprep
            throw new IllegalStateException(NOT_PROVABLE, notAllowed);
        }
    }

    /**
     * A client of the library.
     *
     * @param bound what the exchange is bound to; not empty
     */
    private ScramClient client(byte[] bound) {
        String mechanism = binding == Binding.CERTIFICATE ? "SCRAM-SHA-256-PLUS" : "SCRAM-SHA-256";
        ScramClient.FinalBuildStage building = ScramClient.builder()
                .advertisedMechanisms(List.of(mechanism)) // with a binding and without PLUS, the flag is y
                .username(name)
                .password(password.toCharArray())
                .stringPreparation(StringPreparation.SASL_PREPARATION)
                .nonceSupplier(() -> nonce);
        return (binding == Binding.NOT_KNOWN
                        ? building
                        : building.channelBinding(TlsServerEndpoint.TLS_SERVER_END_POINT, bound))
                .build();
    }

    /** A hash of the certificate that the server has shown. */
    private static byte[] certificate(@Nullable SSLSession tls) {
        try {
            if (tls != null && tls.getPeerCertificates()[0] instanceof X509Certificate shown) {
                byte[] hash = TlsServerEndpoint.getChannelBindingData(shown);
                if (hash.length > 0) {
                    return hash;
                }
            }
        } catch (SSLPeerUnverifiedException | CertificateEncodingException none) {
            throw new IllegalStateException("there is no certificate of the server to bind to", none);
        }
        throw new IllegalStateException("there is no certificate of the server to bind to");
    }

    /** A message of the server that has a form: the library's parser fails without a reason where a part is missing. */
    private static String text(Bytes message, Pattern form) {
        String text;
        try {
            text = UTF_8.newDecoder().decode(message.asReadOnlyBuffer()).toString();
        } catch (CharacterCodingException malformed) {
            throw new IllegalStateException(NO_MESSAGE, malformed);
        }
        if (!form.matcher(text).matches()) {
            throw new IllegalStateException(NO_MESSAGE);
        }
        return text;
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(UTF_8));
    }

    @Override
    public boolean isComplete() {
        return complete;
    }
}
