package io.parley.apps.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a private key is a certificate's: what the one signs, the other verifies. Any thread may call it. */
final class Pairing {
    private static final byte[] SAMPLE = "a few bytes".getBytes(US_ASCII);

    /** How to sign with keys of a kind; what is not here is left to TLS. */
    private static final Map<String, String> SIGNATURES = Map.of(
            "RSA", "SHA256withRSA",
            "EC", "SHA256withECDSA",
            "EdDSA", "EdDSA",
            "Ed25519", "EdDSA",
            "Ed448", "EdDSA",
            "DSA", "SHA256withDSA");

    private Pairing() {}

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
