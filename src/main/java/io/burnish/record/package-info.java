/**
 * JSON records, read and written as streams: text is not altered, numbers keep their exact value,
 * and errors name line and column.
 */
@NullMarked
package io.burnish.record;

import org.jspecify.annotations.NullMarked;
