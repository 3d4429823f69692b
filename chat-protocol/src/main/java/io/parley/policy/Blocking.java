package io.parley.policy;

import static java.util.Objects.requireNonNull;

import io.parley.model.Action;
import io.parley.model.NamePolicy;
import io.parley.model.RoomItem;
import io.parley.model.RoomRef;
import io.parley.model.RoomSettings;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserRef;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** A policy asked on other threads. */
final class Blocking implements ChatPolicy {
    private final ChatPolicy policy;
    private final Executor executor;

    Blocking(ChatPolicy policy, Executor executor) {
        this.policy = requireNonNull(policy, "policy");
        this.executor = requireNonNull(executor, "executor");
    }

    private Answer ask(Supplier<Answer> question) {
        return Answer.later(CompletableFuture.supplyAsync(question, executor).thenCompose(Blocking::stage));
    }

    /** An answer as a stage, at once or later. */
    static CompletionStage<Decision> stage(Answer answer) {
        return answer instanceof Answer.Later later
                ? later.decision().thenApply(decision -> decision)
                : CompletableFuture.completedFuture((Decision) answer);
    }

    @Override
    public Answer login(Applicant applicant) {
        return ask(() -> policy.login(applicant));
    }

    @Override
    public Answer resume(UserRef user) {
        return ask(() -> policy.resume(user));
    }

    @Override
    public Answer password(UserRef user, String old, String next) {
        return ask(() -> policy.password(user, old, next));
    }

    @Override
    public Answer account(NamePolicy.Name name) {
        return ask(() -> policy.account(name));
    }

    @Override
    public Answer name(UserRef user, NamePolicy.Name name) {
        return ask(() -> policy.name(user, name));
    }

    @Override
    public Answer join(UserRef user, NamePolicy.Name room) {
        return ask(() -> policy.join(user, room));
    }

    @Override
    public Answer create(UserRef user, NamePolicy.Name room) {
        return ask(() -> policy.create(user, room));
    }

    @Override
    public Answer direct(UserRef user, UserRef other) {
        return ask(() -> policy.direct(user, other));
    }

    @Override
    public Answer say(UserRef user, RoomRef room, String body, Tags tags) {
        return ask(() -> policy.say(user, room, body, tags));
    }

    @Override
    public Answer topic(UserRef user, RoomRef room, String topic) {
        return ask(() -> policy.topic(user, room, topic));
    }

    @Override
    public Answer moderate(UserRef user, RoomRef room, Action action, UserItem target, Duration duration, String text) {
        return ask(() -> policy.moderate(user, room, action, target, duration, text));
    }

    @Override
    public Answer configure(UserRef user, RoomRef room, RoomSettings settings) {
        return ask(() -> policy.configure(user, room, settings));
    }

    @Override
    public Answer list(UserRef user, List<RoomItem> rooms) {
        return ask(() -> policy.list(user, rooms));
    }
}
