package io.parley.accounts;

import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.Credentials;
import io.parley.policy.Decision;
import java.security.cert.X509Certificate;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an applicant can show, and who checks it. Any thread may call it. */
final class Mechanisms {
    private static final Decision NO_GUESTS = Decision.deny("this server wants a name and a password");
    private static final Decision OTHER = Decision.deny("this server does not take such credentials");
    private static final Decision BAD_TOKEN = Decision.deny("that token is not good");
    private static final Decision NO_ACCOUNT = Decision.deny("no account belongs to that certificate");

    private final AccountTable table;
    private final NamePolicy names;
    private final Tokens tokens;
    private final Checks checks;
    private final Registrations registrations;
    private final @Nullable Scram scram;
    private final Function<? super X509Certificate, Optional<String>> certificates;
    private final boolean guests;

    Mechanisms(
            StoredAccounts.Builder settings,
            AccountTable table,
            Tokens tokens,
            Checks checks,
            Registrations registrations,
            @Nullable Scram scram) {
        this.table = table;
        this.names = settings.names;
        this.tokens = tokens;
        this.checks = checks;
        this.registrations = registrations;
        this.scram = scram;
        this.certificates = settings.certificates;
        this.guests = settings.guests;
    }

    Answer login(Applicant applicant) {
        Credentials shown = applicant.credentials();
        if (shown instanceof Credentials.None) {
            return guests ? Decision.ALLOW : NO_GUESTS;
        }
        if (shown instanceof Credentials.Password given) {
            return checks.login(applicant, given.password());
        }
        if (shown instanceof Credentials.Registration wanted) {
            return registrations.register(applicant, wanted);
        }
        if (shown instanceof Credentials.Exchange asked) {
            return scram == null ? OTHER : scram.login(applicant, asked);
        }
        if (shown instanceof Credentials.Token token) {
            String id = tokens.account(token.token());
            return admit(id == null ? null : table.findId(id), BAD_TOKEN);
        }
        if (shown instanceof Credentials.Certificate own) {
            return withCertificate(applicant, own.certificate());
        }
        return OTHER;
    }

    private static Decision admit(@Nullable AccountRecord account, Decision otherwise) {
        return account == null ? otherwise : Decision.admit(account.toIdentity());
    }

    private Decision withCertificate(Applicant applicant, X509Certificate shown) {
        AccountRecord account = certificates.apply(shown).map(this::named).orElse(null);
        String wanted = applicant.name().key();
        boolean own = account != null && (wanted.isEmpty() || account.equals(table.find(wanted)));
        return admit(own ? account : null, NO_ACCOUNT);
    }

    /** The account of just that name: here the name is the proof, so one that only looks like it does not count. */
    private @Nullable AccountRecord named(String name) {
        try {
            AccountRecord account = table.find(names.user(name).key());
            return account != null && spelled(account.name()).equals(spelled(name)) ? account : null;
        } catch (RoomException bad) {
            return null; // nobody has it
        }
    }

    private static String spelled(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
