package io.parley.transport.memory;

import java.net.SocketAddress;
import java.util.Objects;

/** A name on a {@link MemoryNetwork}. Any thread may use it. Two addresses with the same name are equal. */
public final class MemoryAddress extends SocketAddress {
    private static final long serialVersionUID = 1;

    /** The name. */
    private final String name;

    /**
     * Makes an address.
     *
     * @param name any name
     */
    public MemoryAddress(String name) {
        this.name = Objects.requireNonNull(name, "name");
    }

    /** {@return the name} */
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
