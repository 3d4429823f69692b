package io.parley.apps.benchmarks.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A PostgreSQL server that syncs as one in production. One thread. */
final class EmbeddedDatabase implements Database, AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final long DEATH_SECONDS = 20;

    private final Path data;
    private EmbeddedPostgres server;
    private int port;

    EmbeddedDatabase(Path data) throws IOException {
        this.data = data;
        start();
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public void start() throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPGStartupWait(START)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on");
        if (port != 0) {
            builder.setPort(port);
        }
        server = builder.start();
        port = server.getPort();
    }

    private List<ProcessHandle> processes() throws IOException {
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    }

    @Override
    public void kill() throws IOException, InterruptedException {
        List<ProcessHandle> processes = processes();
        processes.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process : processes) {
            try {
                process.onExit().get(DEATH_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException alive) {
                throw new IOException("still alive: " + process.pid(), alive);
            }
        }
        server.close(); // it cannot be stopped any more, which is logged, and gives up its folder
    }

    @Override
    public void signal(String name) throws IOException, InterruptedException {
        for (ProcessHandle process : processes()) {
            if (process.isAlive()) {
                Signals.send(name, process.pid());
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
