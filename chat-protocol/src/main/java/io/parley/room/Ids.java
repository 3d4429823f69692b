package io.parley.room;

import io.parley.model.UserAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The public ids of users: 64 bits that say who somebody is, and nothing else. That of an account is derived from its own id
 * with a secret, so that it is the same at each login and nobody can guess the one from the other. Any thread.
 */
final class Ids {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;

    Ids(byte[] secret) {
        key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** A number that nobody has. */
    long next() {
        long number;
        do {
            number = random.nextLong();
        } while (number == 0);
        return number;
    }

    byte[] secret(int bytes) {
        byte[] secret = new byte[bytes];
        random.nextBytes(secret);
        return secret;
    }

    long account(String account) {
        return derived("account", account.getBytes(StandardCharsets.UTF_8));
    }

    /** What stands for where a guest comes from; 0 where that says nothing. */
    long addressKey(Optional<UserAddress> address) {
        return address.map(one -> derived("address", one.key().getBytes(StandardCharsets.UTF_8)))
                .orElse(0L);
    }

    private long derived(String what, byte[] of) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((what + ":").getBytes(StandardCharsets.UTF_8));
            long id = ByteBuffer.wrap(mac.doFinal(of)).getLong();
            return id == 0 ? 1 : id; // 0 stands for nobody
        } catch (GeneralSecurityException missing) { // every Java has it
            throw new IllegalStateException(missing);
        }
    }
}
