package io.parley.transport.memory;

import java.net.SocketAddress;
import java.util.Objects;

/**
 * A name on a {@link MemoryNetwork}. Any thread may use it; two addresses are equal when their names are.
 */
public final class MemoryAddress extends SocketAddress {
    private static final long serialVersionUID = 1;

    /** The name. */
    private final String name;

    /**
     * An address with this name.
     *
     * @param name any name
     */
    public MemoryAddress(String name) {
        this.name = Objects.requireNonNull(name, "name");
    }

    /**
     * The name.
     *
     * @return as given
     */
    public String name() {
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemoryAddress address && address.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return "memory:" + name;
    }
}
