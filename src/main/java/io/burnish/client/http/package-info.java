/** The HTTP API of the service, as the client uses it. */
@NullMarked
package io.burnish.client.http;

import org.jspecify.annotations.NullMarked;
