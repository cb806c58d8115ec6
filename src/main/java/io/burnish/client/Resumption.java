package io.burnish.client;

import io.burnish.client.RunFile.Content;
import java.nio.channels.FileLock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * This run among those that are not finished: which one it goes on with, what is kept of it, and
 * what is left of others at its end.
 */
final class Resumption {

  private final Settings settings;
  private final RunFile file;
  private final Console console;
  private final boolean resumed;
  private UnfinishedRun run;

  /** Held until the process ends: the system takes it back, however that is. */
  private @Nullable FileLock claim;

  /** Whether the run outlives the client's death. */
  private boolean kept = true;

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

  /** Whether a job of the interrupted run was posted: what comes before that was done then. */
  boolean isPosted() {
    return !run.jobs().isEmpty();
  }

  /** The Idempotency-Key of one of its jobs. */
  String key(int job) {
    return "%s-%d".formatted(run.key(), job);
  }

  /**
   * Sees to it that a local service may be started: no other client has one here, and it would not
   * go on with the job of another directory.
   *
   * @throws ClientException when it may not
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

  /** Keeps the run from now on; to be called before anything is posted. */
  void begin() {
    if (resumed && !run.isLocal()) {
      console.say("Going on with the run that was interrupted.");
    }
    Instant now = Instant.now();
    keep(content -> content.without(other -> !other.isLocal() && other.isOutdated(now)).with(run));
  }

  /** Keeps the id of a job. */
  void posted(String id) {
    run = run.withJob(id);
    keep(content -> content.with(run));
  }

  /** The files are not those of the interrupted run any more: begins another. */
  void beginAnother() {
    UnfinishedRun former = run;
    run = another();
    keep(
        content -> {
          Content without = content.without(Content.of(former));
          boolean goesOn = former.isLocal() && !former.jobs().isEmpty();
          return (goesOn ? without.with(former.failed()) : without).with(run);
        });
  }

  /** Nothing is left to do, or nothing was posted. */
  void end() {
    keep(content -> content.without(Content.of(run)));
  }

  /** Forgets the local runs whose jobs are finished too. */
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
        keep(content -> content.without(other::equals));
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

  /** A service that others run needs no directory of ours: without one, only resuming is lost. */
  private void keep(UnaryOperator<Content> change) {
    if (!kept) {
      return;
    }
    try {
      file.update(change);
    } catch (ClientException e) {
      if (run.isLocal()) {
        throw e;
      }
      kept = false;
      console.say("If this run is killed, the next one can't go on with it: " + e.getMessage());
    }
  }
}
