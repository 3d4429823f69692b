package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.Tags;
import java.nio.ByteBuffer;

/**
 * What the server bounds for this client. Immutable, for any thread.
 *
 * @param maxFrame the longest payload of a frame, in bytes
 * @param maxBody the longest body, in bytes of UTF-8
 * @param maxTags the most bytes of a sender's tags, see {@link Tags#encodedBytes()}
 * @param inFlight the most commands without an outcome
 * @param historyPage the most entries of a history page
 * @param roomsPerUser the most rooms at a time
 * @param heartbeatMillis after how long a silence to ping, in milliseconds
 */
public record Limits(
        int maxFrame, int maxBody, int maxTags, int inFlight, int historyPage, int roomsPerUser, long heartbeatMillis) {
    //  length varint | maxFrame varint | maxBody varint | maxTags varint | inFlight varint | historyPage varint
    //     | roomsPerUser varint | heartbeatMillis varint
    void encode(ByteBuffer into) {
        int start = ByteWriter.beginGroup(into);
        ByteWriter.varint(into, maxFrame);
        ByteWriter.varint(into, maxBody);
        ByteWriter.varint(into, maxTags);
        ByteWriter.varint(into, inFlight);
        ByteWriter.varint(into, historyPage);
        ByteWriter.varint(into, roomsPerUser);
        ByteWriter.varint(into, heartbeatMillis);
        ByteWriter.endGroup(into, start);
    }

    static Limits decode(ByteReader in) {
        int outer = in.beginGroup();
        Limits limits = new Limits(
                in.varint31(), in.varint31(), in.varint31(), in.varint31(), in.varint31(), in.varint31(), in.varint());
        in.endGroup(outer);
        return limits;
    }

    @Override
    public String toString() {
        return new ValueText("LIMITS")
                .number("maxFrame", maxFrame)
                .number("maxBody", maxBody)
                .number("maxTags", maxTags)
                .number("inFlight", inFlight)
                .number("historyPage", historyPage)
                .number("roomsPerUser", roomsPerUser)
                .number("heartbeatMillis", heartbeatMillis)
                .toString();
    }
}
