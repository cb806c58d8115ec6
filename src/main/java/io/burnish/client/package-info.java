/**
 * The pipeline's client behind {@code build.sh}: sends files to a service, waits for the job, and
 * writes the results beside the files. A program of its own, which starts without Quarkus.
 *
 * <p>The path of a run: {@link io.burnish.client.Client} reads the options, {@code DataFiles} finds
 * and checks the files, {@code LocalService} starts a service where none is named, {@code Run}
 * posts, waits and writes. What must survive the client's own death is in {@code RunFile}.
 */
@NullMarked
package io.burnish.client;

import org.jspecify.annotations.NullMarked;
