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
import java.util.concurrent.CompletionStage;

/** Several policies, asked one after the other. */
final class AllOf implements ChatPolicy {
    private final List<ChatPolicy> policies;

    AllOf(List<ChatPolicy> policies) {
        this.policies = policies;
    }

    /** What one policy is asked, when those before it have decided something. */
    private interface Question {
        Answer ask(ChatPolicy policy, Decision before);
    }

    /** Asks all of them where the answer is yes or no. */
    private Answer ask(Question question) {
        return ask(0, Decision.ALLOW, Decision.Allow.class, question);
    }

    /** Asks all of them; beside yes and no a decision of one more kind fits. */
    private Answer ask(Class<? extends Decision> fits, Question question) {
        return ask(0, Decision.ALLOW, fits, question);
    }

    /** Asks the policies from one on. A stage is made only where one of them answers later. */
    private Answer ask(int from, Decision before, Class<? extends Decision> fits, Question question) {
        Decision known = before;
        for (int i = from; i < policies.size(); i++) {
            Answer answer = requireNonNull(question.ask(policies.get(i), known), "an answer");
            int next = i + 1;
            if (answer instanceof Answer.Later later) {
                Decision until = known;
                CompletionStage<Decision> all = later.decision()
                        .thenCompose(decision -> Blocking.stage(goOn(next, until, decision, fits, question)));
                return Answer.later(all);
            }
            Decision decision = (Decision) answer;
            if (denies(decision, fits)) {
                return decision;
            }
            known = decision instanceof Decision.Allow ? known : decision;
        }
        return known;
    }

    private Answer goOn(int next, Decision before, Decision given, Class<? extends Decision> fits, Question question) {
        Decision decision = requireNonNull(given, "a decision");
        return denies(decision, fits)
                ? decision
                : ask(next, decision instanceof Decision.Allow ? before : decision, fits, question);
    }

    /** Whether nobody else is asked: what does not fit denies, whatever another policy would say. */
    private static boolean denies(Decision decision, Class<? extends Decision> fits) {
        return !(decision instanceof Decision.Allow) && !fits.isInstance(decision);
    }

    @Override
    public Answer login(Applicant applicant) {
        return ask(Decision.Admit.class, (policy, before) -> policy.login(applicant));
    }

    @Override
    public Answer resume(UserRef user) {
        return ask(Decision.Admit.class, (policy, before) -> policy.resume(user));
    }

    @Override
    public Answer password(UserRef user, String old, String next) {
        return password(0, user, old, next);
    }

    /** Asks the policies from one on, until one of them has passwords. */
    private Answer password(int from, UserRef user, String old, String next) {
        for (int i = from; i < policies.size(); i++) {
            Answer answer = requireNonNull(policies.get(i).password(user, old, next), "an answer");
            int behind = i + 1;
            if (answer instanceof Answer.Later later) {
                return Answer.later(later.decision()
                        .thenCompose(decision ->
                                Blocking.stage(isNone(decision) ? password(behind, user, old, next) : decision)));
            }
            if (!isNone(answer)) {
                return answer;
            }
        }
        return NO_PASSWORDS;
    }

    private static boolean isNone(Answer answer) {
        return NO_PASSWORDS.equals(answer);
    }

    @Override
    public Answer account(NamePolicy.Name name) {
        return ask(
                Decision.Admit.class,
                (policy, before) -> before instanceof Decision.Admit ? before : policy.account(name));
    }

    @Override
    public Answer name(UserRef user, NamePolicy.Name name) {
        return ask((policy, before) -> policy.name(user, name));
    }

    @Override
    public Answer join(UserRef user, NamePolicy.Name room) {
        return ask((policy, before) -> policy.join(user, room));
    }

    @Override
    public Answer create(UserRef user, NamePolicy.Name room) {
        return ask((policy, before) -> policy.create(user, room));
    }

    @Override
    public Answer direct(UserRef user, UserRef other) {
        return ask((policy, before) -> policy.direct(user, other));
    }

    @Override
    public Answer say(UserRef user, RoomRef room, String body, Tags tags) {
        return ask(
                Decision.Replace.class,
                (policy, before) -> before instanceof Decision.Replace other
                        ? policy.say(user, room, other.body(), other.tags())
                        : policy.say(user, room, body, tags));
    }

    @Override
    public Answer topic(UserRef user, RoomRef room, String topic) {
        return ask(
                Decision.Replace.class,
                (policy, before) ->
                        policy.topic(user, room, before instanceof Decision.Replace other ? other.body() : topic));
    }

    @Override
    public Answer moderate(UserRef user, RoomRef room, Action action, UserItem target, Duration duration, String text) {
        return ask((policy, before) -> policy.moderate(user, room, action, target, duration, text));
    }

    @Override
    public Answer configure(UserRef user, RoomRef room, RoomSettings settings) {
        return ask((policy, before) -> policy.configure(user, room, settings));
    }

    @Override
    public Answer list(UserRef user, List<RoomItem> rooms) {
        return ask(
                Decision.Show.class,
                (policy, before) -> before instanceof Decision.Show some
                        ? both(policy.list(user, some.rooms()), some.rooms())
                        : policy.list(user, rooms));
    }

    /** What one policy shows of the rooms that those before it show. */
    private static Answer both(Answer answer, List<RoomItem> before) {
        if (answer instanceof Answer.Later later) {
            return Answer.later(later.decision().thenApply(decision -> both(decision, before)));
        }
        return answer instanceof Decision decision ? both(decision, before) : answer;
    }

    private static Decision both(Decision decision, List<RoomItem> before) {
        return decision instanceof Decision.Show some
                ? Decision.show(before.stream().filter(some.rooms()::contains).toList())
                : decision;
    }
}
