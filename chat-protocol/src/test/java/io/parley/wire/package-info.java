/** Tests of frames and their bytes; {@link io.parley.wire.FrameArbitraries} is for other packages' tests, too. */
@NullMarked
package io.parley.wire;

import org.jspecify.annotations.NullMarked;
