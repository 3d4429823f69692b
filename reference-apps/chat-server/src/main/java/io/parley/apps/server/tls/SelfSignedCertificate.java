package io.parley.apps.server.tls;

import io.parley.apps.server.network.LocalAddresses;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A new self-signed certificate with its key, both in PEM. Immutable, for any thread.
 *
 * @param certificate the certificate
 * @param key its private key
 */
record SelfSignedCertificate(String certificate, String key) {
    private static final Duration LIFETIME = Duration.ofDays(365);
    private static final int SERIAL_BITS = 64;

    /** Generates a key and signs a certificate that is valid from now on. */
    static SelfSignedCertificate generate(Instant now) throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        String key = pem(new JcaPKCS8Generator(keys.getPrivate(), null));
        return new SelfSignedCertificate(pem(sign(keys, now)), key);
    }

    @Override
    public String toString() {
        return "a self-signed certificate"; // never its key
    }

    private static X509CertificateHolder sign(KeyPair keys, Instant now) throws IOException {
        X500Name name = new X500Name("CN=Parley chat server");
        try {
            return new JcaX509v3CertificateBuilder(
                            name,
                            new BigInteger(SERIAL_BITS, new SecureRandom()),
                            Date.from(now.minus(Duration.ofDays(1))),
                            Date.from(now.plus(LIFETIME)),
                            name,
                            keys.getPublic())
                    .addExtension(Extension.subjectAlternativeName, false, names())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
        } catch (OperatorCreationException failed) {
            throw new IOException("the certificate cannot be signed", failed);
        }
    }

    /** All names and addresses of this machine. */
    private static GeneralNames names() {
        List<GeneralName> names = new ArrayList<>();
        names.add(new GeneralName(GeneralName.dNSName, "localhost"));
        try {
            String host = InetAddress.getLocalHost().getHostName();
            if (host.matches("[A-Za-z0-9.-]+")) {
                names.add(new GeneralName(GeneralName.dNSName, host));
            }
        } catch (UnknownHostException nameless) {
            // The machine has addresses only.
        }
        Stream.concat(
                        Stream.of("127.0.0.1", "::1").map(SelfSignedCertificate::literal),
                        LocalAddresses.reachable().stream())
                .map(address -> new GeneralName(GeneralName.iPAddress, new DEROctetString(address.getAddress())))
                .forEach(names::add);
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String pem(Object object) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
