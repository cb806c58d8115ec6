/** Settings: what is allowed, and one sentence for each that is wrong. */
@NullMarked
package io.burnish.settings;

import org.jspecify.annotations.NullMarked;
