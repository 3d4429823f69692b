package io.parley.apps.server.accounts;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.parley.apps.server.files.FileChecks;
import io.parley.apps.server.files.FileErrors;
import io.parley.apps.server.files.FileOwnership;
import io.parley.apps.server.names.LookAlikeNames;
import io.parley.model.Identity;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of a file: names and hashes of passwords, one line {@code name:hash} for each account, and {@code
 * name:hash:operator} for an operator. Immutable, for any thread.
 */
public final class Accounts {
    /** The limit of bcrypt, which ignores further bytes. */
    static final int MAX_PASSWORD_BYTES = 72;

    /** The attribute that changes with the password. */
    static final String CREDENTIAL = "credential";

    private static final int COST = 10;
    private static final String NOBODY = BCrypt.withDefaults().hashToString(COST, "nobody".toCharArray());

    private static final NamePolicy NAMES = LookAlikeNames.INSTANCE;

    private static final String OPERATOR = "operator"; // the third field; a hash has no colon

    /** A line of the file. */
    private record Account(String name, String hash, boolean operator) {

        /** Reads a line; null if it is none. */
        static @Nullable Account of(String line) {
            String[] fields = line.split(":", -1);
            boolean operator = fields.length == 3 && fields[2].equals(OPERATOR);
            boolean valid = !fields[0].isEmpty() && (fields.length == 2 || operator);
            return valid ? new Account(fields[0], fields[1], operator) : null;
        }

        String line() {
            return name + ":" + hash + (operator ? ":" + OPERATOR : "");
        }
    }

    private final Map<String, Account> accounts; // by the key of the name

    private Accounts(Map<String, Account> accounts) {
        this.accounts = accounts;
    }

    public static Accounts none() {
        return new Accounts(Map.of());
    }

    /** Refuses a name that no user can have. */
    static void checkName(String name) {
        key(name);
    }

    /** Refuses a password that no account can have. */
    static void checkPassword(String password) {
        if (password.isEmpty() || password.getBytes(StandardCharsets.UTF_8).length > MAX_PASSWORD_BYTES) {
            throw new IllegalArgumentException("a password has 1 to " + MAX_PASSWORD_BYTES + " bytes");
        }
    }

