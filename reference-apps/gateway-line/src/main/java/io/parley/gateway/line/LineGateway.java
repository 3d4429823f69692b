package io.parley.gateway.line;

import static java.util.Objects.requireNonNull;

import io.parley.gateway.Gateway;
import io.parley.gateway.GatewayOptions;
import io.parley.gateway.Peer;
import io.parley.gateway.Protocol;
import io.parley.room.Encoding;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * Lines of text as a protocol: for netcat, telnet and clients from tutorials. Any thread may call it.
 *
 * <p>The first line of a client is its name, as a guest, or {@code /login NAME PASSWORD}, or {@code /register NAME PASSWORD [CODE]}.
 * Passwords are taken under TLS and from the same machine only. The client is then in the start room, if there is one, and what it writes is said there; {@code
 * /help} lists the commands. Text is UTF-8: bytes that are not become U+FFFD. A line ends with LF, CR LF, CR NUL or CR; lines
 * from the server end with CR LF. Telnet commands are ignored. Control characters are removed in both directions.
 */
public final class LineGateway implements Gateway {
    private static final Encoding ENCODING = new LineEncoding();

    private final String room;
    private final int backlog;
    private final DateTimeFormatter time;
    private final DateTimeFormatter dayAndTime;
    private final Duration lineAfter;
    private final Duration loginTimeout;
    private final Duration lineTimeout;

    private LineGateway(Builder builder) {
        this.room = builder.room;
        this.backlog = builder.backlog;
        this.time = DateTimeFormatter.ofPattern("HH:mm").withZone(builder.zone);
        this.dayAndTime = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(builder.zone);
        this.lineAfter = builder.lineAfter;
        this.loginTimeout = builder.loginTimeout;
        this.lineTimeout = builder.lineTimeout;
    }

    /**
     * A gateway with every option at its default.
     *
     * @return a new gateway
     */
    public static LineGateway create() {
        return builder().build();
    }

    /**
     * Begins to build a gateway.
     *
     * @return a builder with every option at its default
     */
    public static Builder builder() {
        return new Builder();
    }

    String room() {
        return room;
    }

    int backlog() {
        return backlog;
    }

    DateTimeFormatter time() {
        return time;
    }

    DateTimeFormatter dayAndTime() {
        return dayAndTime;
    }

    @Override
    public String name() {
        return "lines";
    }

    @Override
    public Encoding encoding() {
        return ENCODING;
    }

    @Override
    public GatewayOptions options(GatewayOptions server) {
        return server.toBuilder()
                .loginTimeout(longer(server.loginTimeout(), loginTimeout))
                .requestTimeout(longer(server.requestTimeout(), lineTimeout))
                .build();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    @Override
    public Duration quiet() {
        return lineAfter;
    }

    @Override
    public Protocol open(Peer peer) {
        return new LineProtocol(peer, this);
    }

    /** Builds a gateway. One thread. Each method checks its value at once. */
    public static final class Builder {
        private String room = "lobby";
        private int backlog = 20;
        private ZoneId zone = ZoneId.systemDefault();
        private Duration lineAfter = Duration.ZERO;
        private Duration loginTimeout = Duration.ofMinutes(1);
        private Duration lineTimeout = Duration.ofDays(1); // at a terminal that sends each key

        private Builder() {}

        /**
         * The room that everybody is in after the login.
         *
         * @param value the name; {@code lobby} if none is given, empty for no room until {@code /join}
         * @return this builder
         */
        public Builder room(String value) {
            room = requireNonNull(value, "room");
            return this;
        }

        /**
         * How many of a room's last entries are shown when it is joined.
         *
         * @param value 0 or more; 20 if none is given
         * @return this builder
         */
        public Builder backlog(int value) {
            if (value < 0) {
                throw new IllegalArgumentException("backlog: " + value + " is negative");
            }
            backlog = value;
            return this;
        }

        /**
         * The time zone of times that are shown.
         *
         * @param value the zone; the system's if none is given
         * @return this builder
         */
        public Builder zone(ZoneId value) {
            zone = requireNonNull(value, "zone");
            return this;
        }

        /**
         * Takes text without an end as a line when nothing more has come for a while: some clients send no line ends.
         *
         * @param value the time since the last byte, such as 200 ms; zero, the default, for never
         * @return this builder
         */
        public Builder lineAfter(Duration value) {
            lineAfter = notNegative("lineAfter", value);
            return this;
        }

        /**
         * How long a client may take to give its name. It has the server's time if that is longer.
         *
         * @param value the time since it connected; a minute if none is given
         * @return this builder
         */
        public Builder loginTimeout(Duration value) {
            loginTimeout = notNegative("loginTimeout", value);
            return this;
        }

        /**
         * How long a line may take from its first byte to its end. It has the server's time if that is longer.
         *
         * @param value the time; a day if none is given
         * @return this builder
         */
        public Builder lineTimeout(Duration value) {
            lineTimeout = notNegative("lineTimeout", value);
            return this;
        }

        private static Duration notNegative(String name, Duration value) {
            if (value.isNegative()) {
                throw new IllegalArgumentException(name + ": " + value + " is negative");
            }
            return value;
        }

        /**
         * Makes the gateway.
         *
         * @return a gateway with these options
         */
        public LineGateway build() {
            return new LineGateway(this);
        }
    }
}
