/** Who calls: access keys, tokens of an identity provider, roles, owners, and the audit. */
@NullMarked
package io.burnish.access;

import org.jspecify.annotations.NullMarked;
