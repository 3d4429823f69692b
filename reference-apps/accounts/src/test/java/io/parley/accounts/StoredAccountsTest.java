package io.parley.accounts;

import static io.parley.accounts.World.reason;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.journal.MemoryJournal;
import io.parley.journal.NotKeptException;
import io.parley.model.Identity;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.UserRef;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Credentials;
import io.parley.policy.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Logins, passwords, and what a program does with accounts. */
class StoredAccountsTest {
    private static final String GOOD = "correct horse";
    private static final String NEXT = "battery staple";

    private final Doubtful journal = new Doubtful(MemoryJournal.withDefaults());
    private final World world = new World(journal, builder -> builder.reserve("operator"));
    private final StoredAccounts accounts = world.accounts;

    @AfterEach
    void close() {
        world.close();
    }

    private Account make(String name) {
        return accounts.create(name, GOOD).join();
    }

    @Test
    void anAccountLogsInByItsPassword() {
        Account anna = make("Anna");
        assertThat(world.login("anna", GOOD))
                .isEqualTo(Decision.admit(
                        Identity.account(anna.id(), "Anna").with(Map.of(AccountRecord.CREDENTIAL, "1"))));
        Decision wrong = world.login("Anna", "wrong horse");
        assertThat(reason(wrong)).isEqualTo(Reason.FORBIDDEN);
        assertThat(world.login("nobody", GOOD)).isEqualTo(wrong);
        assertThat(world.login("no name at all", GOOD)).isEqualTo(wrong);
        assertThat(world.login("Anna", "x".repeat(300))).isEqualTo(wrong);
    }

    @Test
    void spellingsOfAPasswordAreOne() {
        accounts.create("Anna", "zo\u00eb is\u00a0new").join();
        assertThat(world.login("Anna", "zoe\u0308 is new")).isInstanceOf(Decision.Admit.class);
        assertThat(world.login("Anna", "Zo\u00eb is new")).isInstanceOf(Decision.Deny.class);
    }

    @Test
    void otherCredentialsAreDenied() {
        Credentials token = new Credentials.Token(Bytes.of(new byte[] {1}));
        assertThat(accounts.login(World.applicant("", token, World.HERE))).isInstanceOf(Decision.Deny.class);
        assertThat(accounts.login(World.applicant("bob", Credentials.NONE, World.HERE)))
                .isEqualTo(Decision.ALLOW);
        try (World closed = new World(journal, builder -> builder.guests(false))) {
            assertThat(closed.accounts.login(World.applicant("bob", Credentials.NONE, World.HERE)))
                    .isInstanceOf(Decision.Deny.class);
        }
    }

    @Test
    void theNameIsTheAccounts() {
        Account anna = make("Anna");
        NamePolicy.Name name = NamePolicy.standard().user("ANNA");
        assertThat(accounts.account(name))
                .isInstanceOfSatisfying(
                        Decision.Admit.class,
                        who -> assertThat(who.identity().id()).isEqualTo(anna.id()));
        assertThat(accounts.account(NamePolicy.standard().user("bob"))).isEqualTo(Decision.ALLOW);
        assertThat(reason(accounts.create("anna", GOOD))).isEqualTo(Reason.NAME_TAKEN);
        assertThat(reason(accounts.create("Operator", GOOD))).isEqualTo(Reason.NAME_TAKEN);
        assertThat(reason(accounts.create("a b", GOOD))).isEqualTo(Reason.BAD_NAME);
        assertThat(reason(accounts.create("bob", "short"))).isEqualTo(Reason.BAD_REQUEST);
        assertThat(reason(accounts.create("bobbobbob", "bobbobbob"))).isEqualTo(Reason.BAD_REQUEST);
    }

    @Test
    void allIsThereForALaterProcess() {
        make("Anna");
        accounts.setOperator("anna", true).join();
        accounts.setBot("anna", true).join();
        String code = accounts.invite().join();
        try (World later = new World(journal, builder -> builder.registration(Registration.CODE))) {
            assertThat(later.accounts.list())
                    .isEqualTo(accounts.list())
                    .singleElement()
                    .satisfies(anna -> {
                        assertThat(anna.operator()).isTrue();
                        assertThat(anna.bot()).isTrue();
                    });
            assertThat(World.user(later.login("anna", GOOD)).attributes())
                    .containsEntry(Identity.OPERATOR, "true")
                    .containsEntry("bot", "true");
            assertThat(later.accounts.invitations()).isEqualTo(1);
            assertThat(later.register("bob", GOOD, code)).isInstanceOf(Decision.Admit.class);
        }
    }

