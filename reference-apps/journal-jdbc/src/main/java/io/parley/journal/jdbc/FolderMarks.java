package io.parley.journal.jdbc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The place of an SQLite file: its inode, which a copy does not have, and the name of an empty file beside it, the mark of the last
 * start. An older file that is written over this one names another mark. If a whole folder is written over this one, there
 * are two marks. One thread, while the folder is locked.
 */
final class FolderMarks implements Place {
    private static final String PREFIX = "parley.mark-";
    private static final int MARK_BYTES = 8;

    private final Path folder;
    private final String file;
    private final List<Path> before;
    private final Path mark;

    private FolderMarks(Path folder, String file, List<Path> before, Path mark) {
        this.folder = folder;
        this.file = file;
        this.before = before;
        this.mark = mark;
    }

    /** Looks at a folder whose database is there, and makes the mark of this start. */
    static FolderMarks in(Path folder) throws IOException {
        List<Path> before = new ArrayList<>();
        try (DirectoryStream<Path> marks = Files.newDirectoryStream(folder, PREFIX + "*")) {
            marks.forEach(before::add);
        }
        Path mark = folder.resolve(PREFIX + HexFormat.of().formatHex(Opening.random(MARK_BYTES)));
        Folders.makeFile(mark);
        Folders.sync(folder);
        return new FolderMarks(folder, number(Folders.database(folder)), before, mark);
    }

    /** What a copy of a file does not share with it, as far as the system tells that. */
    private static String number(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? "inode " + Files.getAttribute(file, "unix:ino")
                : "made "
                        + Files.readAttributes(file, BasicFileAttributes.class).creationTime();
    }

    @Override
    public boolean isWhere(byte @Nullable [] kept) {
        return before.size() == 1 && Arrays.equals(kept, words(before.get(0)));
    }

    @Override
    public byte[] next() {
        return words(mark);
    }

    private byte[] words(Path with) {
        return (file + ", " + with.getFileName()).getBytes(StandardCharsets.UTF_8);
    }

    /** The new place is committed. */
    void kept() throws IOException {
        for (Path old : before) {
            Files.deleteIfExists(old);
        }
        Folders.sync(folder);
    }

    /** The journal was not opened; all is as it was before. */
    void undo() throws IOException {
        Files.deleteIfExists(mark);
    }
}
