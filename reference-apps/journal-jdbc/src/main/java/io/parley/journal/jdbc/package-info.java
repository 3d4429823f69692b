/**
 * A journal that lasts, in an SQLite file or in a PostgreSQL database; for programs that embed a server.
 *
 * <p>One thread writes. It takes what waits for all rooms and keeps it in one transaction, so that many messages cost one
 * sync of the disk. A few threads read. Each row has a checksum, which is verified when it is read.
 */
@NullMarked
package io.parley.journal.jdbc;

import org.jspecify.annotations.NullMarked;
