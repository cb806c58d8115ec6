/** Keys, sessions, secrets of callbacks, and the audit, for administrators. */
@NullMarked
package io.burnish.api.access;

import org.jspecify.annotations.NullMarked;
