package io.parley.apps.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

/** Refuses what is unsafe, and warns of what may be. Any thread may call it. */
final class Safety {
    private static final String IN_THE_CLEAR =
            "--accounts: passwords would travel in the clear; speak TLS (--tls-cert, --tls-keystore, --tls-self-signed) or listen"
                    + " on --host 127.0.0.1";

    private Safety() {}

    /** The address a host stands for; that of every interface if it is empty. */
    static InetAddress resolve(String host) throws UnknownHostException {
        return host.isEmpty() ? new InetSocketAddress(0).getAddress() : InetAddress.getByName(host);
    }

    /** Refuses passwords in the clear where others could listen: what counts is the address, not how it is spelt. */
    static void checkPasswords(ServerSettings settings, InetAddress address) {
        WrongOption.unless(
                settings.people().accounts() == null || settings.tls() != null || address.isLoopbackAddress(),
                IN_THE_CLEAR);
    }

    /** The same before anything is opened; a host that nobody knows is told of when it is to be listened on. */
    static void checkPasswords(ServerSettings settings) {
        try {
            checkPasswords(settings, resolve(settings.listen().host()));
        } catch (UnknownHostException unknown) {
            // Then nothing can be listened on either.
        }
    }

    /** Refuses a file of secrets that everybody on this machine can read. */
    static void checkPrivate(Path file, String what) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("no " + what + " can be read: " + file + " is a folder");
        }
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null
                && Files.exists(file)
                && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
            throw new IOException(
                    "everybody on this machine can read the " + what + " in " + file + ": chmod 600 " + file);
        }
    }

    /** What the operator should know before others find out. */
    static List<String> warnings(ServerSettings settings) {
        return warnings(settings, System.getProperty("user.name", ""));
    }

    static List<String> warnings(ServerSettings settings, String systemUser) {
        List<String> warnings = new ArrayList<>();
        if (systemUser.equals("root")) {
            warnings.add("this runs as root; a fault in it would be root's: give it a user of its own");
        }
        InetSocketAddress metrics = settings.listen().metrics();
        if (metrics != null
                && (metrics.getAddress() == null || !metrics.getAddress().isLoopbackAddress())) {
            warnings.add("--metrics: everybody who reaches " + metrics.getHostString() + ", port " + metrics.getPort()
                    + " can read the figures");
        }
        return warnings;
    }
}
