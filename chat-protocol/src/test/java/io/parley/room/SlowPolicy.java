package io.parley.room;

import io.parley.model.NamePolicy;
import io.parley.model.RoomItem;
import io.parley.model.RoomRef;
import io.parley.model.Tags;
import io.parley.model.UserRef;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A policy that answers what begins with "slow" when the test does, and denies what begins with "bad". */
final class SlowPolicy implements ChatPolicy {
    final List<String> questions = new ArrayList<>();
    private final Map<String, CompletableFuture<Decision>> open = new HashMap<>();

    private final Set<String> denied = new HashSet<>();
    private @Nullable CompletionStage<Decision> stage;
    private @Nullable String list;

    private Answer judge(String question, String what) {
        questions.add(question + " " + what);
        if (denied.contains(question + " " + what)) {
            return Decision.deny("not that");
        }
        CompletionStage<Decision> other = stage;
        if (other != null && what.equals("stage")) {
            return Answer.later(other);
        }
        if (what.startsWith("slow")) {
            return Answer.later(open.computeIfAbsent(what, none -> new CompletableFuture<>()));
        }
        return what.startsWith("bad") ? Decision.deny("not that") : Decision.ALLOW;
    }

    CompletableFuture<Decision> answer(String what) {
        return open.computeIfAbsent(what, none -> new CompletableFuture<>());
    }

    /** Is asked anew from now on. */
    void forget(String what) {
        open.remove(what);
    }

    /** Denies one question. */
    void deny(String question) {
        denied.add(question);
    }

    /** Answers a message "stage". */
    void answers(CompletionStage<Decision> with) {
        stage = with;
    }

    /** Answers lists later. */
    void slowList(String what) {
        list = what;
    }

    void allow(String what) {
        answer(what).complete(Decision.ALLOW);
    }

    @Override
    public Answer login(Applicant applicant) {
        return judge("login", applicant.name().display());
    }

    @Override
    public Answer name(UserRef user, NamePolicy.Name name) {
        return judge("name", name.display());
    }

    @Override
    public Answer join(UserRef user, NamePolicy.Name room) {
        return judge("join", room.display());
    }

    @Override
    public Answer create(UserRef user, NamePolicy.Name room) {
        return judge("create", room.display().replace("made-", ""));
    }

    @Override
    public Answer direct(UserRef user, UserRef other) {
        return judge("direct", other.name());
    }

    @Override
    public Answer say(UserRef user, RoomRef room, String body, Tags tags) {
        return judge("say", body);
    }

    @Override
    public Answer topic(UserRef user, RoomRef room, String topic) {
        return judge("topic", topic);
    }

    @Override
    public Answer list(UserRef user, List<RoomItem> rooms) {
        Decision some = Decision.show(
                rooms.stream().filter(room -> !room.name().startsWith("bad")).toList());
        String slow = list;
        return slow == null ? some : Answer.later(answer(slow).thenApply(allowed -> some));
    }
}
