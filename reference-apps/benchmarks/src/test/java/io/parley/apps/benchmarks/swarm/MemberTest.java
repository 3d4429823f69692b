package io.parley.apps.benchmarks.swarm;

import static io.parley.apps.benchmarks.Frames.gap;
import static io.parley.apps.benchmarks.Frames.joined;
import static io.parley.apps.benchmarks.Frames.message;
import static io.parley.apps.benchmarks.Frames.welcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.parley.model.ErrorCode;
import io.parley.wire.Failed;
import io.parley.wire.Hello;
import io.parley.wire.Ok;
import io.parley.wire.Ping;
import io.parley.wire.Pong;
import io.parley.wire.Read;
import io.parley.wire.Refused;
import io.parley.wire.ServerFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberTest {
    private static final int ROOM = 300; // two bytes on the wire
    private static final long OWN = 0xFEDC_BA98_7654_3210L;
    private static final long OTHER = 2;
    private static final Hello M0 = Company.guests("m").login().apply(0);
    private static final int ALL_AT_ONCE = Integer.MAX_VALUE;

    private MemberContext context;
    private ScriptedLink link;
    private Member member;

    @BeforeEach
    void join() throws IOException {
        context = new MemberContext(32);
        join(ALL_AT_ONCE, ROOM);
    }

    private void join(int bytesARead, int... rooms) throws IOException {
        link = new ScriptedLink(bytesARead);
        member = new Member(
                context,
                link,
                M0,
                Arrays.stream(rooms).mapToObj(r -> "room" + r).toArray(String[]::new));
        feed(welcome(OWN, "m0"));
        for (int i = 0; i < rooms.length; i++) {
            assertThat(member.isIn()).isFalse();
            feed(joined(i + 1, rooms[i]));
        }
        assertThat(member.isIn()).isTrue();
    }

    private void feed(ServerFrame... frames) throws IOException {
        link.put(List.of(frames));
        do {
            member.read();
        } while (link.hasInput());
    }

    private void feedSeqs(long... seqs) throws IOException {
        feed(Arrays.stream(seqs).mapToObj(seq -> message(ROOM, seq, OTHER)).toArray(ServerFrame[]::new));
    }

    private void assertSaw(long deliveries, long skipped, long disorder) {
        assertThat(member.deliveries()).as("deliveries").isEqualTo(deliveries);
        assertThat(member.skipped()).as("skipped").isEqualTo(skipped);
        assertThat(member.disorder()).as("disorder").isEqualTo(disorder);
    }

    @Test
    void oneAfterTheOtherIsInOrder() throws IOException {
        feedSeqs(1, 2, 3, 4, 5);
        assertSaw(5, 0, 0);
        assertThat(member.seq()).isEqualTo(5);
    }

    @Test
    void whoComesLaterBeginsLater() throws IOException {
        feedSeqs(1_000, 1_001);
        assertSaw(2, 0, 0);
    }

    @Test
    void aLostOneIsNotDelivered() throws IOException {
        feedSeqs(1, 2, 4, 5);
        assertSaw(4, 0, 0);
    }

    @Test
    void aDoubledOneIsDisorderOnce() throws IOException {
        feedSeqs(1, 2, 2, 3);
        assertSaw(4, 0, 1);
    }

    @Test
    void oldOnesOnceMoreAreDisorderEach() throws IOException {
        feedSeqs(1, 2, 3, 1, 2, 4);
        assertSaw(6, 0, 2);
        assertThat(member.seq()).isEqualTo(4);
    }

    @Test
    void twoThatAreSwappedAreDisorderOnce() throws IOException {
        feedSeqs(1, 3, 2, 4);
        assertSaw(4, 0, 1);
    }

    @Test
    void theFirstTwoSwappedAreDisorderToo() throws IOException {
        feedSeqs(2, 1, 3);
        assertSaw(3, 0, 1);
    }

    @Test
    void aGapIsSkippedAndNoDisorder() throws IOException {
        feed(message(ROOM, 1, OTHER), gap(ROOM, 2, 200), message(ROOM, 201, OTHER));
        assertSaw(2, 199, 0);
    }

    @Test
    void aGapInTheBeginningIsSkippedToo() throws IOException {
        feed(gap(ROOM, 1, 3), message(ROOM, 4, OTHER));
        assertSaw(1, 3, 0);
    }

    @Test
    void aGapOfWhatHasComeIsDisorder() throws IOException {
        feed(message(ROOM, 1, OTHER), message(ROOM, 2, OTHER), gap(ROOM, 2, 3), message(ROOM, 4, OTHER));
        assertSaw(3, 2, 1);
    }

    @Test
    void whatComesInSpiteOfAGapIsDisorder() throws IOException {
        feed(message(ROOM, 1, OTHER), gap(ROOM, 2, 4), message(ROOM, 3, OTHER), message(ROOM, 5, OTHER));
        assertSaw(3, 3, 1);
    }

    @Test
    void anOldGapDoesNotGoBack() throws IOException {
        feed(message(ROOM, 5, OTHER), gap(ROOM, 2, 3), message(ROOM, 5, OTHER));
        assertSaw(2, 2, 2);
    }

    @Test
    void eachRoomHasItsOwnNumbers() throws IOException {
        join(ALL_AT_ONCE, 3, 90);
        feed(message(3, 1, OTHER), message(90, 1, OTHER), message(3, 2, OTHER), message(90, 2, OTHER));
        assertSaw(4, 0, 0);
        feed(message(90, 3, OTHER), gap(3, 3, 8), message(90, 3, OTHER));
        assertThat(member.seq()).as("of the first room").isEqualTo(8);
        feed(message(3, 8, OTHER), message(3, 9, OTHER));
        assertSaw(8, 6, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 64, 100, 1_000})
    void itDoesNotMatterHowTheBytesCome(int bytesARead) throws IOException {
        join(bytesARead, ROOM);
        feed(
                message(ROOM, 1, OWN),
                message(ROOM, 2, OTHER),
                message(ROOM, 2, OTHER),
                gap(ROOM, 3, 9),
                new Ping(4),
                message(ROOM, 11, OWN),
                message(ROOM, 10, OTHER));
        assertSaw(5, 7, 2);
        assertThat(member.own()).isEqualTo(2);
        assertThat(context.pings()).isEqualTo(1);
    }

    @Test
    void onlyItsOwnAreItsOwn() throws IOException {
        feed(message(ROOM, 1, OTHER), message(ROOM, 2, OWN), message(ROOM, 3, OWN + 1), message(ROOM, 4, OWN));
        assertThat(member.own()).isEqualTo(2);
    }

    @Test
    void aPingIsAnsweredAtOnce() throws IOException {
        member.flush(); // what it came in with
        int before = link.written().length;
        feed(new Ping(0));
        byte[] all = link.written();
        assertThat(Arrays.copyOfRange(all, before, all.length)).isEqualTo(new Pong(0).toBytes());
    }

    @Test
    void whoMarksSaysOfEachMessageThatItIsRead() throws IOException {
        member.flush();
        int before = link.written().length;
        context.marking(Duration.ZERO);
        feed(message(ROOM, 1, OTHER), message(ROOM, 2, OWN));
        member.flush();
        assertThat(context.unanswered()).isEqualTo(2);
        byte[] all = link.written();
        assertThat(ByteBuffer.wrap(all, before, all.length - before))
                .isEqualTo(ByteBuffer.allocate(64)
                        .put(new Read(2, ROOM, 1).toBytes())
                        .put(new Read(3, ROOM, 2).toBytes())
                        .flip());
        feed(new Ok(2), new Ok(3));
        assertThat(context.unanswered()).isZero();
    }

    @Test
    void whoMarksSeldomDoesNotMarkEach() throws IOException {
        context.marking(Duration.ofDays(1));
        feedSeqs(1, 2, 3);
        assertThat(context.unanswered()).isZero();
        context.marking(null);
        feedSeqs(4);
        assertThat(context.unanswered()).isZero();
    }

    @Test
    void whoIsRefusedSaysSo() throws IOException {
        link = new ScriptedLink(ALL_AT_ONCE);
        member = new Member(context, link, M0, new String[] {"room"});
        assertThatIOException()
                .isThrownBy(() -> feed(new Refused(1, "not you", 0)))
                .withMessageContaining("not you");
    }

    @Test
    void whyTheServerEndsTheConnectionIsSaid() {
        assertThatIOException()
                .isThrownBy(() -> feed(new Failed(0, ErrorCode.IDLE, "nothing was heard", 0)))
                .withMessageContaining("IDLE")
                .withMessageContaining("nothing was heard");
    }

    @Test
    void anEndOfTheConnectionIsNotOverlooked() {
        link.end();
        assertThatIOException().isThrownBy(() -> member.read()).withMessageContaining("ended");
    }
}
