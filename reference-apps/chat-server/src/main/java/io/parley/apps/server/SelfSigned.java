package io.parley.apps.server;

import io.parley.apps.server.TlsSettings.Pem;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
    private static final String MADE_ANEW =
            " to have both made anew; clients must then be given the new fingerprint, for it is another";

    private SelfSigned() {}

    /**
     * Whether neither certificate nor key is there. Clients trust what was made once, so it is never replaced unasked:
     * one of a pair alone, or an empty file, is refused.
     *
     * @throws IOException with words for the operator
     */
    static boolean isMissing(Pem files) throws IOException {
        boolean certificate = Files.exists(files.certificate());
        if (certificate != Files.exists(files.key())) {
            Path there = certificate ? files.certificate() : files.key();
            Path missing = certificate ? files.key() : files.certificate();
            throw new IOException("there is " + there + ", but no " + missing + ": put it back, or remove " + there
                    + " as well" + MADE_ANEW);
        }
        for (Path file : List.of(files.certificate(), files.key())) {
            if (certificate && Files.size(file) == 0) {
                throw new IOException(file + " is empty, perhaps because a disk was full: put it back, or remove "
                        + files.certificate() + " and " + files.key() + MADE_ANEW);
            }
        }
        return !certificate;
    }

    /** Refuses a folder in which nothing could be made; makes nothing. */
    static void checkFolder(Pem files) throws IOException {
        Path folder = files.key().toAbsolutePath().getParent();
        Path nearest = folder;
        while (nearest != null && !Files.exists(nearest)) {
            nearest = nearest.getParent();
        }
        if (nearest != null && !Files.isDirectory(nearest)) {
            throw new IOException("no certificate can be made in " + folder + ": " + nearest + " is no folder");
        }
        if (nearest != null && !Files.isWritable(nearest)) {
            throw new IOException(
                    "no certificate can be made in " + folder + ": this user has no permission for " + nearest);
        }
    }

    /** Writes certificate and key, the key for its owner's eyes only, unless both are there. */
    static void makeIfMissing(Pem files, Instant now) throws IOException, GeneralSecurityException {
        if (!isMissing(files)) {
            return;
        }
        checkFolder(files);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        String key = pem(new JcaPKCS8Generator(keys.getPrivate(), null));
        String certificate = pem(certificate(keys, now));
        Path folder = files.key().toAbsolutePath().getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
            write(files, key, certificate);
        } catch (IOException no) {
            throw new IOException("no certificate can be made in " + folder + ": " + FileTrouble.words(no), no);
        }
    }

    /** Both or none: what is half written is seen under other names only. */
    private static void write(Pem files, String key, String certificate) throws IOException {
        Path freshKey = fresh(files.key());
        Path freshCertificate = fresh(files.certificate());
        try {
            write(freshKey, "rw-------", key);
            write(freshCertificate, "rw-r--r--", certificate);
            Files.move(freshKey, files.key(), StandardCopyOption.ATOMIC_MOVE);
            try {
                Files.move(freshCertificate, files.certificate(), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException no) {
                Files.delete(files.key()); // which nobody has seen
                throw no;
            }
        } catch (IOException no) {
            discard(freshKey);
            discard(freshCertificate);
            throw no;
        }
    }

    private static Path fresh(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    private static void discard(Path fresh) {
        try {
            Files.deleteIfExists(fresh);
        } catch (IOException stays) {
            // The trouble that led here is told; the next attempt will meet this one.
        }
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
        Files.deleteIfExists(file); // what a crash left may have other permissions
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, attributes)) {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
