package io.parley.apps.server.monitoring;

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
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Serves metrics for Prometheus at {@code /metrics} and health checks at {@code /health/live} and {@code /health/ready},
 * at an address of their own. No metric names a user. Any thread may close it.
 */
public final class Metrics implements Closeable {
    private static final int THREADS = 2;
    private static final int MAX_WAITING = 64;
    private static final String MAX_SECONDS = "5";

    static {
        // Without a timeout, two clients that send half a request would hold both threads for ever.
        for (String bound : new String[] {"sun.net.httpserver.maxReqTime", "sun.net.httpserver.maxRspTime"}) {
            if (System.getProperty(bound) == null) {
                System.setProperty(bound, MAX_SECONDS);
            }
        }
    }

    private final HttpServer http;
    private final ExecutorService threads;
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private volatile ServerStats latest; // read once for each scrape

    private Metrics(HttpServer http, ExecutorService threads, ServerStats latest) {
        this.http = http;
        this.threads = threads;
        this.latest = latest;
    }

    /**
     * Listens at an address.
     *
     * @param ready whether the server accepts new connections
     */
    public static Metrics open(InetSocketAddress address, ChatServer server, BooleanSupplier ready) throws IOException {
        if (address.isUnresolved()) {
            throw new UnknownHostException(address.getHostString());
        }
        HttpServer http = HttpServer.create(address, MAX_WAITING);
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(MAX_WAITING), task -> {
                    Thread thread = new Thread(task, "parley-metrics");
                    thread.setDaemon(true);
                    return thread;
                });
        http.setExecutor(threads);
        Metrics metrics = new Metrics(http, threads, server.stats());
        PrometheusMeterRegistry registry = metrics.registry();
        http.createContext("/metrics", exchange -> {
            metrics.latest = server.stats();
            reply(exchange, true, registry.scrape());
        });
        http.createContext("/health/live", exchange -> reply(exchange, true, "live\n"));
        http.createContext("/health/ready", exchange -> {
            boolean welcome = ready.getAsBoolean();
            reply(exchange, welcome, welcome ? "ready\n" : "draining\n");
        });
        http.start();
        return metrics;
    }

    public InetSocketAddress address() {
        return http.getAddress();
    }

    private PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        collections.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        gauge(registry, "parley.connections", "open connections", ServerStats::connections);
        gauge(registry, "parley.users", "users who are here", ServerStats::users);
        gauge(registry, "parley.rooms", "rooms in use", ServerStats::rooms);
        gauge(registry, "parley.window.bytes", "encoded entries in memory", ServerStats::windowBytes);
        counter(registry, "parley.messages", "messages kept", ServerStats::messages);
        counter(registry, "parley.received.bytes", "bytes from clients", ServerStats::bytesIn);
        counter(registry, "parley.sent.bytes", "bytes to clients", ServerStats::bytesOut);
        counter(registry, "parley.refused", "connections turned away", ServerStats::refused);
        counter(registry, "parley.gaps", "members who fell out of a window", ServerStats::gaps);
        counter(registry, "parley.slow", "connections cut as too slow", ServerStats::slow);
        return registry;
    }

    private void gauge(
            PrometheusMeterRegistry registry, String name, String does, ToDoubleFunction<ServerStats> figure) {
        Gauge.builder(name, this, asked -> figure.applyAsDouble(asked.latest))
                .description(does)
                .register(registry);
    }

    private void counter(
            PrometheusMeterRegistry registry, String name, String does, ToDoubleFunction<ServerStats> figure) {
        FunctionCounter.builder(name, this, asked -> figure.applyAsDouble(asked.latest))
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
