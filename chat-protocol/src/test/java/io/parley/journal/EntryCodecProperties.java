package io.parley.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.codec.ByteReader;
import io.parley.codec.MalformedException;
import io.parley.model.Entry;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** What holds for every entry as bytes, and for any bytes. */
class EntryCodecProperties {
    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static void comesBack(Entry.Sequenced entry) {
        byte[] bytes = EntryCodec.encode(entry);
        assertThat(EntryCodec.decode(bytes)).isEqualTo(entry);
        assertThat(EntryCodec.mostBytes(entry)).isGreaterThanOrEqualTo(bytes.length);

        ByteBuffer odd = ByteBuffer.allocateDirect(bytes.length + 3).order(ByteOrder.LITTLE_ENDIAN);
        odd.position(2);
        EntryCodec.encode(entry, odd);
        assertThat(odd.position()).isEqualTo(bytes.length + 2);
        assertThat(odd.flip().position(2).compareTo(ByteBuffer.wrap(bytes))).isZero();

        ByteReader in = new ByteReader();
        in.over(concat(new byte[] {1}, bytes), 1, bytes.length);
        assertThat(EntryCodec.decode(in)).isEqualTo(entry);
    }

    @Property(tries = 5_000, seed = "20260101")
    void entryComesBack(@ForAll Random random) {
        comesBack(new RandomEntries(random).known());
    }

    /** An entry of an unknown type is written as it was read. */
    @Property(tries = 1_000, seed = "20260101")
    void unknownEntryComesBack(@ForAll Random random) {
        Entry.Other other = new RandomEntries(random).other();
        comesBack(other);
        byte[] bytes = EntryCodec.encode(other);
        assertThat(EntryCodec.encode(EntryCodec.decode(bytes))).isEqualTo(bytes);
    }

    /** A known entry whose type is not known is read as an unknown one, and written as it was read. */
    @Property(tries = 1_000, seed = "20260101")
    void entryOfALaterVersionKeepsItsBytes(@ForAll Random random) {
        byte[] bytes = EntryCodec.encode(new RandomEntries(random).known());
        bytes[0] = 99;
        Entry.Sequenced read = EntryCodec.decode(bytes);
        assertThat(read).isInstanceOf(Entry.Other.class);
        assertThat(((Entry.Other) read).type()).isEqualTo(99);
        assertThat(EntryCodec.encode(read)).isEqualTo(bytes);
    }

    @Property(tries = 2_000, seed = "20260101")
    void whatIsBehindTheKnownFieldsIsSkipped(@ForAll Random random, @ForAll @Size(max = 50) byte[] more) {
        Entry.Sequenced entry = new RandomEntries(random).known();
        assertThat(EntryCodec.decode(concat(EntryCodec.encode(entry), more))).isEqualTo(entry);
    }

    @Property(tries = 300, seed = "20260101")
    void entryCutAnywhereIsMalformed(@ForAll Random random) {
        byte[] bytes = EntryCodec.encode(new RandomEntries(random).known());
        int step = 1 + bytes.length / 1_000;
        for (int length = 0; length < bytes.length; length += 1 + random.nextInt(step)) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> EntryCodec.decode(cut))
                    .as("%d of %d bytes", length, bytes.length)
                    .isExactlyInstanceOf(MalformedException.class);
        }
    }

    @Property(tries = 1_000, seed = "20260101")
    void entryThatDoesNotFitOverflowsAndNothingElse(@ForAll Random random) {
        RandomEntries entries = new RandomEntries(random);
        Entry.Sequenced entry = random.nextInt(5) == 0 ? entries.other() : entries.known();
        int length = EntryCodec.encode(entry).length;
        ByteBuffer into = ByteBuffer.allocate(length - 1 - random.nextInt(Math.min(40, length)));
        assertThatThrownBy(() -> EntryCodec.encode(entry, into)).isExactlyInstanceOf(BufferOverflowException.class);
    }

    @Property(tries = 20_000, seed = "20260101")
    void anyBytesAreAnEntryOrMalformed(@ForAll @Size(max = 200) byte[] bytes) {
        isAnEntryOrMalformed(bytes);
    }

    /** Damage to an entry gets deeper than any bytes do. */
    @Property(tries = 20_000, seed = "20260101")
    void damagedBytesAreAnEntryOrMalformed(@ForAll Random random) {
        byte[] bytes = EntryCodec.encode(new RandomEntries(random).known());
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(random.nextBoolean() ? bytes.length : Math.min(60, bytes.length))] =
                    (byte) random.nextInt();
        }
        isAnEntryOrMalformed(bytes);
    }

    private static void isAnEntryOrMalformed(byte[] bytes) {
        Entry.Sequenced entry;
        try {
            entry = EntryCodec.decode(bytes);
        } catch (MalformedException expected) {
            return;
        }
        assertThat(EntryCodec.decode(EntryCodec.encode(entry))).isEqualTo(entry);
    }
}
