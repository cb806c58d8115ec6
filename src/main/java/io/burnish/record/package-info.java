/**
 * The JSON record, and how JSON is read as a stream and written: no text is altered, numbers keep
 * their exact value, and a broken text is told by line and column.
 */
@NullMarked
package io.burnish.record;

import org.jspecify.annotations.NullMarked;
