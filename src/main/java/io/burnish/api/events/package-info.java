/** Clients that wait for jobs: server-sent events and long polls. */
@NullMarked
package io.burnish.api.events;

import org.jspecify.annotations.NullMarked;
