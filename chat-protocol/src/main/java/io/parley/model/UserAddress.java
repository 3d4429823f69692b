package io.parley.model;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a user comes from: an address of the internet, or a text that a policy has given for one. Immutable, for any thread.
 */
public final class UserAddress {
    private static final Pattern IPV4 =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*");
    private static final int NETWORK_BYTES = 8; // of an IPv6 address: the rest is for its owner to choose

    private final @Nullable InetAddress address; // or else
    private final @Nullable String text;

    private UserAddress(@Nullable InetAddress address, @Nullable String text) {
        this.address = address;
        this.text = text;
    }

    /**
     * The address of a user.
     *
     * @param identity the user; what its policy says comes first
     * @param from where the connection comes from, or null
     * @return the address; empty where that says nothing of the user: on the same machine, or if the policy says so
     */
    public static Optional<UserAddress> of(Identity identity, @Nullable SocketAddress from) {
        String given = identity.address();
        return given == null ? of(from) : given.isEmpty() ? Optional.empty() : Optional.of(of(given));
    }

    /**
     * The address of a connection.
     *
     * @param from where a connection comes from, or null
     * @return the address; empty on the same machine
     */
    public static Optional<UserAddress> of(@Nullable SocketAddress from) {
        InetAddress address = from instanceof InetSocketAddress internet ? internet.getAddress() : null;
        return address == null || address.isLoopbackAddress()
                ? Optional.empty() // many may share it
                : Optional.of(new UserAddress(address, null));
    }

    /**
     * What a text stands for.
     *
     * @param text an address, or any other text
     * @return the address
     */
    public static UserAddress of(String text) {
        InetAddress address = address(text);
        return new UserAddress(address, address == null ? text : null);
    }

    /**
     * Reads an address without asking anybody for a name.
     *
     * @param text an IPv4 or IPv6 address
     * @return the address, or null if the text is none
     */
    public static @Nullable InetAddress address(String text) {
        try {
            return IPV4.matcher(text).matches() || IPV6.matcher(text).matches() ? InetAddress.getByName(text) : null;
        } catch (UnknownHostException none) {
            return null;
        }
    }

    /**
     * What is one and the same for all who share the address: the IPv4 address, the /64 network of an IPv6 address, or the text.
     *
     * @return the key
     */
    public String key() {
        if (address == null) {
            return String.valueOf(text);
        }
        byte[] known = address.getAddress();
        byte[] key = known.length > NETWORK_BYTES ? Arrays.copyOf(known, NETWORK_BYTES) : known;
        return Arrays.toString(key);
    }

    /**
     * Whether the address lies in a network.
     *
     * @param network any address of the network
     * @param bits how many of its first bits count
     * @return true if those bits are the same
     */
    public boolean isIn(InetAddress network, int bits) {
        byte[] known = address == null ? new byte[0] : address.getAddress();
        byte[] other = network.getAddress();
        if (known.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >>> (bit % 8);
            if ((known[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** As a person writes it. */
    @Override
    public String toString() {
        return address == null ? String.valueOf(text) : address.getHostAddress();
    }
}
