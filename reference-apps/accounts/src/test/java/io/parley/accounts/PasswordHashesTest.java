package io.parley.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PasswordHashesTest {
    /** Cheap enough for tests. */
    static final PasswordHashes.Cost CHEAP = new PasswordHashes.Cost(64, 1);

    private final PasswordHashes hashes = new PasswordHashes(CHEAP);

    @Test
    void aHashIsOfOnePassword() {
        String hash = hashes.hash("correct horse");
        assertThat(hash).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
        assertThat(hashes.hash("correct horse")).isNotEqualTo(hash); // another salt
        assertThat(PasswordHashes.isHash(hash)).isTrue();
        assertThat(hashes.isCurrent(hash)).isTrue();
        assertThat(matches(hash, "correct horse")).isTrue();
        assertThat(matches(hash, "correct horsf")).isFalse();
        assertThat(matches(hash, "")).isFalse();
        assertThat(matches(null, "correct horse")).isFalse();
    }

    private boolean matches(@Nullable String hash, String password) {
        boolean alone = hashes.matches(hash, password, password, false);
        assertThat(hashes.matches(hash, password, password, true)).isEqualTo(alone);
        return alone;
    }

    /** A vector of the reference implementation: argon2id, 64 KiB in two passes, "password" with "somesalt". */
    @Test
    void computesWhatOthersCompute() {
        String reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assertThat(matches(reference, "password")).isTrue();
        assertThat(matches(reference, "Password")).isFalse();
        assertThat(hashes.isCurrent(reference)).isFalse();
    }

    @Test
    void aHashOfBcryptIsCheckedAndNotCurrent() {
        String hash = "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
        assertThat(PasswordHashes.isBcrypt(hash)).isTrue();
        assertThat(PasswordHashes.isHash(hash)).isTrue();
        assertThat(hashes.isCurrent(hash)).isFalse();
        assertThat(matches(hash, "some other")).isFalse();
        String own = OpenBSDBCrypt.generate("correct horse".toCharArray(), new byte[16], 4);
        assertThat(PasswordHashes.isBcrypt(own)).isTrue();
        assertThat(matches(own, "correct horse")).isTrue();
        assertThat(hashes.matches(own, "normalised", "correct horse", true)).isTrue(); // as it was given
    }

    @Test
    void otherTextsAreNoHashes() {
        for (String text : new String[] {
            "",
            "secret",
            "$2a$31$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
            "$argon2i$v=19$m=64,t=1,p=1$YQ$YQ"
        }) {
            assertThat(PasswordHashes.isHash(text)).as(text).isFalse();
        }
        assertThat(matches("no hash", "no hash")).isFalse();
    }

    @Test
    void aSmallHeapHasASmallCost() {
        assertThat(PasswordHashes.Cost.of(64L << 20)).isEqualTo(new PasswordHashes.Cost(7 << 10, 5));
        assertThat(PasswordHashes.Cost.of(256L << 20)).isEqualTo(new PasswordHashes.Cost(19 << 10, 2));
    }
}
