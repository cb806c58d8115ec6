/** The data directory: its input files, and the results of jobs written back beside them. */
@NullMarked
package io.burnish.directory;

import org.jspecify.annotations.NullMarked;
