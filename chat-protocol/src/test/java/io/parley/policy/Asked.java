package io.parley.policy;

import io.parley.model.Action;
import io.parley.model.NamePolicy;
import io.parley.model.People;
import io.parley.model.RoomItem;
import io.parley.model.RoomKind;
import io.parley.model.RoomRef;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** A policy that answers as a test tells it and notes what it was asked; and what tests ask policies. */
final class Asked implements ChatPolicy {
    static final UserRef ANN = People.ref(People.ANN);
    static final UserRef BOB = People.ref(People.account(0xB2, "bob"));
    static final RoomRef LOBBY = new RoomRef(1, RoomKind.ROOM, "lobby", "lobby");

    final List<String> questions = new ArrayList<>();
    private final BiFunction<String, Tags, Answer> answer;

    private Asked(BiFunction<String, Tags, Answer> answer) {
        this.answer = answer;
    }

    static Asked always(Answer answer) {
        return new Asked((text, tags) -> answer);
    }

    static Asked with(Supplier<Answer> answer) {
        return new Asked((text, tags) -> answer.get());
    }

    static Asked with(BiFunction<String, Tags, Answer> answer) {
        return new Asked(answer);
    }

    /** What a policy decides about a text. */
    static CompletableFuture<Decision> say(ChatPolicy policy, String text) {
        return decided(policy.say(ANN, LOBBY, text, Tags.NONE));
    }

    /** An answer, at once or later. */
    static CompletableFuture<Decision> decided(Answer answer) {
        CompletableFuture<Decision> done = new CompletableFuture<>();
        Blocking.stage(answer).whenComplete((decision, error) -> {
            if (error == null) {
                done.complete(decision);
            } else {
                done.completeExceptionally(error);
            }
        });
        return done;
    }

    private Answer note(String question, Tags tags) {
        questions.add(question);
        return answer.apply(question, tags);
    }

    @Override
    public Answer login(Applicant applicant) {
        return note("login " + applicant.name().display(), Tags.NONE);
    }

    @Override
    public Answer account(NamePolicy.Name name) {
        return note("account " + name.display(), Tags.NONE);
    }

    @Override
    public Answer moderate(UserRef user, RoomRef room, Action action, UserItem target, Duration duration, String text) {
        return note(action + " " + target.name() + " " + duration, Tags.NONE);
    }

    @Override
    public Answer join(UserRef user, NamePolicy.Name room) {
        return note("join " + room.display(), Tags.NONE);
    }

    @Override
    public Answer say(UserRef user, RoomRef room, String body, Tags tags) {
        return note(body, tags);
    }

    @Override
    public Answer topic(UserRef user, RoomRef room, String topic) {
        return note(topic, Tags.NONE);
    }

    @Override
    public Answer list(UserRef user, List<RoomItem> rooms) {
        return note("list " + rooms.stream().map(RoomItem::name).toList(), Tags.NONE);
    }
}
