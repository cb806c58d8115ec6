/** PostgreSQL: short transactions, columns of arrays, the check at start and the probe. */
@NullMarked
package io.burnish.database;

import org.jspecify.annotations.NullMarked;
