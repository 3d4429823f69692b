package io.parley.accounts;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.Bytes;
import io.parley.codec.MalformedException;
import io.parley.journal.KeyValue;
import io.parley.model.Identity;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * An account as it is kept. Immutable, for any thread.
 *
 * <pre>
 *   account   key: the key of the name when the account was made | form varint (1) | id string | name string | hash string
 *             | operator flag | bot flag | createdMillis i64 | version varint
 * </pre>
 *
 * @param storedAs the key of the value; a later name policy may make another key of the name
 * @param id who it is, for life
 * @param name the name as others see it
 * @param hash the hash of the password, as {@link PasswordHashes} makes it
 * @param operator whether it is an operator
 * @param bot whether a program uses it
 * @param createdMillis when it was made, in milliseconds since 1970
 * @param version grows with each new password, so that sessions of the old one end
 */
record AccountRecord(
        String storedAs,
        String id,
        String name,
        String hash,
        boolean operator,
        boolean bot,
        long createdMillis,
        long version) {
    static final String KIND = "account";

    /** The attribute that changes with the password. */
    static final String CREDENTIAL = "credential";

    private static final String BOT = "bot";
    private static final int FORM = 1;
    private static final int MOST_BYTES = 8 << 10;

    /** Reads a value. */
    static AccountRecord of(KeyValue kept) {
        Bytes bytes = kept.value();
        if (bytes == null) {
            throw new MalformedException("the account " + kept.key() + " has no value");
        }
        ByteReader in = new ByteReader();
        in.over(bytes.toArray(), 0, bytes.length());
        if (in.varint() != FORM) {
            throw new MalformedException("the account " + kept.key() + " was written by a later version");
        }
        return new AccountRecord(
                kept.key(), in.text(), in.text(), in.text(), in.flag(), in.flag(), in.fixed64(), in.varint());
    }

    KeyValue toValue(boolean vital) {
        ByteBuffer into = ByteBuffer.allocate(MOST_BYTES);
        ByteWriter.varint(into, FORM);
        ByteWriter.text(into, id);
        ByteWriter.text(into, name);
        ByteWriter.text(into, hash);
        ByteWriter.flag(into, operator);
        ByteWriter.flag(into, bot);
        ByteWriter.fixed64(into, createdMillis);
        ByteWriter.varint(into, version);
        byte[] bytes = new byte[into.flip().remaining()];
        into.get(bytes);
        return new KeyValue(KIND, storedAs, Bytes.of(bytes), vital);
    }

    /** The same with a new password. */
    AccountRecord withPassword(String newHash) {
        return new AccountRecord(storedAs, id, name, newHash, operator, bot, createdMillis, version + 1);
    }

    /** The same password under another hash: sessions go on. */
    AccountRecord rehashed(String newHash) {
        return new AccountRecord(storedAs, id, name, newHash, operator, bot, createdMillis, version);
    }

    AccountRecord withOperator(boolean value) {
        return new AccountRecord(storedAs, id, name, hash, value, bot, createdMillis, version);
    }

    AccountRecord withBot(boolean value) {
        return new AccountRecord(storedAs, id, name, hash, operator, value, createdMillis, version);
    }

    Account toAccount() {
        return new Account(id, name, operator, bot, Instant.ofEpochMilli(createdMillis));
    }

    /** Who the account is, as the hub is told. */
    Identity toIdentity() {
        Map<String, String> attributes = new HashMap<>();
        attributes.put(CREDENTIAL, Long.toString(version));
        if (operator) {
            attributes.put(Identity.OPERATOR, "true");
        }
        if (bot) {
            attributes.put(BOT, "true");
        }
        return Identity.account(id, name).with(attributes);
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "account " + name;
    }
}
