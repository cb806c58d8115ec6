/** Import and export of the state file of the script that Burnish replaces. */
@NullMarked
package io.burnish.tracking.legacy;

import org.jspecify.annotations.NullMarked;
