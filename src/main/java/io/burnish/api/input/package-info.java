/** Reads what a request says: query, headers, and the small JSON bodies of commands. */
@NullMarked
package io.burnish.api.input;

import org.jspecify.annotations.NullMarked;
