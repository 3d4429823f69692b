package io.parley.apps.benchmarks.swarm;

import io.parley.codec.Bytes;
import io.parley.wire.Hello;
import io.parley.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/**
 * Who the members of a swarm are. Immutable, for any thread.
 *
 * @param room the name of their room; with a number behind it if there are several
 * @param login how the member of a number logs in
 */
public record Company(String room, IntFunction<Hello> login) {
    private static final String CLIENT = "benchmark";

    /** Guests whose names begin with that of their room. */
    public static Company guests(String prefix) {
        return new Company(prefix, number -> hello(CLIENT, Wire.GUEST, prefix + number));
    }

    /** The login of an account. */
    public static Hello account(String name, String password) {
        return account(CLIENT, name, password);
    }

    /** The login of an account with a client of a name. */
    public static Hello account(String client, String name, String password) {
        return hello(client, Wire.PLAIN, "\0" + name + "\0" + password);
    }

    private static Hello hello(String client, String mechanism, String shown) {
        Bytes initial = Bytes.of(shown.getBytes(StandardCharsets.UTF_8));
        return new Hello(Wire.VERSION, Wire.VERSION, 0, client, mechanism, initial, Bytes.EMPTY);
    }
}
