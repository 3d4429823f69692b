package io.parley.apps.server.files;

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

/** Copies owner, group and mode to a file that replaces another. Any thread may call it. */
public final class FileOwnership {
    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> GROUP = PosixFilePermissions.fromString("---rwx---");

    private FileOwnership() {}

    /**
     * Makes a file that only this user can read and write.
     *
     * @throws java.nio.file.FileAlreadyExistsException if it is there already, whoever has made it
     */
    public static void create(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
        } else {
            Files.createFile(file);
        }
    }

    /**
     * Gives a file the owner, group and mode of another. If there is no other, only the owner can read and write it.
     *
     * @return warnings for the operator: what could not be copied
     */
    public static List<String> copy(Path from, Path to) throws IOException {
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
                mode.removeAll(GROUP); // the new group must not read it
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
