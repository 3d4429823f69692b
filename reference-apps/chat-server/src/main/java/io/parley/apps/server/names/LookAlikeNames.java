package io.parley.apps.server.names;

import com.ibm.icu.text.SpoofChecker;
import io.parley.model.NamePolicy;

/**
 * The name policy of the server: names as the standard policy accepts them, with keys that use the complete data of UTS 39, by
 * ICU4J. Any thread may call it.
 *
 * <p>The standard key comes first, and its skeleton is taken. The other order would catch less: UTS 39 knows case, and reads Greek
 * Ν as N but ν as v, so that names which differ in case would be two. The standard key has decided that already.
 *
 * <p>A skeleton can have capitals and other characters that the standard key replaces, and what comes of them can have another
 * skeleton. So both are done in turns until nothing changes any more, for most names once.
 *
 * <p>Other versions of ICU4J make other keys. No key is stored: the file of accounts has names.
 */
public final class LookAlikeNames implements NamePolicy {
    /** The one policy. */
    public static final NamePolicy INSTANCE = new LookAlikeNames();

    private static final int MOST_ROUNDS = 8; // no accepted character needs more than two
    private static final NamePolicy STANDARD = NamePolicy.standard();

    private final SpoofChecker confusables = new SpoofChecker.Builder().build();

    private LookAlikeNames() {}

    @Override
    public Name user(String wanted) {
        return withSkeleton(STANDARD.user(wanted));
    }

    @Override
    public Name room(String wanted) {
        return withSkeleton(STANDARD.room(wanted));
    }

    private Name withSkeleton(Name name) {
        String key = name.key();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            String next = NamePolicy.lookAlikeKey(confusables.getSkeleton(key));
            if (next.isEmpty() || next.equals(key)) {
                break;
            }
            key = next;
        }
        if (key.equals(name.display())) {
            return new Name(name.display(), name.display()); // one string as long as its user is here
        }
        return key.equals(name.key()) ? name : new Name(name.display(), key);
    }
}
