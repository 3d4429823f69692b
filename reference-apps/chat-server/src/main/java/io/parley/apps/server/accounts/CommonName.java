package io.parley.apps.server.accounts;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** The common name of a certificate's owner. No state, for any thread. */
final class CommonName {

    private CommonName() {}

    /** The common name; empty if there is none, or more than one: nobody guesses which of them counts. */
    static Optional<String> of(X509Certificate certificate) {
        RDN[] names = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded())
                .getRDNs(BCStyle.CN);
        return names.length == 1
                        && !names[0].isMultiValued()
                        && names[0].getFirst().getValue() instanceof ASN1String text
                ? Optional.of(text.getString())
                : Optional.empty();
    }
}
