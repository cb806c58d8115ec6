/**
 * Every meter of Burnish: name, help, unit and labels, in one place. Other packages raise the
 * counters; {@code observability} reads the values of {@link StateGauge}. No label is an id: the
 * values of each label are bounded by configuration or by the code. docs/metrics.md lists them.
 */
@NullMarked
package io.burnish.metrics;

import org.jspecify.annotations.NullMarked;
