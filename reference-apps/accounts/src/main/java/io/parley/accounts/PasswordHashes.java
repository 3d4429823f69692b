package io.parley.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Hashes of passwords: argon2id, in the usual text form (PHC). Those of bcrypt are checked, and none is made. Any thread; each call
 * computes for some fifty milliseconds and takes as much memory as the cost says.
 *
 * <p><b>Time.</b> A check takes the same time whether there is an account or not. As long as there are hashes of bcrypt, each check
 * computes one of either kind, so that the time does not tell which kind an account has.
 */
final class PasswordHashes {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final long SMALL_HEAP = 192L << 20;
    private static final Pattern ARGON2 =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=1\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");
    private static final Pattern BCRYPT = Pattern.compile("\\$2[abxy]\\$(0[4-9]|1[0-4])\\$[./A-Za-z0-9]{53}");

    // Takes its time; what it gives does not count.
    private static final String NO_BCRYPT = "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";

    private final SecureRandom random = new SecureRandom();
    private final Cost cost;
    private final byte[] noSalt = new byte[SALT_BYTES];

    /**
     * What a hash costs.
     *
     * @param kib the memory, in KiB
     * @param turns how often it is gone over
     */
    record Cost(int kib, int turns) {
        static final Cost USUAL = new Cost(19 << 10, 2);
        static final Cost OF_A_SMALL_HEAP = new Cost(7 << 10, 5);

        /** What fits a heap: two hashes are computed at a time. */
        static Cost of(long maxHeapBytes) {
            return maxHeapBytes < SMALL_HEAP ? OF_A_SMALL_HEAP : USUAL;
        }
    }

    PasswordHashes(Cost cost) {
        this.cost = cost;
    }

    /** Makes a hash. */
    String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + cost.kib() + ",t=" + cost.turns() + ",p=1$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(argon2(password, salt, cost, HASH_BYTES));
    }

    /** Whether it is a hash that can be checked. */
    static boolean isHash(String hash) {
        return isBcrypt(hash) || ARGON2.matcher(hash).matches();
    }

    static boolean isBcrypt(String hash) {
        return BCRYPT.matcher(hash).matches();
    }

    /** Whether a hash is such as would be made now. */
    boolean isCurrent(String hash) {
        return hash.startsWith("$argon2id$v=19$m=" + cost.kib() + ",t=" + cost.turns() + ",p=1$");
    }

    /**
     * Checks a password.
     *
     * @param hash the hash of the account; null if there is no such account, which takes as long
     * @param normalised the password as {@link PasswordRules} normalises it
     * @param given the password as it was given, of which bcrypt hashes were made
     * @param both whether there are hashes of bcrypt
     * @return whether it is the one
     */
    boolean matches(@Nullable String hash, String normalised, String given, boolean both) {
        boolean old = hash != null && isBcrypt(hash);
        boolean byBcrypt = (old || both) && OpenBSDBCrypt.checkPassword(old ? hash : NO_BCRYPT, given.toCharArray());
        boolean byArgon2 = matches(old ? null : hash, normalised);
        return hash != null && (old ? byBcrypt : byArgon2);
    }

    private boolean matches(@Nullable String hash, String password) {
        Matcher parts = hash == null ? null : ARGON2.matcher(hash);
        if (parts == null || !parts.matches()) {
            argon2(password, noSalt, cost, HASH_BYTES);
            return false;
        }
        byte[] salt = Base64.getDecoder().decode(parts.group(3));
        byte[] expected = Base64.getDecoder().decode(parts.group(4));
        Cost then = new Cost(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
        return MessageDigest.isEqual(argon2(password, salt, then, expected.length), expected);
    }

    private static byte[] argon2(String password, byte[] salt, Cost cost, int bytes) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.kib())
                .withIterations(cost.turns())
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[bytes];
        generator.generateBytes(password.getBytes(UTF_8), hash);
        return hash;
    }
}
