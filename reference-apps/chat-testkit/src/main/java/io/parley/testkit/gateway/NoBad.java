package io.parley.testkit.gateway;

import io.parley.model.NamePolicy;
import io.parley.model.RoomRef;
import io.parley.model.Tags;
import io.parley.model.UserRef;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Denies whatever begins with "bad", the name "staff", rooms that would be called "new", and messages to "hermit"; says "nice"
 * in place of "ugly". About "late" words it decides when the test does, and about "hung" ones never.
 */
final class NoBad implements ChatPolicy {
    /** Spellings of the name that nobody may have; the last is in full width. */
    static final List<String> STAFF = List.of("staff", "STAFF", "Staff", "\uFF53\uFF54\uFF41\uFF46\uFF46");

    private static final NamePolicy NAMES = NamePolicy.standard();

    private final CompletableFuture<Decision> late = new CompletableFuture<>();

    private static Decision judge(String what) {
        return what.startsWith("bad") ? no() : Decision.ALLOW;
    }

    private static Decision no() {
        return Decision.deny("not that");
    }

    private static Decision words(String text, Tags tags) {
        return text.contains("ugly") ? Decision.replace(text.replace("ugly", "nice"), tags) : judge(text);
    }

    /** Allows the late words. */
    void decide() {
        late.complete(Decision.ALLOW);
    }

    @Override
    public Answer login(Applicant applicant) {
        return judge(applicant.name().display());
    }

    @Override
    public Answer name(UserRef user, NamePolicy.Name name) {
        return name.key().equals(NAMES.user("staff").key()) ? no() : Decision.ALLOW;
    }

    @Override
    public Answer join(UserRef user, NamePolicy.Name room) {
        return judge(room.display());
    }

    @Override
    public Answer create(UserRef user, NamePolicy.Name room) {
        return room.key().equals(NAMES.room("new").key()) ? no() : Decision.ALLOW;
    }

    @Override
    public Answer direct(UserRef user, UserRef other) {
        return other.key().equals(NAMES.user("hermit").key()) ? no() : Decision.ALLOW;
    }

    @Override
    public Answer say(UserRef user, RoomRef room, String body, Tags tags) {
        if (body.startsWith("late")) {
            return Answer.later(late);
        }
        return body.startsWith("hung") ? Answer.later(new CompletableFuture<>()) : words(body, tags);
    }

    @Override
    public Answer topic(UserRef user, RoomRef room, String topic) {
        return words(topic, Tags.NONE);
    }
}
