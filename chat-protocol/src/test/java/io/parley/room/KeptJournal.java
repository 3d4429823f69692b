package io.parley.room;

import io.parley.journal.MemoryJournal;
import io.parley.testkit.journal.WrappedJournal;

/** A journal that keeps all in another one in memory; what a test wants otherwise it overrides. */
class KeptJournal extends WrappedJournal {
    final MemoryJournal kept;

    KeptJournal() {
        this(MemoryJournal.withDefaults());
    }

    private KeptJournal(MemoryJournal kept) {
        super(kept);
        this.kept = kept;
    }
}
