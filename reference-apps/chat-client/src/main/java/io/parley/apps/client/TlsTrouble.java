package io.parley.apps.client;

import io.parley.client.ChatException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says why a server could not be reached, TLS included. Any thread may call it. */
final class TlsTrouble {
    private TlsTrouble() {}

    static String words(ChatException why, String place, boolean encrypted) {
        CertificateException untrusted = find(CertificateException.class, why);
        if (untrusted != null) {
            return "the connection to " + place + " is not safe: " + untrusted.getMessage();
        }
        SSLException broken = find(SSLException.class, why);
        String reason = Phrase.because(String.valueOf(why.getMessage()));
        if (broken != null) {
            return "no TLS could be agreed on with " + place + "; does it speak TLS there?" + reason;
        }
        boolean answered = why.code() != ChatException.NOT_CONNECTED || why.getCause() == null;
        return answered && !encrypted
                ? "no chat server answers at " + place + "; if it speaks TLS there, give --tls" + reason
                : "nobody answers at " + place + reason;
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
