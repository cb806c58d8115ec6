package io.burnish.client.run;

import io.burnish.client.console.ClientException;
import io.burnish.client.console.Console;
import io.burnish.client.http.BurnishApi;
import io.burnish.client.run.RunFile.Content;
import io.burnish.client.settings.Settings;
import java.nio.channels.FileLock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The state of this run among unfinished ones: which one it resumes, what is stored of it, and
 * which others remain at its end.
 */
final class Resumption {

  private final Settings settings;
  private final RunFile file;
  private final Console console;
  private final boolean resumed;
  private UnfinishedRun run;

  /** Held until the process ends; the operating system releases it then. */
  private @Nullable FileLock claim;

  /** Whether the run is stored, so that it can be resumed. */
  private boolean stored = true;

  Resumption(Settings settings, RunFile file, Console console) {
    this.settings = settings;
    this.file = file;
    this.console = console;
    Optional<UnfinishedRun> interrupted =
        file.read().runs().stream().filter(other -> other.isResumedBy(settings)).findFirst();
    this.resumed = interrupted.isPresent();
    this.run = interrupted.orElseGet(this::another);
  }

  private UnfinishedRun another() {
    return new UnfinishedRun(
        settings.data().toString(),
        settings.enhance(),
        UnfinishedRun.addressOf(settings),
        Instant.now().toString(),
        settings.reset(),
        UUID.randomUUID().toString(),
        List.of());
  }

  /** Whether a job of the interrupted run was posted; earlier steps are not repeated then. */
  boolean isPosted() {
    return !run.jobs().isEmpty();
  }

  /** The Idempotency-Key of one of its jobs. */
  String key(int job) {
    return "%s-%d".formatted(run.key(), job);
  }

  /**
   * Locks the state directory for a local service, which must not continue the job of another data
   * directory.
   *
   * @throws ClientException if another client uses it, or such a job is unfinished
   */
  void claim() {
    claim =
        file.claim()
            .orElseThrow(
                () ->
                    new ClientException(
                        "another run uses %s; wait until it has ended, or set BURNISH_STATE to another directory for this one"
                            .formatted(settings.state())));
    List<UnfinishedRun> local = file.read().runs().stream().filter(UnfinishedRun::isLocal).toList();
    for (UnfinishedRun other : local) {
      if (!other.directory().equals(run.directory())) {
        throw new ClientException(
            "an interrupted run of %s left a job that is not finished. This run would go on with it, and pay for it. Finish it with --data-dir %s first; or set BURNISH_STATE to another directory for this run; or remove %s, and both go on"
                .formatted(other.directory(), other.directory(), file.path()));
      }
    }
    if (!local.isEmpty()) {
      console.say(
          resumed
              ? "Going on with the run that was interrupted; what it has done already is not asked for again."
              : "The job that was interrupted goes on too; what it has done already is not asked for again.");
    }
  }

  /** Stores the run; call this before anything is posted. */
  void begin() {
    if (resumed && !run.isLocal()) {
      console.say("Going on with the run that was interrupted.");
    }
    Instant now = Instant.now();
    store(content -> content.without(other -> !other.isLocal() && other.isOutdated(now)).with(run));
  }

  /** Stores the id of a job. */
  void posted(String id) {
    run = run.withJob(id);
    store(content -> content.with(run));
  }

  /** Starts another run, because the files are not those of the interrupted one. */
  void beginAnother() {
    UnfinishedRun former = run;
    run = another();
    store(
        content -> {
          Content without = content.without(Content.of(former));
          boolean goesOn = former.isLocal() && !former.jobs().isEmpty();
          return (goesOn ? without.with(former.abandoned()) : without).with(run);
        });
  }

  /** Removes the run: it is finished, or nothing was posted. */
  void end() {
    store(content -> content.without(Content.of(run)));
  }

  /** Removes other local runs whose jobs are finished too. */
  void endOthers(BurnishApi api) {
    if (!run.isLocal()) {
      return;
    }
    for (UnfinishedRun other : file.read().runs()) {
      if (!other.isLocal()) {
        continue;
      }
      Optional<String> open = other.jobs().stream().filter(id -> isOpen(api, id)).findFirst();
      open.ifPresent(
          id ->
              console.say(
                  "The job %s of an interrupted run is not finished; the next run goes on with it"
                      .formatted(id)));
      if (open.isEmpty()) {
        store(content -> content.without(other::equals));
      }
    }
  }

  private static boolean isOpen(BurnishApi api, String job) {
    try {
      return !api.job(job).isFinal();
    } catch (ClientException e) {
      return false;
    }
  }

  /**
   * Stores a change. Without a writable directory, a run against a remote service only can't be
   * resumed.
   */
  private void store(UnaryOperator<Content> change) {
    if (!stored) {
      return;
    }
    try {
      file.update(change);
    } catch (ClientException e) {
      if (run.isLocal()) {
        throw e;
      }
      stored = false;
      console.say("If this run is killed, the next one can't go on with it: " + e.getMessage());
    }
  }
}
