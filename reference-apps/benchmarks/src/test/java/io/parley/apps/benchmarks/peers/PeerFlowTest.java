package io.parley.apps.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.Tags;
import io.parley.wire.Message;
import io.parley.wire.Say;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PeerFlowTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    /** Something that waits for sockets. */
    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> CompletableFuture<T> async(Work<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.run();
                    } catch (IOException broken) {
                        throw new UncheckedIOException(broken);
                    }
                },
                threads);
    }

    private static List<String> read(PeerClient client, int count) throws IOException {
        List<String> bodies = new ArrayList<>();
        for (int seq = 1; seq <= count; seq++) {
            Message message = client.nextMessage();
            assertThat(message.seq()).isEqualTo(seq);
            bodies.add(message.body());
        }
        return bodies;
    }

    @EachKind
    void allSeeTheSameOrder(String kind) throws IOException {
        try (Peer peer = Peer.start(kind)) {
            manyTalk(peer);
        }
    }

    @Test
    void allSeeTheSameOrderOverTwoEventLoops() throws IOException {
        try (Peer peer = NettyPeer.startNio(2, 1)) {
            manyTalk(peer);
        }
    }

    /** Four of ten say 2,000 messages each, all at once. */
    private void manyTalk(Peer peer) throws IOException {
        int senders = 4;
        int each = 2_000;
        List<PeerClient> members = new ArrayList<>();
        int room = 0;
        for (int i = 0; i < 10; i++) {
            PeerClient member = PeerClient.loggedIn(peer, "m" + i);
            members.add(member);
            room = member.join("lobby").snapshot().room();
        }
        List<CompletableFuture<List<String>>> seen = new ArrayList<>();
        for (PeerClient member : members) {
            seen.add(async(() -> read(member, senders * each)));
        }
        for (PeerClient sender : members.subList(0, senders)) {
            int number = room;
            async(() -> {
                for (int cid = 1; cid <= each; cid++) {
                    sender.send(new Say(number, cid, sender.name() + " " + cid, Tags.NONE));
                }
                return true;
            });
        }
        List<String> first = seen.get(0).join();
        for (CompletableFuture<List<String>> other : seen) {
            assertThat(other.join()).isEqualTo(first);
        }
        for (PeerClient member : members) {
            List<String> own = first.stream()
                    .filter(body -> body.startsWith(member.name() + " "))
                    .toList();
            int said = members.indexOf(member) < senders ? each : 0;
            assertThat(own)
                    .isEqualTo(IntStream.rangeClosed(1, said)
                            .mapToObj(cid -> member.name() + " " + cid)
                            .toList());
            member.close();
        }
    }

    @EachKind
    void aSocketThatIsFullLosesNothing(String kind) throws IOException {
        int count = 300;
        String padding = "x".repeat(90_000);
        try (Peer peer = Peer.start(kind);
                PeerClient sender = PeerClient.loggedIn(peer, "sender");
                PeerClient sleeper = PeerClient.loggedIn(peer, "sleeper")) {
            int room = sender.join("lobby").snapshot().room();
            sleeper.join("lobby");
            CompletableFuture<List<String>> own = async(() -> read(sender, count));
            CompletableFuture<Boolean> sent = async(() -> {
                for (int cid = 1; cid <= count; cid++) {
                    sender.send(new Say(room, cid, cid + padding, Tags.NONE));
                }
                return true;
            });
            if (!"tutorial".equals(kind)) { // there, all wait for the slowest
                own.join();
                sent.join();
            }
            List<String> late = read(sleeper, count);
            assertThat(late).isEqualTo(own.join());
            for (int cid = 1; cid <= count; cid++) {
                assertThat(late.get(cid - 1)).isEqualTo(cid + padding);
            }
        }
    }
}
