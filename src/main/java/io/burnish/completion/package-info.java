/** Writes ledger entries and outcomes in batches, and logs the progress of jobs. */
@NullMarked
package io.burnish.completion;

import org.jspecify.annotations.NullMarked;
