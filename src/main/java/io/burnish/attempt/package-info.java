/**
 * One call about a pack of records, from the prompt to the outcome of each record. What the call
 * brought goes to the ledger before it is judged.
 */
@NullMarked
package io.burnish.attempt;

import org.jspecify.annotations.NullMarked;
