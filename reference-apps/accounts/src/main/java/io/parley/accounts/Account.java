package io.parley.accounts;

import java.time.Instant;

/**
 * An account at one moment, without its password. Immutable, for any thread.
 *
 * @param id who it is: random, and the same for life. An account that is made later under the same name has another one
 * @param name the name as others see it
 * @param operator whether it may do in every room what the owners of the room may
 * @param bot whether a program uses it
 * @param created when it was made
 */
public record Account(String id, String name, boolean operator, boolean bot, Instant created) {}
