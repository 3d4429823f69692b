package io.parley.apps.server.accounts;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.parley.apps.server.files.FileChecks;
import io.parley.apps.server.files.FileErrors;
import io.parley.apps.server.files.FileOwnership;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The accounts of a file: names and hashes of passwords, one line {@code name:hash} for each account. Immutable, for any
 * thread.
 */
public final class Accounts {
    /** The limit of bcrypt, which ignores further bytes. */
    static final int MAX_PASSWORD_BYTES = 72;

    private static final int COST = 10;
    private static final String NOBODY = BCrypt.withDefaults().hashToString(COST, "nobody".toCharArray());

    private final SortedMap<String, String> hashes; // by the key of the name

    private Accounts(SortedMap<String, String> hashes) {
        this.hashes = hashes;
    }

    public static Accounts none() {
        return new Accounts(new TreeMap<>());
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
        SortedMap<String, String> hashes = new TreeMap<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            int colon = line.indexOf(':');
            if (!line.isBlank() && colon < 1) {
                throw new IOException(file + ", line " + number + ": not name:hash");
            }
            if (!line.isBlank()) {
                hashes.put(line.substring(0, colon), line.substring(colon + 1));
            }
        }
        return new Accounts(hashes);
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
        hashes.forEach(
                (name, hash) -> text.append(name).append(':').append(hash).append('\n'));
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
        return NamePolicy.standard().user(name).key();
    }

    boolean has(String name) {
        try {
            return hashes.containsKey(key(name));
        } catch (RoomException invalidName) {
            return false;
        }
    }

    public Set<String> names() {
        return hashes.keySet();
    }

    /** The same accounts with one more, or with a new password for one. */
    Accounts with(String name, String password) {
        checkPassword(password);
        SortedMap<String, String> more = new TreeMap<>(hashes);
        more.put(key(name), BCrypt.withDefaults().hashToString(COST, password.toCharArray()));
        return new Accounts(more);
    }

    Accounts without(String name) {
        SortedMap<String, String> fewer = new TreeMap<>(hashes);
        fewer.remove(key(name));
        return new Accounts(fewer);
    }

    /** Whether a password is right. It takes the same time if there is no such account. */
    boolean matches(String name, String password) {
        boolean known = has(name);
        boolean tooLong = password.getBytes(StandardCharsets.UTF_8).length > MAX_PASSWORD_BYTES;
        String hash = known ? hashes.get(key(name)) : NOBODY;
        boolean same = BCrypt.verifyer().verify((tooLong ? "" : password).toCharArray(), String.valueOf(hash)).verified;
        return same && known && !tooLong;
    }
}
