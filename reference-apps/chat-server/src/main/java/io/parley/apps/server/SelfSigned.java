package io.parley.apps.server;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
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
import java.util.Set;
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

/** Makes a certificate that nobody else vouches for: clients know it by its fingerprint. Any thread may call it. */
final class SelfSigned {
    private static final Duration LIFE = Duration.ofDays(365);
    private static final int SERIAL_BITS = 64;

    private SelfSigned() {}

    /** Writes certificate and key, the key for its owner's eyes only, unless both are there. */
    static void makeIfMissing(TlsSettings.Pem files, Instant now) throws IOException, GeneralSecurityException {
        if (Files.exists(files.certificate()) && Files.exists(files.key())) {
            return;
        }
        Path folder = files.key().toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        write(files.key(), "rw-------", pem(new JcaPKCS8Generator(keys.getPrivate(), null)));
        write(files.certificate(), "rw-r--r--", pem(certificate(keys, now)));
    }

    private static X509CertificateHolder certificate(KeyPair keys, Instant now) throws IOException {
        X500Name name = new X500Name("CN=Parley chat server");
        try {
            return new JcaX509v3CertificateBuilder(
                            name,
                            new BigInteger(SERIAL_BITS, new SecureRandom()),
                            Date.from(now.minus(Duration.ofDays(1))),
                            Date.from(now.plus(LIFE)),
                            name,
                            keys.getPublic())
                    .addExtension(Extension.subjectAlternativeName, false, names())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
        } catch (OperatorCreationException no) {
            throw new IOException("the certificate cannot be signed", no);
        }
    }

    /** Every name and address under which this machine may be known. */
    private static GeneralNames names() {
        List<GeneralName> names = new ArrayList<>();
        names.add(new GeneralName(GeneralName.dNSName, "localhost"));
        try {
            String host = InetAddress.getLocalHost().getHostName();
            if (host.matches("[A-Za-z0-9.-]+")) {
                names.add(new GeneralName(GeneralName.dNSName, host));
            }
        } catch (UnknownHostException nameless) {
            // Then it is known by its addresses.
        }
        Stream.concat(Stream.of("127.0.0.1", "::1").map(SelfSigned::literal), Invitation.localAddresses().stream())
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

    private static String pem(Object what) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(what);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void write(Path file, String permissions, String text) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
        Files.deleteIfExists(file); // one of a pair alone is of no use, and may have other permissions
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (SeekableByteChannel channel = Files.newByteChannel(file, options, attributes)) {
            channel.write(StandardCharsets.US_ASCII.encode(text));
        }
    }
}
