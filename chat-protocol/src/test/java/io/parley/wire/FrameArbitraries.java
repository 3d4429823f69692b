package io.parley.wire;

import io.parley.codec.Bytes;
import io.parley.model.Tags;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * The frames of both directions, and what they are made of, as jqwik knows them. No state, for any thread.
 *
 * <p>They come from {@link RandomFrames}, by jqwik's seed: a failure repeats, though it does not shrink.
 */
public final class FrameArbitraries {
    private FrameArbitraries() {}

    /**
     * What clients send, all types but {@link Unknown}.
     *
     * @return an arbitrary
     */
    public static Arbitrary<ClientFrame> clientFrames() {
        return Arbitraries.randomValue(random -> new RandomFrames(random).client());
    }

    /**
     * What servers send, all types but {@link Unknown}.
     *
     * @return an arbitrary
     */
    public static Arbitrary<ServerFrame> serverFrames() {
        return Arbitraries.randomValue(random -> new RandomFrames(random).server());
    }

    /**
     * One type of frame, or another record of this package.
     *
     * @param type its class
     * @param <R> its type
     * @return an arbitrary
     */
    public static <R> Arbitrary<R> records(Class<R> type) {
        return Arbitraries.randomValue(random -> new RandomFrames(random).record(type));
    }

    /**
     * Texts without halves of pairs.
     *
     * @return an arbitrary
     */
    public static Arbitrary<String> texts() {
        return Arbitraries.randomValue(random -> new RandomFrames(random).text());
    }

    /**
     * Tags, none or some.
     *
     * @return an arbitrary
     */
    public static Arbitrary<Tags> tags() {
        return Arbitraries.randomValue(random -> new RandomFrames(random).tags());
    }

    /**
     * Bytes, none or some.
     *
     * @return an arbitrary
     */
    public static Arbitrary<Bytes> bytes() {
        return Arbitraries.randomValue(random -> new RandomFrames(random).bytes());
    }
}
