/**
 * The pipeline's client behind {@code build.sh}: it sends files to a service, waits for the job,
 * and writes the results beside the files. It is a program of its own, which starts without
 * Quarkus.
 *
 * <p>The path of a run: {@link io.burnish.client.Client} reads the options, {@code DataFiles} finds
 * and checks the files, {@code LocalService} starts a service if none is named, {@code Run} posts,
 * waits and writes. {@code RunFile} stores what a later run needs to resume.
 */
@NullMarked
package io.burnish.client;

import org.jspecify.annotations.NullMarked;
