/** The data directories of jobs, and whose turn it is. */
@NullMarked
package io.burnish.job.directory;

import org.jspecify.annotations.NullMarked;
