/** The problems of the API (RFC 9457), how they are sent, and the exceptions that become one. */
@NullMarked
package io.burnish.api.problem;

import org.jspecify.annotations.NullMarked;
