package io.parley.accounts;

import io.parley.journal.KeyValue;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.Credentials;
import io.parley.policy.Decision;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Makes accounts: at the wish of users, as far as the settings allow it, and of the program. Any thread may call it. */
final class Registrations {
    private static final int ID_BYTES = 16;
    private static final String CODES = "codes";

    private static final Decision OFF =
            Decision.deny("this server makes no accounts unasked; ask its operator for one");
    private static final Decision NO_CODE = Decision.deny("to make an account, give an invitation code");
    private static final Decision BAD_CODE = Decision.deny("that invitation code is not good");
    private static final Decision CODE_UNASKED =
            Decision.deny(Reason.BAD_REQUEST, "no invitation code is needed here; leave it out");

    private final Registration mode;
    private final AccountTable table;
    private final Invitations invitations;
    private final Checks checks;
    private final RegistrationLimit limit;
    private final Set<String> reserved;
    private final LongSupplier epochMillis;
    private final SecureRandom random = new SecureRandom();

    Registrations(StoredAccounts.Builder settings, AccountTable table, Invitations invitations, Checks checks) {
        this.mode = settings.registration;
        this.table = table;
        this.invitations = invitations;
        this.checks = checks;
        this.limit = new RegistrationLimit(settings.nanoTime);
        this.reserved = settings.reserved();
        this.epochMillis = settings.epochMillis;
    }

    /** Makes an account for an applicant, who is logged in to it. */
    Answer register(Applicant applicant, Credentials.Registration wanted) {
        Decision no = refusal(applicant, wanted);
        if (no != null) {
            return no;
        }
        Source source = Source.of(applicant);
        return checks.decide(source, () -> make(applicant.name(), wanted, source));
    }

    /** Why none is made, as far as nothing has to be computed; or null. */
    private @Nullable Decision refusal(Applicant applicant, Credentials.Registration wanted) {
        if (mode == Registration.OFF) {
            return OFF;
        }
        if (wanted.code().isEmpty() != (mode == Registration.OPEN)) {
            return mode == Registration.OPEN ? CODE_UNASKED : NO_CODE;
        }
        try {
            PasswordRules.check(applicant.name(), wanted.password());
            if (mode == Registration.OPEN) { // else whoever has no code would learn which names there are
                checkFree(applicant.name());
            }
        } catch (RoomException bad) {
            return Decision.deny(bad.reason(), bad.text());
        }
        long wait = checks.attempts().waitNanos(CODES, Source.of(applicant).key());
        return wait > 0 ? Checks.tooMany(wait) : null;
    }

    private void checkFree(NamePolicy.Name name) {
        if (reserved.contains(name.key()) || table.find(name.key()) != null) {
            throw AccountTable.taken();
        }
    }

    /** Takes a code and a place, and gives both back if no account is made. */
    private CompletableFuture<Decision> make(NamePolicy.Name name, Credentials.Registration wanted, Source source) {
        KeyValue code = mode == Registration.CODE ? invitations.take(wanted.code()) : null;
        if (mode == Registration.CODE && code == null) {
            checks.attempts().wrong(CODES, source.key());
            return CompletableFuture.completedFuture(BAD_CODE);
        }
        long wait = limit.take(source.key(), source.registrations());
        CompletableFuture<Decision> made = wait > 0
                ? CompletableFuture.completedFuture(tooManyAccounts(wait))
                : create(name, checks.verifiers(wanted.password()), false, code == null ? List.of() : List.of(code))
                        .thenApply(account -> Decision.admit(account.toIdentity()));
        return made.whenComplete((decision, error) -> {
            if (!(decision instanceof Decision.Admit)) {
                if (code != null) {
                    invitations.giveBack(code);
                }
                if (wait == 0) {
                    limit.giveBack(source.key());
                }
            }
        });
    }

    private static Decision tooManyAccounts(long waitNanos) {
        return Decision.deny(
                Reason.RATE_LIMITED,
                "too many accounts were made from your address; wait " + (1 + TimeUnit.NANOSECONDS.toMinutes(waitNanos))
                        + " minutes",
                Duration.ofNanos(waitNanos));
    }

    /**
     * Keeps a new account.
     *
     * @param verifiers what its password is checked with
     * @param more what is kept with it, or not at all
     * @return completes when it is kept; fails with NAME_TAKEN or UNAVAILABLE
     */
    CompletableFuture<AccountRecord> create(
            NamePolicy.Name name, Verifiers verifiers, boolean operator, List<KeyValue> more) {
        try {
            checkFree(name);
        } catch (RoomException taken) {
            return CompletableFuture.failedFuture(taken);
        }
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        AccountRecord account = new AccountRecord(
                name.key(),
                HexFormat.of().formatHex(id),
                name.display(),
                verifiers,
                operator,
                false,
                epochMillis.getAsLong(),
                1);
        return table.create(name.key(), account, more);
    }
}
