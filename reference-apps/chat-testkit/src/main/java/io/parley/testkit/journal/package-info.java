/** For those who write journals: the contract that each keeps, and journals to test programs with. */
@NullMarked
package io.parley.testkit.journal;

import org.jspecify.annotations.NullMarked;
