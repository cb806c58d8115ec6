/** The bodies of requests and responses as Groq has them: validation, completions, errors. */
@NullMarked
package io.burnish.simulator.wire;

import org.jspecify.annotations.NullMarked;
