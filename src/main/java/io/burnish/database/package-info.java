/** PostgreSQL: short transactions, columns of arrays, and a server of our own for local runs. */
@NullMarked
package io.burnish.database;

import org.jspecify.annotations.NullMarked;
