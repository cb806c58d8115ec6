/** Who calls, with which role, and the settings of access. */
@NullMarked
package io.burnish.access.caller;

import org.jspecify.annotations.NullMarked;
