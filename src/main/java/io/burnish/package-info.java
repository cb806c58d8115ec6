/**
 * The map of Burnish: what each room holds and whom it may call. {@code ArchitectureTest} keeps it
 * true.
 *
 * <ul>
 *   <li>{@code api}: HTTP resources, request and response records, problems. Uses job, intake,
 *       export, tracking, models.
 *   <li>{@code job}: a batch and its life. Uses queue, tracking.
 *   <li>{@code queue}: the items of all jobs: claim, complete, park, release. The native SQL lives
 *       here. Uses record.
 *   <li>{@code worker}: the loop that turns ready items into outcomes. Uses job, queue,
 *       enhancement, models, tracking.
 *   <li>{@code enhancement}: prompt, answer parsing, corrective feedback, merge. Uses profile,
 *       validation, provider, record.
 *   <li>{@code models}: one call through the chain of models, with the fault-tolerance annotations.
 *       Uses provider.
 *   <li>{@code provider}: the Groq wire contract and its faults. Uses nothing of ours.
 *   <li>{@code profile}: what a kind of record is. Uses record, validation, amount.
 *   <li>{@code validation}: the rules an answer is held to. Uses record, amount.
 *   <li>{@code amount}: text to amounts, by a lexicon and a grammar. Uses no other room.
 *   <li>{@code tracking}: what was processed or failed before. Uses record.
 *   <li>{@code intake}: reading what was posted. Uses record, profile, job, queue.
 *   <li>{@code export}: writing results and failures. Uses job, queue.
 *   <li>{@code client}: the pipeline's client behind {@code build.sh}, a program of its own without
 *       Quarkus. Uses record; no other room uses it.
 *   <li>{@code record}: the JSON record. Uses nothing but Jackson's tree.
 *   <li>{@code settings}: what settings may be, checked before the start. Uses nothing of ours;
 *       every room may use its annotations.
 *   <li>{@code loops}: background loops, and the watch that knows when each last turned. Uses
 *       database.
 *   <li>{@code local}: what one machine needs: embedded PostgreSQL, offline provider. Only {@code
 *       main} uses it, and hands its configuration over. Uses simulator.
 *   <li>{@code simulator}: a Groq look-alike with its limits. Uses nothing of ours.
 *   <li>{@code observability}: metrics, health, start-up messages. Nobody uses it.
 * </ul>
 */
@NullMarked
package io.burnish;

import org.jspecify.annotations.NullMarked;
