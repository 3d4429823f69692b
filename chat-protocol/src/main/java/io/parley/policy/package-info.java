/**
 * What an embedding program decides: who may log in, join and speak.
 *
 * <p>A policy sees values only, never a live room.
 */
@NullMarked
package io.parley.policy;

import org.jspecify.annotations.NullMarked;
