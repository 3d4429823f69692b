/**
 * Server and client together: contracts that every transport's tests implement, and what they are made of.
 */
@NullMarked
package io.parley.chat;

import org.jspecify.annotations.NullMarked;
