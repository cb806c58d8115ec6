/** The options and the environment of a run, as settings. */
@NullMarked
package io.burnish.client.settings;

import org.jspecify.annotations.NullMarked;
