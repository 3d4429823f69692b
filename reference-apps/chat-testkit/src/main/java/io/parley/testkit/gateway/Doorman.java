package io.parley.testkit.gateway;

import io.parley.model.Identity;
import io.parley.model.NamePolicy;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Knows accounts without passwords, and where everybody comes from. */
final class Doorman implements ChatPolicy {
    final Map<String, String> accounts = new ConcurrentHashMap<>(); // by the name
    final Map<String, String> others =
            new ConcurrentHashMap<>(); // accounts whose owners do not come, by the key of the name
    volatile String address = "";

    @Override
    public Answer login(Applicant applicant) {
        String name = applicant.name().display();
        String id = accounts.get(name);
        return Decision.admit((id == null ? Identity.guest(name) : Identity.account(id, name)).from(address));
    }

    @Override
    public Answer account(NamePolicy.Name name) {
        String id = accounts.getOrDefault(name.display(), others.get(name.key()));
        return id == null ? Decision.ALLOW : Decision.admit(Identity.account(id, name.display()));
    }
}
