package io.parley.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.codec.Bytes;
import io.parley.journal.Journal;
import io.parley.journal.KeyValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The invitation codes that are good, each once. Any thread may call it.
 *
 * <pre>
 *   invitation   key: SHA-256 of the code in hex | one byte, 1
 * </pre>
 *
 * Whoever reads the journal does not learn a code.
 */
final class Invitations {
    private static final String KIND = "invitation";
    private static final int CODE_CHARACTERS = 16; // of 5 bits
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789x"; // no letters that look alike

    private final Journal journal;
    private final SecureRandom random = new SecureRandom();
    private final Set<String> good = ConcurrentHashMap.newKeySet(); // by the hash

    private Invitations(Journal journal) {
        this.journal = journal;
    }

    static CompletableFuture<Invitations> read(Journal journal) {
        Invitations invitations = new Invitations(journal);
        return AccountTable.pages(journal, KIND, "", new ArrayList<>()).thenApply(all -> {
            all.forEach(one -> invitations.good.add(one.key()));
            return invitations;
        });
    }

    /**
     * Makes a code.
     *
     * @return completes with it when it is kept
     */
    CompletableFuture<String> make() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < CODE_CHARACTERS; i++) {
            code.append(i > 0 && i % 4 == 0 ? "-" : "").append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        String key = key(code.toString());
        KeyValue value = new KeyValue(KIND, key, Bytes.of(new byte[] {1}));
        return journal.put(List.of(value)).thenApply(kept -> {
            good.add(key);
            return code.toString();
        });
    }

    int count() {
        return good.size();
    }

    /**
     * Takes a code, so that nobody else uses it.
     *
     * @return what takes it out of the journal, to be kept with the account; null if the code is not good
     */
    @Nullable
    KeyValue take(String code) {
        String key = key(code);
        return good.remove(key) ? new KeyValue(KIND, key, null) : null;
    }

    /** No account was made with a code: whether it is still good, the journal knows. */
    void giveBack(KeyValue taken) {
        journal.value(KIND, taken.key()).thenAccept(kept -> {
            if (kept != null) {
                good.add(taken.key());
            }
        });
    }

    private static String key(String code) {
        try {
            byte[] bytes = code.strip().toLowerCase(Locale.ROOT).getBytes(UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never); // each JDK has it
        }
    }
}
