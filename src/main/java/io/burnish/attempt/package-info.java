/**
 * One call about a pack of records: prompt, call, ledger, verdict, outcome. The ledger has each
 * HTTP call before its answer is judged.
 */
@NullMarked
package io.burnish.attempt;

import org.jspecify.annotations.NullMarked;