    @Test
    void aSessionGoesOnUntilThePasswordChanges() {
        make("Anna");
        UserRef user = World.user(world.login("anna", GOOD));
        assertThat(accounts.resume(user)).isInstanceOf(Decision.Admit.class);
        accounts.setBot("anna", true).join();
        assertThat(accounts.resume(user))
                .isInstanceOfSatisfying(
                        Decision.Admit.class,
                        who -> assertThat(who.identity().attributes()).containsKey("bot"));
        accounts.resetPassword("anna", NEXT).join();
        assertThat(accounts.resume(user)).isInstanceOf(Decision.Deny.class);
        assertThat(world.ended).hasSize(1);
        assertThat(world.login("anna", GOOD)).isInstanceOf(Decision.Deny.class);
        UserRef now = World.user(world.login("anna", NEXT));
        assertThat(now.account()).isEqualTo(user.account());
        accounts.delete("anna").join();
        assertThat(accounts.resume(now)).isInstanceOf(Decision.Deny.class);
        assertThat(world.ended).hasSize(2);
        assertThat(world.login("anna", NEXT)).isInstanceOf(Decision.Deny.class);
        assertThat(make("Anna").id()).isNotEqualTo(user.account());
        assertThat(accounts.resume(now)).isInstanceOf(Decision.Deny.class);
        UserRef guest = new UserRef(9, "", "bob", "bob", Map.of());
        assertThat(accounts.resume(guest)).isEqualTo(Decision.ALLOW);
    }

    @Test
    void theMembershipsOfADeletedAccountEnd() {
        CompletableFuture<String> over = new CompletableFuture<>();
        List<String> gone = new ArrayList<>();
        accounts.endMemberships((id, text) -> {
            gone.add(id);
            return over;
        });
        Account anna = make("Anna");
        CompletableFuture<Account> deleted = accounts.delete("anna");
        assertThat(deleted).isNotDone();
        assertThat(gone).containsExactly(anna.id());
        assertThat(accounts.list()).isEmpty();
        over.complete("");
        assertThat(deleted).isCompletedWithValue(anna);
    }

    @Test
    void aDeletionThatIsNotFinishedIsFinishedByTheNextProcess() {
        accounts.endMemberships(
                (id, text) -> CompletableFuture.failedFuture(new RoomException(Reason.UNAVAILABLE, "no")));
        Account anna = make("Anna");
        assertThat(reason(accounts.delete("anna"))).isEqualTo(Reason.UNAVAILABLE);
        assertThat(accounts.list()).isEmpty();
        List<String> gone = new ArrayList<>();
        for (int start = 0; start < 2; start++) {
            try (World later = new World(journal, UnaryOperator.identity())) {
                later.accounts.endMemberships((id, text) -> {
                    gone.add(id);
                    return CompletableFuture.completedFuture(null);
                });
            }
        }
        assertThat(gone).containsExactly(anna.id());
    }

    @Test
    void aUserChangesItsPassword() {
        make("Anna");
        UserRef user = World.user(world.login("anna", GOOD));
        assertThat(reason(world.change(user, "wrong horse", NEXT))).isEqualTo(Reason.FORBIDDEN);
        assertThat(reason(world.change(user, GOOD, "short"))).isEqualTo(Reason.BAD_REQUEST);
        Decision changed = world.change(user, GOOD, NEXT);
        assertThat(accounts.resume(World.user(changed))).isInstanceOf(Decision.Admit.class);
        assertThat(accounts.resume(user)).isInstanceOf(Decision.Deny.class);
        assertThat(world.login("anna", NEXT)).isInstanceOf(Decision.Admit.class);
        assertThat(world.login("anna", GOOD)).isInstanceOf(Decision.Deny.class);
        assertThat(world.ended).isEmpty(); // the hub does that
        UserRef other = new UserRef(7, "of another policy", "bob", "bob", Map.of());
        assertThat(accounts.password(other, GOOD, NEXT)).isEqualTo(ChatPolicy.NO_PASSWORDS);
    }

    @Test
    void wrongOldPasswordsSlowTheSessionsAndNotTheOwner() {
        make("Anna");
        UserRef user = World.user(world.login("anna", GOOD));
        for (int i = 0; i < 5; i++) {
            assertThat(reason(world.change(user, "wrong horse", NEXT))).isEqualTo(Reason.FORBIDDEN);
        }
        assertThat(reason(world.change(user, GOOD, NEXT))).isEqualTo(Reason.RATE_LIMITED);
        assertThat(world.login("anna", GOOD)).isInstanceOf(Decision.Admit.class);
        world.pass(Duration.ofSeconds(1));
        assertThat(world.change(user, GOOD, NEXT)).isInstanceOf(Decision.Admit.class);
    }

