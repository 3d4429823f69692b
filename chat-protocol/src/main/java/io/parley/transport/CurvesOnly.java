package io.parley.transport;

import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps key exchange to elliptic curves. Any thread may call it.
 *
 * <p>TLS 1.3 has finite fields beside them (RFC 7919). The largest costs a server several times the work of a curve,
 * for a client that only needs to name it. (Since Java 20 parameters name their groups; on 17 this is what there is.)
 */
final class CurvesOnly implements AlgorithmConstraints {
    @Override
    public boolean permits(
            Set<CryptoPrimitive> primitives, String algorithm, @Nullable AlgorithmParameters parameters) {
        return !primitives.contains(CryptoPrimitive.KEY_AGREEMENT) || !algorithm.startsWith("ffdhe");
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
        return true;
    }

    @Override
    public boolean permits(
            Set<CryptoPrimitive> primitives, String algorithm, Key key, @Nullable AlgorithmParameters parameters) {
        return true;
    }
}
