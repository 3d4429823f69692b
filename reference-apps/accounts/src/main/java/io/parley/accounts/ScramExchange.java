package io.parley.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.ongres.scram.common.ScramFunctions;
import io.parley.codec.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one exchange of SCRAM (RFC 5802). One thread at a time. What is signed is what was received, byte for byte.
 *
 * <pre>
 *   client first    n,,n=anna,r=NONCE              with p=tls-server-end-point in place of n if it binds to TLS
 *   server first    r=NONCE MORE,s=SALT,i=600000
 *   client final    c=BINDING,r=NONCE MORE,p=PROOF
 *   server final    v=SIGNATURE
 * </pre>
 */
final class ScramExchange {
    /** What a client binds the exchange to. */
    enum Binding {
        /** It knows no binding. */
        NOT_KNOWN,
        /** It knows one, and believes that the server has none. */
        BELIEVED_MISSING,
        /** To the certificate of the server. */
        CERTIFICATE
    }

    /** The client has sent what is no message of SCRAM, or what it may not send here. */
    static final class BadMessageException extends Exception {
        private static final long serialVersionUID = 1;

        BadMessageException(String text) {
            super(text);
        }
    }

    private static final int NONCE_CHARACTERS = 24;
    private static final String CERTIFICATE_BINDING = "tls-server-end-point";
    private static final Pattern FIRST = Pattern.compile(
            "(?<header>(?<flag>[ny]|p=(?<channel>[A-Za-z0-9.-]+)),(?:a=(?<acting>[^,]+))?,)"
                    + "(?<bare>n=(?<name>[^,]+),r=(?<nonce>[\\x21-\\x2b\\x2d-\\x7e]+)(?:,.*)?)",
            Pattern.DOTALL);
    private static final Pattern FINAL = Pattern.compile(
            "(?<unproved>c=(?<binding>[^,]+),r=(?<nonce>[^,]+)(?:,.*)?),p=(?<proof>[^,]+)", Pattern.DOTALL);

    private final String header;
    private final String bare;
    private final String name;
    private final Binding binding;
    private final String nonce;
    private String serverFirst = "";
    private @Nullable ScramKeys keys;

    /**
     * Begins an exchange.
     *
     * @param first the client's first message
     * @throws BadMessageException if it is none, or wants to act for somebody else, or another binding than there is
     */
    ScramExchange(Bytes first, SecureRandom random) throws BadMessageException {
        Matcher parts = FIRST.matcher(text(first));
        if (!parts.matches()) {
            throw new BadMessageException("that is no first message of SCRAM");
        }
        if (parts.group("acting") != null) {
            throw new BadMessageException("nobody can act for somebody else here");
        }
        header = parts.group("header");
        bare = parts.group("bare");
        name = unescaped(parts.group("name"));
        binding = binding(parts.group("flag"), parts.group("channel"));
        nonce = parts.group("nonce") + ScramFunctions.nonce(NONCE_CHARACTERS, random);
    }

    private static Binding binding(String flag, @Nullable String channel) throws BadMessageException {
        if (channel != null && !channel.equals(CERTIFICATE_BINDING)) {
            throw new BadMessageException("the only binding here is " + CERTIFICATE_BINDING);
        }
        return switch (flag) {
            case "n" -> Binding.NOT_KNOWN;
            case "y" -> Binding.BELIEVED_MISSING;
            default -> Binding.CERTIFICATE;
        };
    }

    private static String text(Bytes bytes) throws BadMessageException {
        try {
            return UTF_8.newDecoder().decode(bytes.asReadOnlyBuffer()).toString();
        } catch (CharacterCodingException malformed) {
            throw new BadMessageException("that is not UTF-8");
        }
    }

    private static String unescaped(String name) throws BadMessageException {
        String plain = name.replace("=2C", ",").replace("=3D", "\0");
        if (plain.contains("=")) {
            throw new BadMessageException("a name has = only as =3D");
        }
        return plain.replace('\0', '=');
    }

    /** Whose account it is, as the client says it. */
    String name() {
        return name;
    }

    Binding binding() {
        return binding;
    }

    /** The server's first message. */
    Bytes challenge(ScramKeys of) {
        keys = of;
        serverFirst = "r=" + nonce + ",s="
                + Base64.getEncoder().encodeToString(of.salt().toArray()) + ",i=" + of.iterations();
        return Bytes.of(serverFirst.getBytes(UTF_8));
    }

    /**
     * Checks the proof.
     *
     * @param last the client's final message
     * @param bound what the exchange is bound to; empty without a binding
     * @return the server's final message; null if the client does not know the password, or is bound to another connection
     * @throws BadMessageException if that is no final message of this exchange
     */
    @Nullable
    Bytes verify(Bytes last, byte[] bound) throws BadMessageException {
        Matcher parts = FINAL.matcher(text(last));
        ScramKeys known = keys;
        if (known == null || !parts.matches() || !parts.group("nonce").equals(nonce)) {
            throw new BadMessageException("that is no final message of this login");
        }
        byte[] proof = decoded(parts.group("proof"));
        byte[] start = header.getBytes(UTF_8);
        byte[] expected = ByteBuffer.allocate(start.length + bound.length)
                .put(start)
                .put(bound)
                .array();
        boolean sameChannel = MessageDigest.isEqual(expected, decoded(parts.group("binding")));
        String signed = bare + "," + serverFirst + "," + parts.group("unproved");
        boolean knows = proof.length == ScramKeys.KEY_BYTES
                && ScramFunctions.verifyClientProof(
                        ScramKeys.SHA_256, proof, known.stored().toArray(), signed);
        if (!knows || !sameChannel) {
            return null;
        }
        byte[] signature =
                ScramFunctions.serverSignature(ScramKeys.SHA_256, known.server().toArray(), signed);
        return Bytes.of(("v=" + Base64.getEncoder().encodeToString(signature)).getBytes(UTF_8));
    }

    private static byte[] decoded(String base64) throws BadMessageException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException bad) {
            throw new BadMessageException("that is not base64");
        }
    }
}
