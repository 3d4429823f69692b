package io.parley.policy;

import static io.parley.policy.Asked.ANN;
import static io.parley.policy.Asked.BOB;
import static io.parley.policy.Asked.LOBBY;

import io.parley.model.Action;
import io.parley.model.NamePolicy;
import io.parley.model.People;
import io.parley.model.RoomSettings;
import io.parley.model.Tags;
import java.time.Duration;
import java.util.List;

/** Asks a policy everything. */
final class EachQuestion {
    private EachQuestion() {}

    static List<Answer> ask(ChatPolicy policy) {
        NamePolicy names = NamePolicy.standard();
        return List.of(
                policy.login(Applicant.of(names, "ann", Credentials.NONE, "tests", "memory", null, null)),
                policy.account(names.user("ann")),
                policy.name(ANN, names.user("ann")),
                policy.join(ANN, names.room("lobby")),
                policy.create(ANN, names.room("lobby")),
                policy.direct(ANN, BOB),
                policy.say(ANN, LOBBY, "x", Tags.NONE),
                policy.topic(ANN, LOBBY, "x"),
                policy.moderate(ANN, LOBBY, Action.KICK, People.BOB, Duration.ZERO, ""),
                policy.configure(ANN, LOBBY, RoomSettings.DEFAULT),
                policy.list(ANN, List.of()));
    }
}
