/** Sessions of people who signed in on the page. */
@NullMarked
package io.burnish.access.session;

import org.jspecify.annotations.NullMarked;
