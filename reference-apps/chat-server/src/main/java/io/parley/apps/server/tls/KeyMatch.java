package io.parley.apps.server.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks that a private key belongs to a certificate: one signs, the other verifies. Any thread may call it. */
final class KeyMatch {
    private static final byte[] SAMPLE = "a few bytes".getBytes(US_ASCII);

    /** Signature algorithms by the algorithm of the key. Keys of other algorithms are not checked here. */
    private static final Map<String, String> SIGNATURES = Map.of(
            "RSA", "SHA256withRSA",
            "EC", "SHA256withECDSA",
            "EdDSA", "EdDSA",
            "Ed25519", "EdDSA",
            "Ed448", "EdDSA",
            "DSA", "SHA256withDSA");

    private KeyMatch() {}

    static boolean isPair(@Nullable PrivateKey key, PublicKey shown) throws GeneralSecurityException {
        String how = SIGNATURES.get(shown.getAlgorithm());
        if (key == null || how == null) {
            return key != null;
        }
        Signature signature = Signature.getInstance(how);
        try {
            signature.initSign(key);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(shown);
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (InvalidKeyException | SignatureException ofAnotherKind) {
            return false;
        }
    }
}
