package io.parley.accounts;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import io.parley.codec.Bytes;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server keeps of a password for SCRAM-SHA-256: with it a proof can be checked and none be made. Immutable, for any thread.
 *
 * <p>Its text has the form of RFC 5803: {@code SCRAM-SHA-256$600000:salt$stored key:server key}, with the bytes in base64.
 *
 * @param iterations how often the password is hashed
 * @param salt the salt
 * @param stored the hash of the client's key
 * @param server the server's key
 */
record ScramKeys(int iterations, Bytes salt, Bytes stored, Bytes server) {
    static final ScramMechanism SHA_256 = ScramMechanism.SCRAM_SHA_256;
    static final int SALT_BYTES = 16;
    static final int KEY_BYTES = 32;

    private static final Pattern TEXT =
            Pattern.compile("SCRAM-SHA-256\\$(\\d{1,8}):([A-Za-z0-9+/=]+)\\$([A-Za-z0-9+/=]+):([A-Za-z0-9+/=]+)");

    /**
     * Makes the keys of a password. Computes, for some hundred milliseconds at the usual number of iterations.
     *
     * @param password the password, as it was given
     * @return the keys; null if SASLprep does not allow the password, so that no client can prove it
     */
    static @Nullable ScramKeys of(String password, int iterations, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] salted;
        try {
            salted = ScramFunctions.saltedPassword(
                    SHA_256, StringPreparation.SASL_PREPARATION, password.toCharArray(), salt, iterations);
        } catch (IllegalArgumentException
                | IndexOutOfBoundsException notAllowed) { // the second if nothing is left of it
            return null;
        }
        byte[] client = ScramFunctions.clientKey(SHA_256, salted);
        return new ScramKeys(
                iterations,
                Bytes.of(salt),
                Bytes.of(ScramFunctions.storedKey(SHA_256, client)),
                Bytes.of(ScramFunctions.serverKey(SHA_256, salted)));
    }

    /** Reads what {@link #toText} has written; null if it is nothing of the kind. */
    static @Nullable ScramKeys of(String text) {
        Matcher found = TEXT.matcher(text);
        return found.matches()
                ? new ScramKeys(Integer.parseInt(found.group(1)), bytes(found, 2), bytes(found, 3), bytes(found, 4))
                : null;
    }

    private static Bytes bytes(Matcher found, int group) {
        return Bytes.of(Base64.getDecoder().decode(found.group(group)));
    }

    String toText() {
        return "SCRAM-SHA-256$" + iterations + ":" + base64(salt) + "$" + base64(stored) + ":" + base64(server);
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }

    /** Whether a text is such as would be made now. */
    static boolean isCurrent(String text, int iterations) {
        return text.startsWith("SCRAM-SHA-256$" + iterations + ":");
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "keys of SCRAM";
    }
}
