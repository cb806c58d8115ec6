/**
 * PostgreSQL: transactions, parameters, the default owner, the check at start, and the state for
 * health checks.
 */
@NullMarked
package io.burnish.database;

import org.jspecify.annotations.NullMarked;