    /**
     * Reads a file.
     *
     * @throws IOException with a message for the operator, also if every user of this machine can read it
     */
    public static Accounts read(Path file) throws IOException {
        FileChecks.checkPrivate(file, "accounts");
        Map<String, Account> accounts = new HashMap<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            Account account = Account.of(line);
            if (account == null) {
                throw new IOException(file + ", line " + number + ": not name:hash or name:hash:operator");
            }
            Account other = put(accounts, account, file + ", line " + number + ": ");
            if (other != null) {
                throw new IOException(file + ", line " + number + ": the names " + other.name() + " and "
                        + account.name() + " are the same or look alike; remove one of the lines");
            }
        }
        return new Accounts(accounts);
    }

    /** Adds the account of a line; returns the one that had its name. */
    private static @Nullable Account put(Map<String, Account> accounts, Account account, String place)
            throws IOException {
        try {
            return accounts.put(key(account.name()), account);
        } catch (RoomException bad) {
            throw new IOException(place + bad.text(), bad);
        }
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException none) {
            throw new IOException(
                    "there is no file of accounts " + file + ": chat-server account add " + file + " NAME makes it",
                    none);
        } catch (IOException error) {
            throw new IOException("the accounts in " + file + " cannot be read: " + FileErrors.describe(error), error);
        }
    }

    /**
     * Replaces a file in one step and keeps its owner, group and mode. Only the owner can read a new file.
     *
     * @return warnings for the operator: what could not be kept
     * @throws IOException if the file cannot be written; the old one then stays
     */
    List<String> write(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        accounts.values().stream()
                .sorted(Comparator.comparing(Account::name))
                .forEach(account -> text.append(account.line()).append('\n'));
        Path target = target(file);
        Path fresh = beside(target);
        try {
            Files.writeString(fresh, text);
            List<String> lost = FileOwnership.copy(target, fresh);
            Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return lost;
        } finally {
            Files.deleteIfExists(fresh); // if it was not moved
        }
    }

    /** The file to be replaced; a symbolic link is followed, and stays. */
    static Path target(Path file) throws IOException {
        return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    }

    /** Makes a file in the same folder that only its owner can read. */
    private static Path beside(Path file) throws IOException {
        Path folder = file.getParent();
        try {
            return Files.createTempFile(folder, "accounts", ".new");
        } catch (NoSuchFileException none) {
            throw new IOException("there is no folder " + folder, none);
        } catch (AccessDeniedException error) {
            throw new IOException("this user has no permission to make a file in " + folder, error);
        }
    }

    /** The key of a name, which is the same for all its spellings; refuses a name that no user can have. */
    static String key(String name) {
        return NAMES.user(name).key();
    }

    /** A name as the file has it. */
    private static String stored(String name) {
        return NAMES.user(name).display().toLowerCase(Locale.ROOT);
    }

    private @Nullable Account find(String name) {
        try {
            return accounts.get(key(name));
        } catch (RoomException invalidName) {
            return null;
        }
    }

    boolean has(String name) {
        return find(name) != null;
    }

    /**
     * An account as it stands in the file.
     *
     * @param hash the hash of its password, of bcrypt
     */
    record Entry(String name, String hash, boolean operator) {}

    /** All accounts, by name. */
    List<Entry> entries() {
        return accounts.values().stream()
                .sorted(Comparator.comparing(Account::name))
                .map(account -> new Entry(account.name(), account.hash(), account.operator()))
                .toList();
    }

    public Set<String> names() {
        return accounts.values().stream().map(Account::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Refuses a name that only looks like that of an account: whoever edits the file means one of the two. */
    private void checkSpelling(String name) {
        Account account = find(name);
        if (account != null && !stored(account.name()).equals(stored(name))) {
            throw new IllegalArgumentException(
                    "the name " + name + " looks like that of the account " + account.name() + "; choose another");
        }
    }

    /** The same accounts with one more, or with a new password for one. */
    Accounts with(String name, String password) {
        checkPassword(password);
        checkSpelling(name);
        Account account = find(name);
        Map<String, Account> more = new HashMap<>(accounts);
        String hash = BCrypt.withDefaults().hashToString(COST, password.toCharArray());
        more.put(
                key(name),
                account == null
                        ? new Account(stored(name), hash, false)
                        : new Account(account.name(), hash, account.operator()));
        return new Accounts(more);
    }

    /** The same accounts, one of which is an operator or is none. */
    Accounts withOperator(String name, boolean operator) {
        checkSpelling(name);
        Map<String, Account> changed = new HashMap<>(accounts);
        changed.computeIfPresent(key(name), (key, account) -> new Account(account.name(), account.hash(), operator));
        return new Accounts(changed);
    }

    Accounts without(String name) {
        checkSpelling(name);
        Map<String, Account> fewer = new HashMap<>(accounts);
        fewer.remove(key(name));
        return new Accounts(fewer);
    }

    /**
     * Who an account is: its id is its name as it stands in the file, whatever the spelling; null if there is no such
     * account.
     */
    @Nullable
    Identity identity(String name) {
        Account account = find(name);
        if (account == null) {
            return null;
        }
        Map<String, String> attributes = new HashMap<>();
        attributes.put(CREDENTIAL, fingerprint(account.hash()));
        if (account.operator()) {
            attributes.put(Identity.OPERATOR, "true");
        }
        return Identity.account(account.name(), account.name()).with(attributes);
    }

    /** What tells one password's hash from another, and nothing else of it. */
    private static String fingerprint(String hash) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(hash.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, Long.BYTES);
        } catch (NoSuchAlgorithmException missing) { // every Java has it
            throw new IllegalStateException(missing);
        }
    }

    /** Whether there is such an account, and it is an operator. */
    public boolean isOperator(String name) {
        Account account = find(name);
        return account != null && account.operator();
    }

    /** Whether a password is right. It takes the same time if there is no such account. */
    boolean matches(String name, String password) {
        Account account = find(name);
        boolean tooLong = password.getBytes(StandardCharsets.UTF_8).length > MAX_PASSWORD_BYTES;
        String hash = account == null ? NOBODY : account.hash();
        boolean same = BCrypt.verifyer().verify((tooLong ? "" : password).toCharArray(), hash).verified;
        return same && account != null && !tooLong;
    }
}
