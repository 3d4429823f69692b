/** Contracts of gateways. */
@NullMarked
package io.parley.testkit.gateway;

import org.jspecify.annotations.NullMarked;
