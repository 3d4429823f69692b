package io.parley.apps.server.options;

import io.parley.accounts.Registration;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Refuses unsafe settings, and warns of settings that may be unsafe. Any thread may call it. */
public final class Safety {
    private static final String IN_THE_CLEAR =
            "--accounts: passwords would travel in the clear; speak TLS (--tls-cert, --tls-keystore, --tls-self-signed) or listen"
                    + " on --host 127.0.0.1";

    private Safety() {}

    /** The address of a host; the address of every interface if the host is empty. */
    public static InetAddress resolve(String host) throws UnknownHostException {
        return host.isEmpty() ? new InetSocketAddress(0).getAddress() : InetAddress.getByName(host);
    }

    /** Refuses accounts without TLS unless the address is a loopback one. */
    public static void checkPasswords(ServerSettings settings, InetAddress address) {
        WrongOption.unless(
                settings.access().accounts() == null || settings.tls() != null || address.isLoopbackAddress(),
                IN_THE_CLEAR);
    }

    /** The same for the host of the settings. An unknown host is reported later, when the server listens. */
    static void checkPasswords(ServerSettings settings) {
        try {
            checkPasswords(settings, resolve(settings.listen().host()));
        } catch (UnknownHostException unknown) {
            // Reported when the server listens.
        }
    }

    /** Whether what users send can be read on its way. */
    private static boolean isInTheClear(ServerSettings settings) {
        try {
            return settings.tls() == null && !resolve(settings.listen().host()).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false; // reported when the server listens
        }
    }

    /** Warnings for the operator. */
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
        if (settings.access().registration() != Registration.OFF && isInTheClear(settings)) {
            warnings.add("--registration: without TLS, accounts can be made and used from this machine only");
        }
        return warnings;
    }
}
