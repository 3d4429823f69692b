package io.parley.model;

import java.util.List;

/**
 * A room as one user sees it at one point of its log.
 *
 * @param room which room
 * @param name its name; of a direct conversation the other's
 * @param epoch the number of its history
 * @param head the last sequence number given
 * @param floor the lowest that history still has, as far as is known
 * @param state topic, settings, roles
 * @param role the user's own role
 * @param memberCount how many members there are
 * @param members who they are; empty above the listing bound or where presence is not full
 * @param peer of a direct conversation, the id of the other; else 0
 * @param readSeq up to which number the user has read; 0 for a guest and for one who has read nothing
 */
public record Snapshot(
        RoomRef room,
        String name,
        long epoch,
        long head,
        long floor,
        RoomState state,
        Role role,
        int memberCount,
        List<Member> members,
        long peer,
        long readSeq) {}
