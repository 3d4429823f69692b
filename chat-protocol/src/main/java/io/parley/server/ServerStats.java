package io.parley.server;

/**
 * Figures of a server: what there is at the moment, and how often things happened since it started. Immutable, for any
 * thread.
 *
 * @param connections open connections, those not logged in included
 * @param users users who are here
 * @param rooms rooms in use, direct conversations left out
 * @param windowBytes memory held by encoded entries
 * @param messages messages that were kept, in rooms and in direct conversations
 * @param bytesIn bytes that came from clients
 * @param bytesOut bytes that went to clients
 * @param refused connections that were turned away
 * @param gaps how often a member fell out of a room's window
 * @param slow connections cut because they took no bytes
 */
public record ServerStats(
        int connections,
        int users,
        int rooms,
        long windowBytes,
        long messages,
        long bytesIn,
        long bytesOut,
        long refused,
        long gaps,
        long slow) {}
