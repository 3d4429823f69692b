/**
 * The words that all of Parley shares: roles, rooms, messages, names, errors. Values only, for everybody.
 *
 * <p>This package knows no frame, no socket and no live room.
 */
@NullMarked
package io.parley.model;

import org.jspecify.annotations.NullMarked;
