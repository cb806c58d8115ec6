/**
 * The chat-completions wire contract of Groq and its look-alikes, and every way in which a call can
 * fail.
 */
@NullMarked
package io.burnish.provider;

import org.jspecify.annotations.NullMarked;
