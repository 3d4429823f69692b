package io.parley.apps.server;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.parley.room.NamePolicy;
import io.parley.room.RoomException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Names and the hashes of their passwords, as a file keeps them: a line {@code name:hash} for each. Immutable, for any
 * thread.
 */
final class Accounts {
    /** More than that bcrypt does not look at. */
    static final int MAX_PASSWORD_BYTES = 72;

    private static final int COST = 10;
    private static final String NOBODY = BCrypt.withDefaults().hashToString(COST, "nobody".toCharArray());

    private final SortedMap<String, String> hashes; // by the name's key

    private Accounts(SortedMap<String, String> hashes) {
        this.hashes = hashes;
    }

    static Accounts none() {
        return new Accounts(new TreeMap<>());
    }

    /**
     * Reads a file.
     *
     * @throws IOException with words for the operator, also if others than its owner can read it
     */
    static Accounts read(Path file) throws IOException {
        Safety.checkPrivate(file, "accounts");
        SortedMap<String, String> hashes = new TreeMap<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
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

    /** Writes a file in one step, for its owner's eyes only. */
    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        hashes.forEach(
                (name, hash) -> text.append(name).append(':').append(hash).append('\n'));
        Path folder = file.toAbsolutePath().getParent();
        Path fresh = Files.createTempFile(folder, "accounts", ".new"); // which is its owner's alone
        Files.writeString(fresh, text);
        if (Files.getFileAttributeView(fresh, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String key(String name) {
        return NamePolicy.standard().user(name).key();
    }

    boolean has(String name) {
        try {
            return hashes.containsKey(key(name));
        } catch (RoomException nobodysName) {
            return false;
        }
    }

    Set<String> names() {
        return hashes.keySet();
    }

    /** The same with one account more, or with another password for it. */
    Accounts with(String name, String password) {
        if (password.isEmpty() || password.getBytes(StandardCharsets.UTF_8).length > MAX_PASSWORD_BYTES) {
            throw new IllegalArgumentException("a password has 1 to " + MAX_PASSWORD_BYTES + " bytes");
        }
        SortedMap<String, String> more = new TreeMap<>(hashes);
        more.put(key(name), BCrypt.withDefaults().hashToString(COST, password.toCharArray()));
        return new Accounts(more);
    }

    Accounts without(String name) {
        SortedMap<String, String> fewer = new TreeMap<>(hashes);
        fewer.remove(key(name));
        return new Accounts(fewer);
    }

    /** Whether a password is an account's. Takes as long whether there is such an account or not. */
    boolean matches(String name, String password) {
        boolean known = has(name);
        boolean tooLong = password.getBytes(StandardCharsets.UTF_8).length > MAX_PASSWORD_BYTES;
        String hash = known ? hashes.get(key(name)) : NOBODY;
        boolean same = BCrypt.verifyer().verify((tooLong ? "" : password).toCharArray(), String.valueOf(hash)).verified;
        return same && known && !tooLong;
    }
}
