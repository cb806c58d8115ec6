/** The chat-completions API of Groq and compatible endpoints, and the faults of a call. */
@NullMarked
package io.burnish.provider;

import org.jspecify.annotations.NullMarked;
