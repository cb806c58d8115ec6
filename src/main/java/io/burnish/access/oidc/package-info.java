/** Tokens and people of an OpenID Connect provider. */
@NullMarked
package io.burnish.access.oidc;

import org.jspecify.annotations.NullMarked;
