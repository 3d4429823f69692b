package io.parley.gateway;

import io.parley.model.Checks;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * The bounds and timeouts of connections, the same for all gateways. Each is enforced whatever the client does. Immutable,
 * for any thread.
 */
public final class GatewayOptions {
    /** What a server on the open internet starts from. */
    public static final GatewayOptions DEFAULT = builder().build();

    private final Duration loginTimeout;
    private final Duration requestTimeout;
    private final Duration heartbeat;
    private final Duration writeTimeout;
    private final Duration closeTimeout;
    private final int maxConnections;
    private final int maxConnectionsPerAddress;
    private final int maxRequestBytes;
    private final int maxTagBytes;
    private final int maxInFlight;
    private final int outboxBytes;
    private final int requestsPerSecond;
    private final int burstRequests;

    private GatewayOptions(Builder builder) {
        loginTimeout = builder.loginTimeout;
        requestTimeout = builder.requestTimeout;
        heartbeat = builder.heartbeat;
        writeTimeout = builder.writeTimeout;
        closeTimeout = builder.closeTimeout;
        maxConnections = builder.maxConnections;
        maxConnectionsPerAddress = builder.maxConnectionsPerAddress;
        maxRequestBytes = builder.maxRequestBytes;
        maxTagBytes = builder.maxTagBytes;
        maxInFlight = builder.maxInFlight;
        outboxBytes = builder.outboxBytes;
        requestsPerSecond = builder.requestsPerSecond;
        burstRequests = builder.burstRequests;
    }

    /**
     * Begins to build options.
     *
     * @return a builder with every option at its default
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins to build other options from these.
     *
     * @return a builder with every option as it is here
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.loginTimeout = loginTimeout;
        builder.requestTimeout = requestTimeout;
        builder.heartbeat = heartbeat;
        builder.writeTimeout = writeTimeout;
        builder.closeTimeout = closeTimeout;
        builder.maxConnections = maxConnections;
        builder.maxConnectionsPerAddress = maxConnectionsPerAddress;
        builder.maxRequestBytes = maxRequestBytes;
        builder.maxTagBytes = maxTagBytes;
        builder.maxInFlight = maxInFlight;
        builder.outboxBytes = outboxBytes;
        builder.requestsPerSecond = requestsPerSecond;
        builder.burstRequests = burstRequests;
        return builder;
    }

    /**
     * From the first byte until login is complete, handshakes of the transport included.
     *
     * @return the time
     */
    public Duration loginTimeout() {
        return loginTimeout;
    }

    /**
     * For one request that has begun.
     *
     * @return the time
     */
    public Duration requestTimeout() {
        return requestTimeout;
    }

    /**
     * Silence after which a client is pinged; after twice as much it is dropped.
     *
     * @return the time
     */
    public Duration heartbeat() {
        return heartbeat;
    }

    /**
     * How long a client may take no byte while there are some for it.
     *
     * @return the time
     */
    public Duration writeTimeout() {
        return writeTimeout;
    }

    /**
     * For the orderly end of a connection.
     *
     * @return the time
     */
    public Duration closeTimeout() {
        return closeTimeout;
    }

    /**
     * Connections at a time; more are closed at once.
     *
     * @return the bound
     */
    public int maxConnections() {
        return maxConnections;
    }

    /**
     * The same from one IP address; those over one Unix-domain socket count as one address.
     *
     * @return the bound
     */
    public int maxConnectionsPerAddress() {
        return maxConnectionsPerAddress;
    }

    /**
     * Length of one request: of the native protocol, the payload of a frame.
     *
     * @return the bound
     */
    public int maxRequestBytes() {
        return maxRequestBytes;
    }

    /**
     * Tags of a message, encoded.
     *
     * @return the bound
     */
    public int maxTagBytes() {
        return maxTagBytes;
    }

    /**
     * Messages of a connection that are not answered yet.
     *
     * @return the bound
     */
    public int maxInFlight() {
        return maxInFlight;
    }

    /**
     * Answers that wait for a client; over it, nothing more is read from it.
     *
     * @return the bound
     */
    public int outboxBytes() {
        return outboxBytes;
    }

    /**
     * Requests a client may send in the long run, a large one counting once more for each KiB; over it, it is read
     * from more slowly.
     *
     * @return the bound
     */
    public int requestsPerSecond() {
        return requestsPerSecond;
    }

    /**
     * Requests it may send at once.
     *
     * @return the bound
     */
    public int burstRequests() {
        return burstRequests;
    }

