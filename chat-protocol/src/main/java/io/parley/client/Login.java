package io.parley.client;

import io.parley.codec.Bytes;
import io.parley.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a client logs in. Immutable, for any thread.
 *
 * @param mechanism the mechanism, as HELLO has it
 * @param name the account; empty if the credentials say whose they are. A guest's is not used
 * @param secret the password or the token; empty if there is none
 * @param code the invitation code of a registration
 * @param exchanges what speaks a mechanism of several steps; null for the others
 */
record Login(
        String mechanism,
        String name,
        String secret,
        String code,
        @Nullable Supplier<? extends LoginExchange> exchanges) {

    static final Login GUEST = new Login(Wire.GUEST, "", "", "");

    private Login(String mechanism, String name, String secret, String code) {
        this(mechanism, name, secret, code, null);
    }

    static Login exchange(String mechanism, Supplier<? extends LoginExchange> exchanges) {
        return new Login(mechanism, "", "", "", exchanges);
    }

    static Login password(String name, String password) {
        return new Login(Wire.PLAIN, name, password, "");
    }

    static Login registration(String name, String password, String code) {
        return new Login(Wire.REGISTER, name, password, code);
    }

    static Login token(String token) {
        return new Login(Wire.BEARER, "", token, "");
    }

    static Login certificate(String name) {
        return new Login(Wire.EXTERNAL, name, "", "");
    }

    /** Whether something is sent that nobody on the way may read, or that counts under TLS only. */
    boolean isSecret() {
        return !mechanism.equals(Wire.GUEST);
    }

    /** What speaks the mechanism over the next connection; null if it has one step. */
    @Nullable
    LoginExchange begin() {
        return exchanges == null ? null : exchanges.get();
    }

    /**
     * The first response of a mechanism of one step.
     *
     * @param guest the name of a guest
     */
    Bytes initial(String guest) {
        String text = switch (mechanism) {
            case Wire.GUEST -> guest;
            case Wire.PLAIN -> "\0" + name + "\0" + secret; // RFC 4616
            case Wire.REGISTER -> name + "\0" + secret + "\0" + code;
            case Wire.BEARER -> secret;
            default -> name; // RFC 4422, appendix A
        };
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** How to log in later: the account of a registration exists then. */
    Login again() {
        return mechanism.equals(Wire.REGISTER) ? password(name, secret) : this;
    }

    /** How to log in later, when the account has another password. */
    Login changed(String password) {
        return mechanism.equals(Wire.PLAIN) || mechanism.equals(Wire.REGISTER) ? password(name, password) : this;
    }

    @Override
    public String toString() {
        return "Login by " + mechanism; // never the secret
    }
}
