package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.NamePolicy;
import io.parley.model.UserKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class UserTableTest {
    /** A step: adds or removes the user of an id. */
    record Step(boolean add, long id) {}

    /** Many steps over few ids, half of which collide in their low bits. */
    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Long> ids = Arbitraries.longs().between(1, 40).map(n -> n % 2 == 0 ? n << 40 : n);
        return Arbitraries.of(true, true, false)
                .flatMap(add -> ids.map(id -> new Step(add, id)))
                .list()
                .ofMaxSize(200);
    }

    @Property
    void isAMapById(@ForAll("steps") List<Step> steps) {
        UserTable table = new UserTable();
        Map<Long, User> expected = new HashMap<>();
        for (Step step : steps) {
            User there = expected.get(step.id());
            if (step.add() && there == null) {
                User user = user(step.id());
                expected.put(step.id(), user);
                table.add(user);
            } else if (!step.add()) {
                table.remove(there == null ? user(step.id()) : there);
                expected.remove(step.id());
            }
            for (long n = 1; n <= 40; n++) {
                long id = n % 2 == 0 ? n << 40 : n;
                assertThat(table.find(id)).isSameAs(expected.get(id));
            }
            assertThat(table.size()).isEqualTo(expected.size());
        }
    }

    private static User user(long id) {
        return new User(
                new User.Entrant(id, UserKind.GUEST, "", 0, null, 0, Map.of()),
                NamePolicy.standard().user("u" + id));
    }
}
