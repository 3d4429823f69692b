package io.parley.journal.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The place of an SQLite file: its inode, which a copy does not have, and the name of a file beside it, the mark of the last
 * start. An older file that is written over this one names another mark. If a whole folder is written over this one, there
 * are two marks of starts that were completed. One thread, while the folder is locked.
 *
 * <p>A start makes a mark that is empty, commits its name, deletes all others, and then writes into it that it was completed. So whenever a start
 * is killed, the next one knows the place: the mark that is named is there, and either it is empty, or all others are.
 */
final class FolderMarks implements Place {
    private static final String PREFIX = "parley.mark-";
    private static final int MARK_BYTES = 8;
    private static final byte[] COMPLETED = "the last start was completed\n".getBytes(StandardCharsets.UTF_8);

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
        for (Path named : before) {
            if (Arrays.equals(kept, words(named))) {
                return !isCompleted(named)
                        || before.stream().noneMatch(other -> !other.equals(named) && isCompleted(other));
            }
        }
        return false;
    }

    private static boolean isCompleted(Path mark) {
        return mark.toFile().length() > 0;
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
        try (FileChannel file = FileChannel.open(mark, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(COMPLETED));
            file.force(true);
        }
    }

    /** The journal was not opened; all is as it was before. */
    void undo() throws IOException {
        Files.deleteIfExists(mark);
    }
}
