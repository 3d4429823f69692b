package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.Journal;
import io.parley.journal.MemoryJournal;
import io.parley.model.Entry;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Credentials;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** A hub with a policy, whose clocks are turned by hand and whose executor does what it is given when the test says so. */
final class PolicyHub {
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    final AtomicLong nanos = new AtomicLong(5_000_000_000L);
    final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    final List<String> heard = Collections.synchronizedList(new ArrayList<>()); // entries of all rooms
    final List<Thread> threads = Collections.synchronizedList(new ArrayList<>()); // that told of them
    final Hub hub;

    private PolicyHub(
            ChatPolicy policy, Journal journal, Executor executor, UnaryOperator<HubOptions.Builder> options) {
        hub = Hub.builder()
                .journal(journal)
                .options(options.apply(HubOptions.builder().policyTimeout(TIMEOUT))
                        .build())
                .clock(nanos::get, () -> nanos.get() / 1_000_000)
                .policy(policy)
                .executor(executor == null ? tasks::add : executor)
                .listener(new Listener())
                .build();
    }

    static PolicyHub with(ChatPolicy policy) {
        return new PolicyHub(policy, MemoryJournal.withDefaults(), null, options -> options);
    }

    static PolicyHub on(Executor executor, ChatPolicy policy) {
        return new PolicyHub(policy, MemoryJournal.withDefaults(), executor, options -> options);
    }

    static PolicyHub on(Journal journal, ChatPolicy policy) {
        return new PolicyHub(policy, journal, null, options -> options);
    }

    static PolicyHub bounded(ChatPolicy policy, UnaryOperator<HubOptions.Builder> options) {
        return new PolicyHub(policy, MemoryJournal.withDefaults(), null, options);
    }

    /** Does what waits for the executor. */
    void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        hub.tick();
        run();
    }

    CompletableFuture<Session> entering(String name, String password, Subscriber subscriber) {
        Applicant applicant = Applicant.of(
                hub.names(),
                name,
                password == null ? Credentials.NONE : new Credentials.Password(password),
                "tests",
                "memory",
                null,
                null);
        return hub.login(applicant, TestHub.LINES, subscriber);
    }

    Talker guest(String name) {
        Talker talker = new Talker();
        CompletableFuture<Session> entered = entering(name, null, talker);
        assertThat(entered).isCompleted();
        return talker.as(entered.join());
    }

    /** A guest in the lobby. */
    Talker member(String name) {
        return guest(name).joins();
    }

    int members(String room) {
        Room found = hub.findRoom(room);
        return found == null ? 0 : found.memberCount();
    }

    private final class Listener implements HubListener {
        private void note(String line) {
            heard.add(line);
            threads.add(Thread.currentThread());
        }

        @Override
        public void onEntry(Room room, Entry.Sequenced entry) {
            if (!(entry instanceof Entry.Moderated)) {
                note(TestHub.line(entry).replaceFirst("#\\d+ ", ""));
            }
        }

        @Override
        public void onJoin(Room room, User user) {
            note(user + " joins " + room);
        }

        @Override
        public void onLeave(Room room, User user) {
            note(user + " leaves " + room);
        }

        @Override
        public void onRename(User user, String from, String to) {
            note(from + " is " + to);
        }
    }

    /** The id of somebody who is here. */
    long id(String name) {
        return Objects.requireNonNull(hub.user(name)).id();
    }
}
