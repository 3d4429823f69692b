package io.parley.apps.benchmarks.chaos;

import io.parley.model.Identity;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException.Reason;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;

/** A policy with an account for each name that begins in a certain way, and room for guests. Any thread. */
public final class Accounts implements ChatPolicy {
    private static final String PREFIX = "member";

    /** The name of an account. */
    public static String name(int number) {
        return PREFIX + number;
    }

    /** The password of an account. */
    public static String password(String name) {
        return "the password of " + name;
    }

    @Override
    public Answer login(Applicant applicant) {
        if (applicant.isGuest()) {
            return Decision.ALLOW;
        }
        String name = applicant.name().display();
        return name.startsWith(PREFIX) && password(name).equals(applicant.password())
                ? Decision.admit(Identity.account(name, name))
                : Decision.deny(Reason.AUTH_FAILED, "wrong password");
    }

    @Override
    public Answer account(NamePolicy.Name name) {
        String display = name.display();
        return display.startsWith(PREFIX) ? Decision.admit(Identity.account(display, display)) : Decision.ALLOW;
    }
}
