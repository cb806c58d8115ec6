/** Every HTTP call that was made, and what it cost each job. */
@NullMarked
package io.burnish.ledger;

import org.jspecify.annotations.NullMarked;
