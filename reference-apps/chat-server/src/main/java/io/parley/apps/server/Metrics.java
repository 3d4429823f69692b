package io.parley.apps.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.parley.server.ChatServer;
import io.parley.server.ServerStats;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Figures for Prometheus at {@code /metrics}, and whether all is well at {@code /health/live} and {@code /health/ready},
 * on an address of their own. Nothing in them names a user. Any thread may close it.
 */
final class Metrics implements Closeable {
    private static final int THREADS = 2;
    private static final int MAX_WAITING = 64;

    private final HttpServer http;
    private final ExecutorService threads;
    private final JvmGcMetrics collections = new JvmGcMetrics();

    private Metrics(HttpServer http, ExecutorService threads) {
        this.http = http;
        this.threads = threads;
    }

    /**
     * Opens the address.
     *
     * @param ready whether new connections are welcome
     */
    static Metrics open(InetSocketAddress address, ChatServer server, BooleanSupplier ready) throws IOException {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(MAX_WAITING), task -> {
                    Thread thread = new Thread(task, "parley-metrics");
                    thread.setDaemon(true);
                    return thread;
                });
        HttpServer http = HttpServer.create(address, MAX_WAITING);
        http.setExecutor(threads);
        Metrics metrics = new Metrics(http, threads);
        PrometheusMeterRegistry registry = metrics.registry(server);
        http.createContext("/metrics", exchange -> reply(exchange, true, registry.scrape()));
        http.createContext("/health/live", exchange -> reply(exchange, true, "live\n"));
        http.createContext("/health/ready", exchange -> {
            boolean welcome = ready.getAsBoolean();
            reply(exchange, welcome, welcome ? "ready\n" : "draining\n");
        });
        http.start();
        return metrics;
    }

    InetSocketAddress address() {
        return http.getAddress();
    }

    private PrometheusMeterRegistry registry(ChatServer server) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        collections.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        gauge(registry, server, "parley.connections", "open connections", ServerStats::connections);
        gauge(registry, server, "parley.users", "users who are here", ServerStats::users);
        gauge(registry, server, "parley.rooms", "rooms in use", ServerStats::rooms);
        gauge(registry, server, "parley.window.bytes", "encoded entries in memory", ServerStats::windowBytes);
        counter(registry, server, "parley.messages", "messages kept", ServerStats::messages);
        counter(registry, server, "parley.received.bytes", "bytes from clients", ServerStats::bytesIn);
        counter(registry, server, "parley.sent.bytes", "bytes to clients", ServerStats::bytesOut);
        counter(registry, server, "parley.refused", "connections turned away", ServerStats::refused);
        counter(registry, server, "parley.gaps", "members who fell out of a window", ServerStats::gaps);
        counter(registry, server, "parley.slow", "connections cut as too slow", ServerStats::slow);
        return registry;
    }

    private static void gauge(
            PrometheusMeterRegistry registry,
            ChatServer server,
            String name,
            String does,
            ToDoubleFunction<ServerStats> figure) {
        Gauge.builder(name, server, asked -> figure.applyAsDouble(asked.stats()))
                .description(does)
                .register(registry);
    }

    private static void counter(
            PrometheusMeterRegistry registry,
            ChatServer server,
            String name,
            String does,
            ToDoubleFunction<ServerStats> figure) {
        FunctionCounter.builder(name, server, asked -> figure.applyAsDouble(asked.stats()))
                .description(does)
                .register(registry);
    }

    private static void reply(HttpExchange exchange, boolean good, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(good ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
        collections.close();
    }
}
