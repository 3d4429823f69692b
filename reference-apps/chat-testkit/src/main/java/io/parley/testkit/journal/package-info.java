/**
 * Tests for a journal of your own. A binding is a test class that implements {@link
 * io.parley.testkit.journal.JournalContract} and makes a new {@link io.parley.testkit.journal.JournalFixture} for each test:
 *
 * <pre>{@code
 * final class MyJournalTest implements JournalContract {
 *     @Override
 *     public JournalFixture fixture() {
 *         return new MyFixture();
 *     }
 * }
 * }</pre>
 *
 * <p>The fixture is the storage: it opens the journal on it, again and again, and says what the journal can do. What a journal
 * cannot do is skipped, so look at the number of skipped tests. A binding may also implement only some of the parts.
 *
 * <p>For tests of programs there is {@link io.parley.testkit.journal.WrappedJournal}, to change some calls of a journal.
 */
@NullMarked
package io.parley.testkit.journal;

import org.jspecify.annotations.NullMarked;
