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
 *   account   key: the key of the name when the account was made | form varint | id string | name string | hash string
 *             | operator flag | bot flag | createdMillis i64 | version varint | scram string
 *             form 2 has all; form 1 has no scram, and is written where there is none
 * </pre>
 *
 * @param storedAs the key of the value; a later name policy may make another key of the name
 * @param id who it is, for life
 * @param name the name as others see it
 * @param verifiers what its password is checked with
 * @param operator whether it is an operator
 * @param bot whether a program uses it
 * @param createdMillis when it was made, in milliseconds since 1970
 * @param version grows with each new password, so that sessions of the old one end
 */
record AccountRecord(
        String storedAs,
        String id,
        String name,
        Verifiers verifiers,
        boolean operator,
        boolean bot,
        long createdMillis,
        long version) {
    static final String KIND = "account";

    /** The attribute that changes with the password. */
    static final String CREDENTIAL = "credential";

    private static final String BOT = "bot";
    private static final int FORM = 2;
    private static final int FORM_WITHOUT_SCRAM = 1;
    private static final int MOST_BYTES = 8 << 10;

    /** Reads a value. */
    static AccountRecord of(KeyValue kept) {
        Bytes bytes = kept.value();
        if (bytes == null) {
            throw new MalformedException("the account " + kept.key() + " has no value");
        }
        ByteReader in = new ByteReader();
        in.over(bytes.toArray(), 0, bytes.length());
        long form = in.varint();
        if (form < FORM_WITHOUT_SCRAM || form > FORM) {
            throw new MalformedException("the account " + kept.key() + " was written by a later version");
        }
        String id = in.text();
        String name = in.text();
        String hash = in.text();
        boolean operator = in.flag();
        boolean bot = in.flag();
        long created = in.fixed64();
        long version = in.varint();
        Verifiers verifiers = new Verifiers(hash, form == FORM_WITHOUT_SCRAM ? "" : in.text());
        return new AccountRecord(kept.key(), id, name, verifiers, operator, bot, created, version);
    }

    KeyValue toValue(boolean vital) {
        ByteBuffer into = ByteBuffer.allocate(MOST_BYTES);
        boolean withScram = !verifiers.scram().isEmpty(); // without, versions from before SCRAM can read it
        ByteWriter.varint(into, withScram ? FORM : FORM_WITHOUT_SCRAM);
        ByteWriter.text(into, id);
        ByteWriter.text(into, name);
        ByteWriter.text(into, verifiers.hash());
        ByteWriter.flag(into, operator);
        ByteWriter.flag(into, bot);
        ByteWriter.fixed64(into, createdMillis);
        ByteWriter.varint(into, version);
        if (withScram) {
            ByteWriter.text(into, verifiers.scram());
        }
        byte[] bytes = new byte[into.flip().remaining()];
        into.get(bytes);
        return new KeyValue(KIND, storedAs, Bytes.of(bytes), vital);
    }

    /** The same with a new password. */
    AccountRecord withPassword(Verifiers next) {
        return new AccountRecord(storedAs, id, name, next, operator, bot, createdMillis, version + 1);
    }

    /** The same password with other verifiers: sessions go on. */
    AccountRecord rehashed(Verifiers next) {
        return new AccountRecord(storedAs, id, name, next, operator, bot, createdMillis, version);
    }

    AccountRecord withOperator(boolean value) {
        return new AccountRecord(storedAs, id, name, verifiers, value, bot, createdMillis, version);
    }

    AccountRecord withBot(boolean value) {
        return new AccountRecord(storedAs, id, name, verifiers, operator, value, createdMillis, version);
    }

    /** Whether this is another account than that one was, or one with another password. */
    boolean isOther(AccountRecord before) {
        return version != before.version || !id.equals(before.id);
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

    /** Without the verifiers. */
    @Override
    public String toString() {
        return "account " + name;
    }
}
