/** What jobs may spend: reserved before each call, settled by the ledger. */
@NullMarked
package io.burnish.budget;

import org.jspecify.annotations.NullMarked;