    @Test
    void wrongPasswordsSlowTheirAddress() {
        make("Anna");
        for (int i = 0; i < 5; i++) {
            assertThat(reason(world.login("anna", "wrong horse"))).isEqualTo(Reason.FORBIDDEN);
            assertThat(reason(world.login("nobody", "wrong horse"))).isEqualTo(Reason.FORBIDDEN);
        }
        for (String name : new String[] {"anna", "nobody"}) {
            assertThat(world.login(name, GOOD)).isInstanceOfSatisfying(Decision.Deny.class, no -> {
                assertThat(no.reason()).isEqualTo(Reason.RATE_LIMITED);
                assertThat(no.retryAfterMillis()).isBetween(1L, 1_001L);
            });
        }
        assertThat(world.login("anna", GOOD, "192.0.2.2")).isInstanceOf(Decision.Admit.class);
        world.pass(Duration.ofSeconds(1));
        assertThat(world.login("anna", GOOD)).isInstanceOf(Decision.Admit.class);
    }

    @Test
    void anAddressOfIpv6IsItsNetwork() {
        make("Anna");
        for (int i = 1; i <= 5; i++) {
            world.login("anna", "wrong horse", "2001:db8::" + i);
        }
        assertThat(reason(world.login("anna", GOOD, "2001:db8::77"))).isEqualTo(Reason.RATE_LIMITED);
        assertThat(world.login("anna", GOOD, "2001:db8:0:1::1")).isInstanceOf(Decision.Admit.class);
    }

    @Test
    void aHashOfBcryptIsReplacedAtTheNextLogin() {
        String hash = OpenBSDBCrypt.generate("secret".toCharArray(), new byte[16], 4);
        Account anna = accounts.importHash("anna", hash, true).join();
        assertThat(anna.operator()).isTrue();
        assertThat(reason(accounts.importHash("bob", "secret", false))).isEqualTo(Reason.BAD_REQUEST);
        assertThat(reason(world.login("anna", "Secret"))).isEqualTo(Reason.FORBIDDEN);
        UserRef user = World.user(world.login("anna", "secret"));
        AccountTable now = AccountTable.read(journal, NamePolicy.standard()).join();
        assertThat(now.all())
                .singleElement()
                .satisfies(one -> assertThat(one.verifiers().hash()).startsWith("$argon2id$"));
        assertThat(accounts.resume(user)).isInstanceOf(Decision.Admit.class);
        assertThat(world.login("anna", "secret")).isInstanceOf(Decision.Admit.class);
    }

    @Test
    void whatIsNotKeptIsNotTold() {
        make("Anna");
        UserRef user = World.user(world.login("anna", GOOD));
        journal.beforePut = new NotKeptException("no space");
        assertThat(reason(world.change(user, GOOD, NEXT))).isEqualTo(Reason.UNAVAILABLE);
        assertThat(reason(accounts.resetPassword("anna", NEXT))).isEqualTo(Reason.UNAVAILABLE);
        assertThat(reason(accounts.delete("anna"))).isEqualTo(Reason.UNAVAILABLE);
        assertThat(reason(accounts.create("bob", GOOD))).isEqualTo(Reason.UNAVAILABLE);
        assertThat(world.ended).isEmpty();
        assertThat(world.login("anna", GOOD)).isInstanceOf(Decision.Admit.class);
        assertThat(accounts.list()).hasSize(1);
    }

    @Test
    void anOperatorThatIsNoneAnyMoreLogsInAgain() {
        make("Anna");
        accounts.setOperator("anna", true).join();
        assertThat(world.ended).isEmpty();
        accounts.setOperator("anna", false).join();
        assertThat(world.ended).hasSize(1);
        assertThat(reason(accounts.setOperator("bob", true))).isEqualTo(Reason.NO_SUCH_USER);
        assertThat(reason(accounts.resetPassword("bob", GOOD))).isEqualTo(Reason.NO_SUCH_USER);
        assertThat(reason(accounts.delete("bob"))).isEqualTo(Reason.NO_SUCH_USER);
    }

    @Test
    void theEndRefuses() {
        make("Anna");
        accounts.close();
        assertThat(reason(world.login("anna", GOOD))).isEqualTo(Reason.RATE_LIMITED);
    }
}
