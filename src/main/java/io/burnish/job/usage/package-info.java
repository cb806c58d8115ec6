/** What jobs and their files used of each model, read from counters. */
@NullMarked
package io.burnish.job.usage;

import org.jspecify.annotations.NullMarked;
