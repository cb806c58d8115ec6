/**
 * The pages for people. There is one document; its modules show what the public API and its events
 * have, so that a script can have the same.
 */
@NullMarked
package io.burnish.page;

import org.jspecify.annotations.NullMarked;
