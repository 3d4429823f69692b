package io.parley.testkit.transport;

import io.parley.transport.Transport;

/**
 * What every transport must do, as tests: the rules on {@link Transport}, by their numbers. A binding is a test class that
 * implements this interface and gives a {@link Bench}, a new one for each test. The description of the package shows one.
 */
public interface TransportContract
        extends BytesContract, WritesContract, CallsContract, FaultsContract, ClosingContract, ListeningContract {}