    /** The shortest of the times. */
    Duration shortest() {
        return Collections.min(List.of(loginTimeout, requestTimeout, heartbeat, writeTimeout, closeTimeout));
    }

    /** Builds options. One thread. Each method checks its value at once. */
    public static final class Builder {
        private Duration loginTimeout = Duration.ofSeconds(10);
        private Duration requestTimeout = Duration.ofSeconds(10);
        private Duration heartbeat = Duration.ofSeconds(30);
        private Duration writeTimeout = Duration.ofSeconds(30);
        private Duration closeTimeout = Duration.ofSeconds(5);
        private int maxConnections = 20_000;
        private int maxConnectionsPerAddress = 1_000;
        private int maxRequestBytes = 128 << 10;
        private int maxTagBytes = 1 << 10;
        private int maxInFlight = 256;
        private int outboxBytes = 128 << 10;
        private int requestsPerSecond = 100;
        private int burstRequests = 1_000;

        private Builder() {}

        /**
         * From the first byte until login is complete, handshakes of the transport included.
         *
         * @param value a positive time
         * @return this builder
         * @throws IllegalArgumentException if it is not positive, or longer than 100 years
         */
        public Builder loginTimeout(Duration value) {
            loginTimeout = Checks.positive("loginTimeout", value);
            return this;
        }

        /**
         * For one request that has begun.
         *
         * @param value a positive time
         * @return this builder
         * @throws IllegalArgumentException if it is not positive, or longer than 100 years
         */
        public Builder requestTimeout(Duration value) {
            requestTimeout = Checks.positive("requestTimeout", value);
            return this;
        }

        /**
         * Silence after which a client is pinged; after twice as much it is dropped.
         *
         * @param value a positive time
         * @return this builder
         * @throws IllegalArgumentException if it is not positive, or longer than 100 years
         */
        public Builder heartbeat(Duration value) {
            heartbeat = Checks.positive("heartbeat", value);
            return this;
        }

        /**
         * How long a client may take no byte while there are some for it.
         *
         * @param value a positive time
         * @return this builder
         * @throws IllegalArgumentException if it is not positive, or longer than 100 years
         */
        public Builder writeTimeout(Duration value) {
            writeTimeout = Checks.positive("writeTimeout", value);
            return this;
        }

        /**
         * For the orderly end of a connection.
         *
         * @param value a positive time
         * @return this builder
         * @throws IllegalArgumentException if it is not positive, or longer than 100 years
         */
        public Builder closeTimeout(Duration value) {
            closeTimeout = Checks.positive("closeTimeout", value);
            return this;
        }

        /**
         * Connections at a time; more are closed at once.
         *
         * @param value at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxConnections(int value) {
            maxConnections = Checks.positive("maxConnections", value);
            return this;
        }

        /**
         * The same from one IP address; those over one Unix-domain socket count as one address.
         *
         * @param value at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxConnectionsPerAddress(int value) {
            maxConnectionsPerAddress = Checks.positive("maxConnectionsPerAddress", value);
            return this;
        }

        /**
         * Length of one request: of the native protocol, the payload of a frame.
         *
         * @param value at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxRequestBytes(int value) {
            maxRequestBytes = Checks.positive("maxRequestBytes", value);
            return this;
        }

        /**
         * Tags of a message, encoded.
         *
         * @param value at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxTagBytes(int value) {
            maxTagBytes = Checks.positive("maxTagBytes", value);
            return this;
        }

        /**
         * Messages of a connection that are not answered yet. A client that keeps to this number is never refused; one that does
         * not is refused at twice the number at the latest.
         *
         * @param value at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxInFlight(int value) {
            maxInFlight = Checks.positive("maxInFlight", value);
            return this;
        }

        /**
         * Answers that wait for a client; over it, nothing more is read from it.
         *
         * @param value at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder outboxBytes(int value) {
            outboxBytes = Checks.positive("outboxBytes", value);
            return this;
        }

        /**
         * Requests a client may send in the long run, a large one counting once more for each KiB; over it, it is read
         * from more slowly.
         *
         * @param value at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder requestsPerSecond(int value) {
            requestsPerSecond = Checks.positive("requestsPerSecond", value);
            return this;
        }

        /**
         * Requests it may send at once.
         *
         * @param value at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder burstRequests(int value) {
            burstRequests = Checks.positive("burstRequests", value);
            return this;
        }

        /**
         * Makes the options.
         *
         * @return options with these values
         */
        public GatewayOptions build() {
            return new GatewayOptions(this);
        }
    }
}
