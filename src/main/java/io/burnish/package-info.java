/**
 * The map of Burnish: what each room holds, and which rooms it may use. {@code ArchitectureTest}
 * reads the rooms and the words after "Uses" from this text, and holds the code to them.
 *
 * <ul>
 *   <li>{@code api}: the HTTP API. {@code api.request} checks each request, {@code api.mapping}
 *       maps exceptions to problems (RFC 9457). The resources are in {@code api.post} (new jobs),
 *       {@code api.job} (read, list, control), {@code api.events}, {@code api.items}, {@code
 *       api.status}, {@code api.tracking} and {@code api.access} (keys, sessions, audit). They
 *       share {@code api.body} (uploads), {@code api.download}, {@code api.view} (a job as it is
 *       shown), {@code api.input} (query, commands) and {@code api.problem}. Uses access, budget,
 *       callback, database, estimate, export, intake, items, job, loops, metrics, models, prices,
 *       profile, queue, record, status, traces, tracking.
 *   <li>{@code page}: the pages for people: a document whose modules read the public API. Uses
 *       access, database.
 *   <li>{@code access}: who calls, in a room each: {@code access.caller} (roles, owners), {@code
 *       access.key}, {@code access.oidc} (tokens), {@code access.session}, {@code access.audit}.
 *       Uses database, metrics.
 *   <li>{@code intake}: a request body becomes a job with items; it is spooled to disk ({@code
 *       intake.body}) and streamed ({@code intake.records}). Uses budget, callback, directory, job,
 *       metrics, profile, provider, queue, record, tracking.
 *   <li>{@code directory}: data directories: their input files, and results written back beside
 *       them. Uses database, export, job, loops, profile, record.
 *   <li>{@code job}: a batch of records: its values as posted ({@code job.spec}), its state ({@code
 *       job.state}), rows ({@code job.stored}), use of models ({@code job.usage}), post ({@code
 *       job.post}), control ({@code job.control}) and data directories ({@code job.directory}).
 *       Uses database, loops, metrics, prices, queue, tracking.
 *   <li>{@code callback}: signed callbacks of jobs, from an outbox. Uses database, loops, metrics.
 *   <li>{@code queue}: the items of all jobs, and their native SQL: claim ({@code queue.claim}),
 *       complete, park and release ({@code queue.completion}), cancel and reopen ({@code
 *       queue.control}); items as values ({@code queue.item}). Uses database, metrics, record.
 *   <li>{@code worker}: this replica's worker: lifecycle, and the loop that claims items. Uses
 *       attempt, cluster, completion, database, dedup, dispatch, enhancement, job, loops, models,
 *       provider, queue.
 *   <li>{@code dispatch}: claimed items become packs, and packs become calls, which are planned and
 *       admitted ({@code dispatch.plan}) and run ({@code dispatch.call}). Uses attempt, budget,
 *       cluster, completion, database, dedup, enhancement, job, ledger, loops, metrics, models,
 *       profile, queue, traces.
 *   <li>{@code estimate}: what a job would take: calls, tokens, cost, time. Uses database, dedup,
 *       dispatch, enhancement, job, models, prices, profile, queue, quota, record, tracking.
 *   <li>{@code attempt}: one call, from the prompt to the outcome of each record. Uses budget,
 *       database, enhancement, ledger, models, profile, provider, queue, record.
 *   <li>{@code dedup}: records that need no call. Uses attempt, enhancement, job, profile, queue,
 *       record, tracking.
 *   <li>{@code completion}: ledger entries and outcomes, written in batches. Uses attempt,
 *       database, dedup, job, ledger, loops, metrics, profile, queue, record, tracking.
 *   <li>{@code budget}: what jobs may spend: reserved before each call, settled by the ledger. Uses
 *       database, job, models, prices, queue.
 *   <li>{@code prices}: what models cost, in US$. Uses nothing.
 *   <li>{@code metrics}: every meter: its name, help, unit and labels. Uses prices.
 *   <li>{@code traces}: spans of attempts and calls, by OpenTelemetry. Uses nothing.
 *   <li>{@code ledger}: every HTTP call, and what it cost each job. Uses database, loops, metrics,
 *       queue.
 *   <li>{@code cluster}: replicas: registry, heartbeat, lease, rescue. Uses database, loops,
 *       metrics, queue.
 *   <li>{@code enhancement}: prompt, answer parsing, corrective feedback. Uses profile, provider,
 *       record.
 *   <li>{@code models}: one call through the chain of models, with the fault-tolerance annotations;
 *       what a call is ({@code models.call}), cooldowns and capabilities ({@code models.health}).
 *       Uses database, loops, metrics, provider, quota, traces.
 *   <li>{@code quota}: the limits of each model: reserve and settle ({@code quota.store}), learn
 *       ({@code quota.learn}), fixed pacing ({@code quota.fixed}), and values ({@code
 *       quota.limit}). Uses database, loops.
 *   <li>{@code provider}: the client of the provider: its wire contract ({@code provider.wire}),
 *       responses ({@code provider.response}) and faults ({@code provider.fault}). Uses nothing.
 *   <li>{@code profile}: the engine of profiles; {@code profile.discount} is the only profile, and
 *       {@code profile.discount.text} finds the amounts in its text. Uses amount, record.
 *   <li>{@code amount}: text to amounts, by a lexicon and a grammar; {@code amount.text} brings
 *       texts into one spelling, {@code amount.token} splits them, {@code amount.phrase} finds the
 *       phrases of the lexicon. Uses nothing.
 *   <li>{@code tracking}: prior decisions, as values in {@code tracking.decision}, and the old
 *       state file in {@code tracking.legacy}. Uses database, profile, record.
 *   <li>{@code export}: results and failures, streamed. Uses database, items, record.
 *   <li>{@code items}: the items of one job, read for the API. Uses database, queue, record.
 *   <li>{@code status}: what the service does now and did before, read for the API. Uses database,
 *       record.
 *   <li>{@code retention}: the removal of what is old. Uses database, loops.
 *   <li>{@code client}: the pipeline's client behind {@code build.sh}, a program of its own without
 *       Quarkus: a run ({@code client.run}), the calls of the API ({@code client.http}), options
 *       ({@code client.settings}), terminal ({@code client.console}). Uses record.
 *   <li>{@code local}: what one machine needs: embedded PostgreSQL, offline provider; hands over
 *       configuration only. Uses simulator.
 *   <li>{@code simulator}: a Groq look-alike, independent of the code that it tests: options
 *       ({@code simulator.settings}), limits ({@code simulator.limits}), answers ({@code
 *       simulator.answers}), replies ({@code simulator.replies}), calls ({@code simulator.calls}),
 *       faults ({@code simulator.faults}). Uses nothing.
 *   <li>{@code loops}: background loops, their wake-up, and the watch that knows when each last
 *       turned. Uses database.
 *   <li>{@code record}: JSON records and texts. Uses nothing.
 *   <li>{@code database}: connections, transactions, parameters, the default owner, and the state
 *       of the database. Uses nothing.
 *   <li>{@code settings}: what settings may be, checked before the start; every room may use its
 *       annotations. Uses nothing.
 *   <li>{@code observability}: gauges, health ({@code observability.health}), start-up messages; no
 *       room uses it. Uses everything.
 * </ul>
 */
@NullMarked
package io.burnish;

import org.jspecify.annotations.NullMarked;
