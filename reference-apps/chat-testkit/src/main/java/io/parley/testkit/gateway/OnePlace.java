package io.parley.testkit.gateway;

import io.parley.model.Identity;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;

/** A policy for which all guests come from one place, which the addresses of tests do not say. Any thread. */
final class OnePlace implements ChatPolicy {
    @Override
    public Answer login(Applicant applicant) {
        return applicant.isGuest()
                ? Decision.admit(Identity.guest(applicant.name().display()).from("a place"))
                : Decision.ALLOW;
    }
}
