package io.parley.testkit.chat;

import io.parley.codec.Bytes;
import io.parley.model.Identity;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException.Reason;
import io.parley.model.UserRef;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Credentials;
import io.parley.policy.Decision;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Everybody's password is "secret" until it is changed; "broken" cannot be checked. The names of anna and carol are kept for them.
 * An account is made with the code "welcome"; the token "of anna" is anna's.
 */
final class Accounts implements ChatPolicy {
    private static final Set<String> KEPT = Set.of("anna", "carol");

    final CopyOnWriteArrayList<Applicant> asked = new CopyOnWriteArrayList<>();
    private final Map<String, String> passwords =
            new ConcurrentHashMap<>(); // that are not the usual one, by the name's key

    @Override
    public Answer account(NamePolicy.Name name) {
        return KEPT.contains(name.key()) || passwords.containsKey(name.key())
                ? Decision.admit(account(name, name.display()))
                : Decision.ALLOW;
    }

    private static Identity account(NamePolicy.Name name, String display) {
        return Identity.account(name.key(), display);
    }

    @Override
    public Answer login(Applicant applicant) {
        if (applicant.isGuest()) {
            return Decision.ALLOW;
        }
        asked.add(applicant);
        String name = applicant.name().display();
        if (name.equals("broken")) {
            return Answer.later(CompletableFuture.failedFuture(new IllegalStateException("no opinion")));
        }
        if (applicant.credentials() instanceof Credentials.Registration wanted) {
            boolean good = wanted.code().equals("welcome");
            return good && passwords.putIfAbsent(applicant.name().key(), wanted.password()) == null
                    ? Decision.admit(account(applicant.name(), name))
                    : good ? Decision.deny(Reason.NAME_TAKEN, "taken") : Decision.deny("a wrong code");
        }
        if (applicant.credentials() instanceof Credentials.Token token) {
            return token.token().equals(Bytes.of("of anna".getBytes(StandardCharsets.UTF_8)))
                    ? Decision.admit(Identity.account("anna", "Anna"))
                    : Decision.deny("a wrong token");
        }
        return password(applicant.name().key()).equals(applicant.password())
                ? Decision.admit(account(applicant.name(), name))
                : Decision.deny("wrong name or password");
    }

    private String password(String key) {
        return passwords.getOrDefault(key, "secret");
    }

    @Override
    public Answer password(UserRef user, String old, String next) {
        if (!password(user.key()).equals(old)) {
            return Decision.deny("wrong password");
        }
        passwords.put(user.key(), next);
        return Decision.admit(Identity.account(user.account(), user.name()).with(Map.of("password", next)));
    }

    /** A session goes on as long as its account has the password it had. */
    @Override
    public Answer resume(UserRef user) {
        return user.guest() || password(user.key()).equals(user.attributes().getOrDefault("password", "secret"))
                ? Decision.ALLOW
                : Decision.deny("another password");
    }
}
