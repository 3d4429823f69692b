package io.parley.apps.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Whose a file of secrets is, and who may read it, when another takes its place. Any thread may call it. */
final class Ownership {
    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> GROUP = PosixFilePermissions.fromString("---rwx---");

    private Ownership() {}

    /**
     * Gives a file owner, group and mode of another, or leaves it to its owner alone if there is no other.
     *
     * @return what could not be kept, in words for the operator
     */
    static List<String> copy(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view == null) {
            return List.of();
        }
        view.setPermissions(OWNER_ALONE);
        if (!Files.exists(from)) {
            return List.of();
        }
        List<String> lost = new ArrayList<>();
        PosixFileAttributes before = Files.readAttributes(from, PosixFileAttributes.class);
        PosixFileAttributes now = view.readAttributes();
        Set<PosixFilePermission> mode = EnumSet.copyOf(OWNER_ALONE);
        mode.addAll(before.permissions());
        if (!before.group().equals(now.group())) {
            try {
                view.setGroup(before.group());
            } catch (IOException notAllowed) {
                mode.removeAll(GROUP); // another group is not to read it
                lost.add(from + " was for the group " + before.group().getName() + ", which cannot be kept: chgrp "
                        + before.group().getName() + " " + from);
            }
        }
        if (!before.owner().equals(now.owner())) {
            try {
                view.setOwner(before.owner());
            } catch (IOException notAllowed) {
                lost.add(from + " was " + before.owner().getName() + "'s, which cannot be kept: chown "
                        + before.owner().getName() + " " + from);
            }
        }
        view.setPermissions(mode);
        return lost;
    }
}
