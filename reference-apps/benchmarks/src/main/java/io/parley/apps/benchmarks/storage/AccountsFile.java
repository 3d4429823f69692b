package io.parley.apps.benchmarks.storage;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The file of accounts that the chat server reads; all have one password. No state, for any thread. */
final class AccountsFile {
    static final String PASSWORD = "the password of everybody";

    private static final int COST = 4; // the least: passwords are not what is measured

    private AccountsFile() {}

    /** Writes a file with these accounts. */
    static void write(Path file, List<String> names) throws IOException {
        String hash = BCrypt.withDefaults().hashToString(COST, PASSWORD.toCharArray());
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, names.stream().map(name -> name + ":" + hash).toList());
    }
}
