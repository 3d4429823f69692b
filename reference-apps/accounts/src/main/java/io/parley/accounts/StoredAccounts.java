package io.parley.accounts;

import static java.util.Objects.requireNonNull;

import io.parley.codec.Bytes;
import io.parley.journal.Journal;
import io.parley.model.Identity;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.UserRef;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import java.io.Closeable;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Accounts that are kept in a journal: who may log in, and what a program does with accounts. Any thread may call it; no method
 * blocks, but {@link #close}.
 *
 * <p><b>Logins.</b> Passwords are hashed with argon2id, on two threads. Logins wait in a queue for each address (IPv4, or the /64
 * network of IPv6), and the queues are served in turns: whoever sends thousands of logins waits for itself. After five wrong
 * passwords for one account from one address, that address waits for a time that grows; the owner of the account does not.
 * Who is to wait gets RATE_LIMITED and the time. All users of the same machine are one source, and so are those behind a
 * proxy on it.
 *
 * <p><b>Changes</b> are in force, and told, when the journal has kept them. When a password is changed by its user, the hub ends the
 * account's other sessions. When the program resets it, or deletes the account, {@link #endSessions} and {@link
 * #endMemberships} say who ends what is left.
 *
 * <p>A registration is not asked of other policies before the account is made: rules for names belong into the {@link NamePolicy}.
 * (Over 300 lines, half of them Javadoc: it is all that a program does with accounts.)
 */
public final class StoredAccounts implements ChatPolicy, Closeable {
    private static final String DELETED = "this account was deleted";

    private final NamePolicy names;
    private final boolean guests;
    private final AccountTable table;
    private final Invitations invitations;
    private final Checks checks;
    private final Registrations registrations;
    private final Tokens tokens;
    private final Deletions deletions;
    private final Mechanisms mechanisms;
    private volatile BiConsumer<String, String> ended = (account, text) -> {};
    private volatile BiFunction<String, String, ? extends CompletionStage<?>> deleted =
            (account, text) -> CompletableFuture.completedFuture(account);

    private StoredAccounts(Builder settings, Kept kept) {
        this.names = settings.names;
        this.guests = settings.guests;
        this.table = kept.table;
        this.invitations = kept.invitations;
        this.tokens = kept.tokens;
        this.deletions = kept.deletions;
        this.checks = new Checks(table, new PasswordHashes(settings.cost), settings.scramIterations, settings.nanoTime);
        this.registrations = new Registrations(settings, table, invitations, checks);
        Scram scram = kept.scramSecret == null
                ? null
                : new Scram(table, names, checks, kept.scramSecret, settings.scramIterations);
        this.mechanisms = new Mechanisms(settings, table, tokens, checks, registrations, scram);
    }

    /**
     * Begins to open the accounts of a journal.
     *
     * @return a builder with every option at its default
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Says who ends the sessions of an account whose password was reset, or that was deleted: {@code
     * ChatServer.endAccount}. To be called before the first change.
     *
     * @param value takes the account's id, and why, for the user; called on any thread
     */
    public void endSessions(BiConsumer<String, String> value) {
        ended = requireNonNull(value, "value");
    }

    /**
     * Says who ends the memberships of an account that was deleted: {@code ChatServer.deleteAccount}. To be called before
     * the first change. What an earlier process has begun and not finished is done now.
     *
     * @param value takes the account's id, and why, for its rooms; called on any thread
     */
    public void endMemberships(BiFunction<String, String, ? extends CompletionStage<?>> value) {
        deleted = requireNonNull(value, "value");
        deletions.finishAll(id -> value.apply(id, DELETED));
    }

    // ---- what the hub asks

    @Override
    public Answer login(Applicant applicant) {
        return mechanisms.login(applicant);
    }

    /** A session goes on as long as its account has the password it had. */
    @Override
    public Answer resume(UserRef user) {
        if (user.guest()) {
            return guests ? Decision.ALLOW : Decision.deny("guests are not admitted any more");
        }
        AccountRecord account = table.findId(user.account());
        Identity now = account == null ? null : account.toIdentity();
        boolean same = now != null
                && Objects.equals(
                        now.attributes().get(AccountRecord.CREDENTIAL),
                        user.attributes().get(AccountRecord.CREDENTIAL));
        return now != null && same ? Decision.admit(now) : Decision.deny("the account or its password has changed");
    }

    @Override
    public Answer account(NamePolicy.Name name) {
        AccountRecord account = table.find(name.key());
        return account == null ? Decision.ALLOW : Decision.admit(account.toIdentity());
    }

    @Override
    public Answer password(UserRef user, String old, String next) {
        AccountRecord account = table.findId(user.account());
        if (account == null) {
            return NO_PASSWORDS;
        }
        NamePolicy.Name name = names.user(account.name());
        try {
            PasswordRules.check(name, next);
        } catch (RoomException bad) {
            return Decision.deny(bad.reason(), bad.text());
        }
        return checks.change(name.key(), account, old, next);
    }

    // ---- what the program does

    /**
     * Makes an account.
     *
     * @param name its name
     * @param password its password
     * @return completes with it when it is kept; fails with a {@link RoomException}: BAD_NAME, NAME_TAKEN, BAD_REQUEST for a
     *     password that no account can have, or UNAVAILABLE
     */
    public CompletableFuture<Account> create(String name, String password) {
        return named(name, found -> {
            PasswordRules.check(found, password);
            return computed(() -> registrations.create(found, checks.verifiers(password), false, List.of()));
        });
    }

    /**
     * Takes over an account with the hash of its password.
     *
     * @param name its name
     * @param hash a hash of bcrypt, or of argon2id as this class makes it. One of bcrypt is replaced at the next login
     * @param operator whether it is an operator
     * @return completes with it when it is kept; fails with a {@link RoomException}: BAD_NAME, NAME_TAKEN, BAD_REQUEST for
     *     another hash, or UNAVAILABLE
     */
    public CompletableFuture<Account> importHash(String name, String hash, boolean operator) {
        return named(name, found -> {
            if (!PasswordHashes.isHash(hash)) {
                throw new RoomException(Reason.BAD_REQUEST, "that is no hash of bcrypt or argon2id");
            }
            return registrations.create(found, Verifiers.of(hash), operator, List.of());
        });
    }

    /**
     * Gives an account another password. Its sessions end.
     *
     * @param name its name
     * @param password the new password
     * @return completes with the account when that is kept; fails with a {@link RoomException}: NO_SUCH_USER, BAD_REQUEST for a
     *     password that no account can have, or UNAVAILABLE
     */
    public CompletableFuture<Account> resetPassword(String name, String password) {
        return named(name, found -> {
                    PasswordRules.check(found, password);
                    AccountRecord account = table.find(found.key());
                    if (account == null) {
                        throw new RoomException(Reason.NO_SUCH_USER, "there is no account " + found.display());
                    }
                    return computed(() -> checks.replace(found.key(), account, password));
                })
                .thenApply(account -> ended(account, "the password of this account was reset; log in again"));
    }

    /**
     * Makes an account an operator, or takes that away; then its sessions end.
     *
     * @param name its name
     * @param on whether it is one
     * @return completes with the account when that is kept; an operator has the right from the next login on. Fails with a {@link
     *     RoomException}: NO_SUCH_USER or UNAVAILABLE
     */
    public CompletableFuture<Account> setOperator(String name, boolean on) {
        return change(name, account -> account.withOperator(on))
                .thenApply(account -> on ? account : ended(account, "this account is no operator; log in again"));
    }

    /**
     * Says whether a program uses an account.
     *
     * @param name its name
     * @param on whether one does
     * @return completes with the account when that is kept; fails with a {@link RoomException}: NO_SUCH_USER or UNAVAILABLE
     */
    public CompletableFuture<Account> setBot(String name, boolean on) {
        return change(name, account -> account.withBot(on));
    }

    /**
     * Makes a token that an account can log in with, in place of its password: for a program. It stays good until {@link
     * #revokeTokens}, whatever becomes of the password.
     *
     * @param name the account's name
     * @return completes with the token when it is kept; only its hash is, so that it cannot be shown again. Fails with a {@link
     *     RoomException}: NO_SUCH_USER or UNAVAILABLE
     */
    public CompletableFuture<String> makeToken(String name) {
        return withAccount(name, (key, account) -> tokens.make(account.id()));
    }

    /**
     * Takes all tokens of an account away. Its sessions end.
     *
     * @param name the account's name
     * @return completes with the number of tokens when that is kept; they are not good from now on. Fails with a {@link
     *     RoomException}: NO_SUCH_USER or UNAVAILABLE
     */
    public CompletableFuture<Integer> revokeTokens(String name) {
        return withAccount(name, (key, account) -> {
            CompletableFuture<Integer> revoked = tokens.revoke(account.id());
            ended(account.toAccount(), "the tokens of this account are not good any more; log in again");
            return revoked;
        });
    }

    /**
     * How many tokens an account has.
     *
     * @param account the account
     * @return the number of those that are good
     */
    public int tokens(Account account) {
        return tokens.count(account.id());
    }

    /**
     * Deletes an account. Its sessions and memberships end, its tokens are not good any more, and its name is free.
     *
     * @param name its name
     * @return completes with what it was when that is kept; fails with a {@link RoomException}: NO_SUCH_USER or UNAVAILABLE
     */
    public CompletableFuture<Account> delete(String name) {
        return withAccount(
                name,
                (key, account) -> table.delete(key, account, Deletions.begun(account.id()))
                        .thenCompose(gone -> {
                            ended(account.toAccount(), DELETED);
                            return deletions
                                    .finish(account.id(), id -> deleted.apply(id, DELETED))
                                    .thenCombine(tokens.revoke(account.id()), (done, revoked) -> account.toAccount());
                        }));
    }

    /**
     * Lists all accounts.
     *
     * @return the accounts, by name
     */
    public List<Account> list() {
        return table.all().stream()
                .map(AccountRecord::toAccount)
                .sorted(Comparator.comparing(Account::name))
                .toList();
    }

    /**
     * Lists accounts that nobody can log in to: under the present name policy their names look like that of an older account.
     *
     * @return the accounts; mostly none
     */
    public List<Account> hidden() {
        return table.hidden().stream().map(AccountRecord::toAccount).toList();
    }

    /**
     * Makes an invitation code, which is good for one registration.
     *
     * @return completes with the code when it is kept; only its hash is, so that it cannot be shown again
     */
    public CompletableFuture<String> invite() {
        return invitations.make();
    }

    /**
     * How many invitation codes are good.
     *
     * @return the number
     */
    public int invitations() {
        return invitations.count();
    }

    private Account ended(Account account, String text) {
        ended.accept(account.id(), text);
        return account;
    }

    private <T> CompletableFuture<T> withAccount(
            String name, BiFunction<String, AccountRecord, CompletableFuture<T>> work) {
        try {
            String key = names.user(requireNonNull(name, "name")).key();
            AccountRecord account = table.find(key);
            if (account == null) {
                throw new RoomException(Reason.NO_SUCH_USER, "there is no account " + name);
            }
            return work.apply(key, account);
        } catch (RoomException no) {
            return CompletableFuture.failedFuture(no);
        }
    }

    /** Does something with a name, if it can be one. */
    private CompletableFuture<Account> named(String name, Naming work) {
        try {
            return work.with(names.user(requireNonNull(name, "name"))).thenApply(AccountRecord::toAccount);
        } catch (RoomException no) {
            return CompletableFuture.failedFuture(no);
        }
    }

    private interface Naming {
        CompletableFuture<AccountRecord> with(NamePolicy.Name name);
    }

    private CompletableFuture<Account> change(String name, UnaryOperator<AccountRecord> change) {
        return named(
                name,
                found -> table.change(found.key(), now -> change.apply(requireNonNull(now)))
                        .thenApply(Objects::requireNonNull));
    }

    /** Has something done on a thread that may compute. */
    private CompletableFuture<AccountRecord> computed(Supplier<CompletableFuture<AccountRecord>> work) {
        return checks.compute(Source.PROGRAM, work);
    }

    /** Refuses the logins that wait, and takes no more. The journal stays open. */
    @Override
    public void close() {
        checks.close();
    }

    /** What the journal has. */
    private record Kept(
            AccountTable table,
            Invitations invitations,
            Tokens tokens,
            Deletions deletions,
            @Nullable Bytes scramSecret) {}

    /** Opens accounts. One thread. */
    public static final class Builder {
        NamePolicy names = NamePolicy.standard();
        boolean guests = true;
        Registration registration = Registration.OFF;
        PasswordHashes.Cost cost = PasswordHashes.Cost.of(Runtime.getRuntime().maxMemory());
        int scramIterations;
        Function<? super X509Certificate, Optional<String>> certificates = shown -> Optional.empty();
        LongSupplier nanoTime = System::nanoTime;
        LongSupplier epochMillis = System::currentTimeMillis;
        private final Set<String> reserved = new HashSet<>(); // as they were given

        private Builder() {}

        /**
         * Which names there may be.
         *
         * @param value the name policy of the server
         * @return this builder
         */
        public Builder names(NamePolicy value) {
            names = requireNonNull(value, "names");
            return this;
        }

        /**
         * Whether guests may log in.
         *
         * @param value whether they may; they may if nothing is said
         * @return this builder
         */
        public Builder guests(boolean value) {
            guests = value;
            return this;
        }

        /**
         * Who may make an account.
         *
         * @param value who may; nobody if nothing is said
         * @return this builder
         */
        public Builder registration(Registration value) {
            registration = requireNonNull(value, "registration");
            return this;
        }

        /**
         * A name that no account can have, such as the operator's.
         *
         * @param name the name
         * @return this builder
         */
        public Builder reserve(String name) {
            reserved.add(requireNonNull(name, "name"));
            return this;
        }

        /**
         * The clocks.
         *
         * @param nanos monotonic time in nanoseconds
         * @param millis wall time in milliseconds since 1970
         * @return this builder
         */
        public Builder clock(LongSupplier nanos, LongSupplier millis) {
            nanoTime = requireNonNull(nanos, "nanos");
            epochMillis = requireNonNull(millis, "millis");
            return this;
        }

        /**
         * Whether logins with SCRAM-SHA-256 are taken, and with SCRAM-SHA-256-PLUS under TLS. Then keys are kept of each
         * password, beside its hash. Whoever steals them guesses at them, and not at the hash of argon2id: they resist less, since they
         * need no memory. So none are kept unless this is true. An account that was made before gets its keys at its next
         * login with its password.
         *
         * @param value whether they are; they are not if nothing is said
         * @return this builder
         */
        public Builder scram(boolean value) {
            scramIterations = value ? Scram.ITERATIONS : 0;
            return this;
        }

        /**
         * Whose account a certificate is that a client has shown in the TLS handshake, and that the transport's trust manager has
         * accepted. Nobody's, if nothing is said.
         *
         * @param value gives the name of the account; must not block
         * @return this builder
         */
        public Builder certificates(Function<? super X509Certificate, Optional<String>> value) {
            certificates = requireNonNull(value, "certificates");
            return this;
        }

        /** How often a password is hashed for SCRAM, for tests. */
        Builder scramIterations(int value) {
            scramIterations = value;
            return this;
        }

        /** What a hash costs, for tests. */
        Builder cost(PasswordHashes.Cost value) {
            cost = value;
            return this;
        }

        /** The keys of the names that no account can have. */
        Set<String> reserved() {
            Set<String> keys = new HashSet<>();
            reserved.forEach(name -> keys.add(names.user(name).key()));
            return keys;
        }

        /**
         * Reads all accounts.
         *
         * @param journal where they are kept; it stays open
         * @return completes with the accounts; fails if the journal cannot be read, or was written by a later version
         */
        public CompletableFuture<StoredAccounts> open(Journal journal) {
            CompletableFuture<@Nullable Bytes> secret = scramIterations == 0
                    ? CompletableFuture.completedFuture(null)
                    : Scram.secret(journal).thenApply(made -> made);
            CompletableFuture<AccountTable> table = AccountTable.read(journal, names);
            CompletableFuture<Invitations> invitations = Invitations.read(journal);
            CompletableFuture<Tokens> tokens = Tokens.read(journal);
            CompletableFuture<Deletions> deletions = Deletions.read(journal);
            return CompletableFuture.allOf(table, invitations, tokens, deletions, secret)
                    .thenApply(all ->
                            new Kept(table.join(), invitations.join(), tokens.join(), deletions.join(), secret.join()))
                    .thenApply(kept -> new StoredAccounts(this, kept));
        }
    }
}
