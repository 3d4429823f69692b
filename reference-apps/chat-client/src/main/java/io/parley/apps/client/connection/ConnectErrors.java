package io.parley.apps.client.connection;

import io.parley.apps.client.view.EventText;
import io.parley.client.ChatException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Describes why the client could not connect to a server. Any thread may call it. */
public final class ConnectErrors {
    private ConnectErrors() {}

    public static String describe(ChatException why, String address, boolean encrypted) {
        UnknownHostException unknown = find(UnknownHostException.class, why);
        if (unknown != null) {
            return "there is no host called " + unknown.getMessage();
        }
        CertificateException untrusted = find(CertificateException.class, why);
        if (untrusted != null) {
            return "the connection to " + address + " is not safe: " + untrusted.getMessage();
        }
        SSLException broken = find(SSLException.class, why);
        String reason = EventText.because(String.valueOf(why.getMessage()));
        if (broken != null) {
            return "no TLS could be agreed on with " + address + "; does it speak TLS there?" + reason;
        }
        boolean answered = why.code() != ChatException.NOT_CONNECTED || why.getCause() == null;
        return answered && !encrypted
                ? "no chat server answers at " + address + "; if it speaks TLS there, give --tls" + reason
                : "nobody answers at " + address + reason;
    }

    private static <T extends Throwable> @Nullable T find(Class<T> kind, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return kind.cast(cause);
            }
        }
        return null;
    }
}
