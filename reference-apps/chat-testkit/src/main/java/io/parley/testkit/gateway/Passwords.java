package io.parley.testkit.gateway;

import io.parley.model.Identity;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException.Reason;
import io.parley.model.UserRef;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Credentials;
import io.parley.policy.Decision;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Accounts by their names, with passwords as they are. The code of an invitation is "welcome". It answers late. Any thread. */
final class Passwords implements ChatPolicy {
    static final String CODE = "welcome";
    static final String BUSY = "busy"; // a name that is told to come later

    private final Map<String, String> passwords = new ConcurrentHashMap<>(); // by the key of the name

    Passwords with(String name, String password) {
        passwords.put(NamePolicy.standard().user(name).key(), password);
        return this;
    }

    /** The password of an account; null if there is none. */
    @Nullable
    String of(String name) {
        return passwords.get(NamePolicy.standard().user(name).key());
    }

    private static Answer late(Decision decision) {
        return Answer.later(CompletableFuture.completedFuture(decision));
    }

    private static Decision admit(NamePolicy.Name name) {
        return Decision.admit(Identity.account("id of " + name.display(), name.display()));
    }

    @Override
    public Answer login(Applicant applicant) {
        NamePolicy.Name name = applicant.name();
        if (name.display().equals(BUSY)) {
            return late(Decision.deny(Reason.RATE_LIMITED, "come again later", Duration.ofSeconds(7)));
        }
        if (applicant.credentials() instanceof Credentials.Registration wanted) {
            return late(register(name, wanted));
        }
        if (applicant.credentials() instanceof Credentials.Password given) {
            return late(given.password().equals(passwords.get(name.key())) ? admit(name) : Decision.deny("wrong"));
        }
        return applicant.isGuest() ? Decision.ALLOW : Decision.deny("not that way");
    }

    private Decision register(NamePolicy.Name name, Credentials.Registration wanted) {
        if (!wanted.code().equals(CODE)) {
            return Decision.deny("that code is not good");
        }
        return passwords.putIfAbsent(name.key(), wanted.password()) == null
                ? admit(name)
                : Decision.deny(Reason.NAME_TAKEN, "the name is taken");
    }

    @Override
    public Answer account(NamePolicy.Name name) {
        return passwords.containsKey(name.key()) ? admit(name) : Decision.ALLOW;
    }

    @Override
    public Answer password(UserRef user, String old, String next) {
        boolean right = passwords.replace(user.key(), old, next);
        return late(right ? Decision.ALLOW : Decision.deny("that is not the password"));
    }
}
