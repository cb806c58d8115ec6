/** The ledger: every HTTP call to the provider, and what it cost each job. */
@NullMarked
package io.burnish.ledger;

import org.jspecify.annotations.NullMarked;
