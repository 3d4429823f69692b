package io.parley.model;

import io.parley.codec.ValueText;

/**
 * One room of a listing. Immutable, for any thread.
 *
 * @param name the name
 * @param topic the topic, maybe empty
 * @param members how many members it has
 */
public record RoomItem(String name, String topic, int members) {
    @Override
    public String toString() {
        return new ValueText("ROOM_ITEM")
                .text("name", name)
                .text("topic", topic)
                .number("members", members)
                .toString();
    }
}
