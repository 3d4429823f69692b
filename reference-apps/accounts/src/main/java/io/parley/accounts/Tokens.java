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
        return put(List.of(new KeyValue(KIND, key, Bytes.of(value)))).thenApply(kept -> {
            accounts.put(key, account);
            return token;
        });
    }

    /** The id of the account that a token is of; null if it is not good. */
    @Nullable
    String account(Bytes token) {
        return accounts.get(key(token.toArray()));
    }

    /** How many tokens an account has. */
    int count(String account) {
        return (int) accounts.values().stream().filter(account::equals).count();
    }

    /**
     * Takes all tokens of an account away. They are not good from now on, even if that cannot be kept.
     *
     * @return completes when that is kept, with their number
     */
    CompletableFuture<Integer> revoke(String account) {
        List<KeyValue> gone = new ArrayList<>();
        accounts.forEach((key, owner) -> {
            if (owner.equals(account) && accounts.remove(key, owner)) {
                gone.add(new KeyValue(KIND, key, null, true));
            }
        });
        CompletableFuture<?> all = CompletableFuture.completedFuture(0);
        for (int from = 0; from < gone.size(); from += MOST_AT_ONCE) {
            List<KeyValue> some = List.copyOf(gone.subList(from, Math.min(gone.size(), from + MOST_AT_ONCE)));
            all = all.thenCompose(done -> put(some));
        }
        return all.thenApply(done -> gone.size());
    }

    private CompletableFuture<@Nullable Void> put(List<KeyValue> values) {
        return journal.put(values)
                .exceptionallyCompose(error -> CompletableFuture.failedFuture(
                        new RoomException(Reason.UNAVAILABLE, "tokens cannot be changed at the moment")));
    }

    private static String key(byte[] token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never); // each JDK has it
        }
    }
}
