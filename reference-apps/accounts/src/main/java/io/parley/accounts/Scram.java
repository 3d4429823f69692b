package io.parley.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.ongres.scram.common.util.TlsServerEndpoint;
import io.parley.accounts.ScramExchange.BadMessageException;
import io.parley.accounts.ScramExchange.Binding;
import io.parley.codec.Bytes;
import io.parley.journal.Journal;
import io.parley.journal.KeyValue;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.Credentials;
import io.parley.policy.Decision;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Logins with SCRAM-SHA-256 and SCRAM-SHA-256-PLUS. Any thread may call it.
 *
 * <p>Whether there is an account is not told: who asks for a name without keys gets a salt that is always the same, and is
 * refused at the end. So the salts are made with a secret, which is kept:
 *
 * <pre>
 *   account-secret   key: scram | 32 bytes
 * </pre>
 */
final class Scram {
    static final String MECHANISM = "scram-sha-256";
    static final String MECHANISM_PLUS = "scram-sha-256-plus";

    /** What PBKDF2 with HMAC-SHA-256 needs to resist somebody who guesses at what was stolen. */
    static final int ITERATIONS = 600_000;

    private static final String KIND = "account-secret";
    private static final String KEY = "scram";
    private static final int SECRET_BYTES = 32;
    private static final String HMAC = "HmacSHA256";

    private static final Decision OTHER =
            Decision.deny("this server takes a password, or one of the mechanisms of SCRAM");
    private static final Decision NO_TLS = Decision.deny(
            "there is nothing to bind to: use " + MECHANISM + ", or TLS with a certificate of the server");
    private static final Decision NOT_BOUND = Decision.deny(MECHANISM_PLUS + " needs the binding tls-server-end-point");
    private static final Decision BOUND = Decision.deny("a login with a binding is by " + MECHANISM_PLUS);
    private static final Decision DOWNGRADED =
            Decision.deny("this server has a binding, and the client believes that it has none; use " + MECHANISM_PLUS);

    private final AccountTable table;
    private final NamePolicy names;
    private final Checks checks;
    private final Attempts attempts;
    private final Bytes secret;
    private final int iterations;
    private final SecureRandom random = new SecureRandom();

    Scram(AccountTable table, NamePolicy names, Checks checks, Bytes secret, int iterations) {
        this.table = table;
        this.names = names;
        this.checks = checks;
        this.attempts = checks.attempts();
        this.secret = secret;
        this.iterations = iterations;
    }

    /** Reads the secret of the salts, or makes it. */
    static CompletableFuture<Bytes> secret(Journal journal) {
        return journal.value(KIND, KEY).thenCompose(kept -> {
            if (kept != null) {
                return CompletableFuture.completedFuture(kept);
            }
            byte[] made = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(made);
            Bytes value = Bytes.of(made);
            return journal.put(List.of(new KeyValue(KIND, KEY, value))).thenApply(done -> value);
        });
    }

    /** Logs somebody in. */
    Answer login(Applicant applicant, Credentials.Exchange asked) {
        boolean plus = asked.mechanism().equals(MECHANISM_PLUS);
        if (!plus && !asked.mechanism().equals(MECHANISM)) {
            return OTHER;
        }
        byte[] channel = channel(applicant.tls());
        ScramExchange exchange;
        try {
            exchange = new ScramExchange(asked.initial(), random);
        } catch (BadMessageException bad) {
            return deny(bad);
        }
        Decision no = refusal(plus, channel != null, exchange.binding());
        if (no != null) {
            return no;
        }
        byte[] bound = plus && channel != null ? channel : new byte[0];
        if (PasswordRules.isTooLong(exchange.name())) {
            return Checks.WRONG;
        }
        String key = key(exchange.name());
        Source source = Source.of(applicant);
        long wait = attempts.waitNanos(key, source.key());
        return wait > 0
                ? Checks.tooMany(wait)
                : Checks.later(new Attempt(exchange, key, source, bound).run(asked.client()));
    }

    /** Why a mechanism and a binding do not go together; or null. */
    private static @Nullable Decision refusal(boolean plus, boolean canBind, Binding wanted) {
        if (plus) {
            return !canBind ? NO_TLS : wanted == Binding.CERTIFICATE ? null : NOT_BOUND;
        }
        return switch (wanted) {
            case NOT_KNOWN -> null;
            case BELIEVED_MISSING -> canBind ? DOWNGRADED : null;
            case CERTIFICATE -> BOUND;
        };
    }

    private static Decision deny(BadMessageException bad) {
        return Decision.deny(String.valueOf(bad.getMessage()));
    }

    /** What the connection can be bound to: a hash of the server's certificate; null if there is none. */
    private static byte @Nullable [] channel(@Nullable SSLSession tls) {
        Certificate[] own = tls == null ? null : tls.getLocalCertificates();
        try {
            return own != null && own.length > 0 && own[0] instanceof X509Certificate first
                    ? emptyIsNone(TlsServerEndpoint.getChannelBindingData(first))
                    : null;
        } catch (CertificateEncodingException unknown) {
            return null;
        }
    }

    private static byte @Nullable [] emptyIsNone(byte[] data) {
        return data.length == 0 ? null : data;
    }

    private String key(String name) {
        try {
            return names.user(name).key();
        } catch (RoomException bad) {
            return name; // nobody has it
        }
    }

    /** The keys of an account; for one that has none, keys that nobody can prove. */
    private ScramKeys keys(@Nullable AccountRecord account, String key) {
        ScramKeys kept =
                account == null ? null : ScramKeys.of(account.verifiers().scram());
        if (kept != null) {
            return kept;
        }
        byte[] made = derived("salt " + key);
        Bytes salt = Bytes.of(Arrays.copyOf(made, ScramKeys.SALT_BYTES));
        return new ScramKeys(iterations, salt, Bytes.of(derived("stored " + key)), Bytes.of(derived("server " + key)));
    }

    private byte[] derived(String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.toArray(), HMAC));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException never) {
            throw new IllegalStateException(never); // each JDK has it
        }
    }

    /** One login, as far as the first message was good. */
    private final class Attempt {
        private final ScramExchange exchange;
        private final String key;
        private final Source source;
        private final byte[] bound;
        private final @Nullable AccountRecord account;

        Attempt(ScramExchange exchange, String key, Source source, byte[] bound) {
            this.exchange = exchange;
            this.key = key;
            this.source = source;
            this.bound = bound;
            this.account = table.find(key);
        }

        CompletableFuture<Decision> run(Credentials.Exchange.Client client) {
            return client.ask(exchange.challenge(keys(account, key)))
                    .thenCompose(last -> finish(client, last))
                    .toCompletableFuture();
        }

        private CompletionStage<Decision> finish(Credentials.Exchange.Client client, Bytes last) {
            long wait = attempts.waitNanos(key, source.key());
            if (wait > 0) { // others of its kind were wrong meanwhile
                return CompletableFuture.completedStage(Checks.tooMany(wait));
            }
            Bytes proof;
            try {
                proof = exchange.verify(last, bound);
            } catch (BadMessageException bad) {
                return CompletableFuture.completedStage(deny(bad));
            }
            AccountRecord now = table.find(key);
            if (proof == null || account == null || now == null || now.isOther(account)) {
                return checks.wrong(key, source);
            }
            attempts.right(key, source.key());
            return client.ask(proof).thenApply(empty -> Decision.admit(now.toIdentity()));
        }
    }
}
