package io.parley.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.ServerBan;
import io.parley.model.ServerBan.Kind;
import io.parley.model.UserAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerBansTest {
    private final AtomicLong now = new AtomicLong(1_000);
    private final ServerBans bans = new ServerBans(NamePolicy.standard(), now::get);

    private static ServerBans.Subject from(String address) {
        return new ServerBans.Subject(0, "somebody", Optional.of(UserAddress.of(address)));
    }

    @ParameterizedTest
    @CsvSource({
        "ADDRESS, 203.0.113.7, 203.0.113.7, true",
        "ADDRESS, 203.0.113.7, 203.0.113.8, false",
        "ADDRESS, 203.0.113.7, ::ffff:203.0.113.7, true",
        "ADDRESS, 2001:db8::1, 2001:db8::2, true",
        "ADDRESS, 2001:db8:0:1::1, 2001:db8:0:2::1, false",
        "ADDRESS, customer 5, customer 5, true",
        "ADDRESS, 999.0.0.1, 999.0.0.1, true",
        "NETWORK, 203.0.113.0/24, 203.0.113.255, true",
        "NETWORK, 203.0.113.128/25, 203.0.113.127, false",
        "NETWORK, 203.0.113.7/32, 203.0.113.7, true",
        "NETWORK, 2001:db8::/32, 2001:db8:ffff::1, true",
        "NETWORK, 2001:db8::/32, 2001:db9::1, false",
        "NETWORK, 203.0.113.0/24, 2001:db8::1, false",
        "NETWORK, 203.0.113.0/24, customer 5, false"
    })
    void addressesAndNetworks(Kind kind, String subject, String address, boolean bound) {
        bans.add(kind, subject, 0, 0, "operator", "");
        assertThat(bans.find(from(address)) != null).isEqualTo(bound);
        assertThat(bans.find(new ServerBans.Subject(0, "somebody", Optional.empty())))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "203.0.113.0",
                "203.0.113.0/0",
                "203.0.113.0/33",
                "203.0.113.0/x",
                "example.org/24",
                "2001:db8::/129",
                "/8"
            })
    void whatIsNoNetwork(String subject) {
        assertThatThrownBy(() -> bans.add(Kind.NETWORK, subject, 0, 0, "operator", ""))
                .isInstanceOf(RoomException.class);
        assertThat(bans.list()).isEmpty();
    }

    @Test
    void nobodyBansThisMachineOrABadName() {
        assertThatThrownBy(() -> bans.add(Kind.ADDRESS, "127.0.0.1", 0, 0, "operator", ""))
                .isInstanceOf(RoomException.class);
        assertThatThrownBy(() -> bans.add(Kind.NAME, "no name", 0, 0, "operator", ""))
                .isInstanceOf(RoomException.class);
    }

    @Test
    void namesThatLookAlikeAreBound() {
        bans.add(Kind.NAME, "Troll", 0, 0, "operator", "");
        String key = NamePolicy.standard().user("tr0ll").key();
        assertThat(bans.find(new ServerBans.Subject(5, key, Optional.empty()))).isNotNull();
    }

    @Test
    void bansEndAndAreLifted() {
        ServerBan one = bans.add(Kind.ACCOUNT, "anna", 5, 100, "operator", "spam");
        ServerBan two = bans.add(Kind.NAME, "troll", 0, 0, "operator", "");
        ServerBans.Subject anna = new ServerBans.Subject(5, "anna", Optional.empty());
        assertThat(bans.find(anna)).isEqualTo(one);
        now.addAndGet(99);
        assertThat(one.remainingMillis(now.get())).isEqualTo(1);
        assertThat(bans.find(anna)).isEqualTo(one);
        now.addAndGet(1);
        assertThat(bans.find(anna)).isNull();
        assertThat(bans.list()).containsExactly(two);
        assertThat(bans.lift(one.number())).isNull();
        assertThat(bans.lift(two.number())).isEqualTo(two);
        assertThat(bans.list()).isEmpty();
        assertThat(two.remainingMillis(now.get())).isZero();
    }

    @Test
    void aFullListMakesWay() {
        for (int i = 0; i < 10_001; i++) {
            bans.add(Kind.ACCOUNT, "a", i + 1, 0, "operator", "");
        }
        assertThat(bans.list()).hasSize(10_000);
        assertThat(bans.find(new ServerBans.Subject(1, "a", Optional.empty()))).isNull();
        assertThat(bans.find(new ServerBans.Subject(10_001, "a", Optional.empty())))
                .isNotNull();
    }
}
