package io.parley.accounts;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.Bytes;
import io.parley.codec.MalformedException;
import io.parley.journal.Journal;
import io.parley.journal.KeyValue;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that accounts log in with, which programs have in place of a password. Any thread may call it.
 *
 * <pre>
 *   account-token   key: SHA-256 of the token in hex | form varint (1) | id string, of the account
 * </pre>
 *
 * Whoever reads the journal does not learn a token. There is no slow hash of them: nobody guesses 192 random bits.
 */
final class Tokens {
    private static final String KIND = "account-token";
    private static final int FORM = 1;
    private static final int RANDOM_BYTES = 24;
    private static final String PREFIX = "parley-"; // so that scanners find one that was published by mistake
    private static final int MOST_BYTES = 1 << 10;
    private static final int MOST_AT_ONCE = 100;

    private final Journal journal;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, String> accounts = new ConcurrentHashMap<>(); // ids, by the hash of a token
    private final Set<String> revoked = ConcurrentHashMap.newKeySet(); // hashes, until that is kept

    private Tokens(Journal journal) {
        this.journal = journal;
    }

    static CompletableFuture<Tokens> read(Journal journal) {
        Tokens tokens = new Tokens(journal);
        return AccountTable.pages(journal, KIND, "", new ArrayList<>()).thenApply(all -> {
            all.forEach(one -> tokens.accounts.put(one.key(), account(one)));
            return tokens;
        });
    }

    private static String account(KeyValue kept) {
        Bytes bytes = kept.value();
        ByteReader in = new ByteReader();
        in.over(bytes == null ? new byte[1] : bytes.toArray(), 0, bytes == null ? 1 : bytes.length());
        if (in.varint() != FORM) {
            throw new MalformedException("a token was written by a later version");
        }
        return in.text();
    }

    /**
     * Makes a token.
     *
     * @param account the id of the account
     * @return completes with it when it is kept
     */
    CompletableFuture<String> make(String account) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        String key = key(token.getBytes(StandardCharsets.UTF_8));
        ByteBuffer into = ByteBuffer.allocate(MOST_BYTES);
        ByteWriter.varint(into, FORM);
        ByteWriter.text(into, account);
        byte[] value = new byte[into.flip().remaining()];
        into.get(value);
        accounts.put(key, account); // first: whoever revokes finds it, and nobody has it yet
        return put(List.of(new KeyValue(KIND, key, Bytes.of(value)))).handle((kept, error) -> {
            if (error != null) {
                accounts.remove(key);
                throw unavailable();
            }
            return token;
        });
    }

    /** The id of the account that a token is of; null if it is not good. */
    @Nullable
    String account(Bytes token) {
        String key = key(token.toArray());
        return revoked.contains(key) ? null : accounts.get(key);
    }

    /** How many tokens an account has. */
    int count(String account) {
        return (int) accounts.entrySet().stream()
                .filter(one -> one.getValue().equals(account) && !revoked.contains(one.getKey()))
                .count();
    }

    /**
     * Takes all tokens of an account away. They are not good from now on. If that cannot be kept, it is to be tried again.
     *
     * @return completes when that is kept, with their number; fails with UNAVAILABLE
     */
    CompletableFuture<Integer> revoke(String account) {
        List<String> gone = new ArrayList<>();
        accounts.forEach((key, owner) -> {
            if (owner.equals(account)) {
                revoked.add(key);
                gone.add(key);
            }
        });
        CompletableFuture<?> all = CompletableFuture.completedFuture(0);
        for (int from = 0; from < gone.size(); from += MOST_AT_ONCE) {
            List<String> some = List.copyOf(gone.subList(from, Math.min(gone.size(), from + MOST_AT_ONCE)));
            all = all.thenCompose(done -> remove(some));
        }
        return all.thenApply(done -> gone.size());
    }

    private CompletableFuture<?> remove(List<String> keys) {
        return put(keys.stream().map(key -> new KeyValue(KIND, key, null, true)).toList())
                .thenRun(() -> keys.forEach(key -> {
                    accounts.remove(key);
                    revoked.remove(key);
                }));
    }

    private CompletableFuture<@Nullable Void> put(List<KeyValue> values) {
        return journal.put(values).exceptionallyCompose(error -> CompletableFuture.failedFuture(unavailable()));
    }

    private static RoomException unavailable() {
        return new RoomException(Reason.UNAVAILABLE, "tokens cannot be changed at the moment");
    }

    private static String key(byte[] token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never); // each JDK has it
        }
    }
}
