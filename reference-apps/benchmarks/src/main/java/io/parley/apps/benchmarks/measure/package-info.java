/** What is measured: the use of CPU and memory by a process and by the machine, and the spread of values. */
@NullMarked
package io.parley.apps.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
