package io.parley.wire;

import io.parley.codec.Bytes;
import java.nio.charset.StandardCharsets;

/** The constants of the native protocol, as WIRE.md gives them. Constants only, for any thread. */
public final class Wire {
    /** The one version of the protocol there is. */
    public static final int VERSION = 1;

    /** The first four bytes of a client: {@code PRLY}. */
    public static final Bytes PREFACE = Bytes.of("PRLY".getBytes(StandardCharsets.US_ASCII));

    /** The size of a frame's header, in bytes. */
    public static final int HEADER_BYTES = 4;

    /** The longest payload where nothing else was agreed, in bytes. */
    public static final int DEFAULT_MAX_FRAME = 128 * 1024;

    /** The longest payload that a header can announce, in bytes. */
    public static final int MAX_PAYLOAD_BYTES = 0xFFFFFF;

    /** The type bit that says: ignore me if you do not know me. */
    public static final int IGNORABLE = 0x80;

    /** The mechanism of a guest: the first response is the wanted name. */
    public static final String GUEST = "guest";

    /** The mechanism of a name and a password (RFC 4616). */
    public static final String PLAIN = "plain";

    /** The mechanism that makes an account and logs in to it: the first response is name, NUL, password, NUL, code. */
    public static final String REGISTER = "register";

    /** The mechanism of the certificate that the client shows in the TLS handshake (RFC 4422, appendix A). */
    public static final String EXTERNAL = "external";

    /** The mechanism of a token that somebody else issued. */
    public static final String BEARER = "bearer";

    /** The mechanism of a client that proves that it knows the password, and does not send it (RFC 7677). */
    public static final String SCRAM_SHA_256 = "scram-sha-256";

    /** The same, bound to the TLS connection by the server's certificate (RFC 5929, tls-server-end-point). */
    public static final String SCRAM_SHA_256_PLUS = "scram-sha-256-plus";

    /** The mechanism of a client that shows nothing but the token of its session. */
    public static final String RESUME = "resume";

    /** The capability of a client that can go on with its session over a new connection. */
    public static final long CAN_RESUME = 1;

    private Wire() {}

    /**
     * Whether frames of a type are commands of a client: their payload begins with the numbers of a room and of the command.
     *
     * @param type the type
     * @return true from 0x20 to 0x2F
     */
    public static boolean isCommand(int type) {
        return type >> 4 == 2;
    }

    /**
     * Whether frames of a type are entries of a room: their payload begins with the numbers of the room and of the entry.
     *
     * @param type the type
     * @return true from 0x60 to 0x7F
     */
    public static boolean isEntry(int type) {
        return type >> 5 == 3;
    }
}
