package io.burnish.directory;

import io.burnish.database.DatabaseException;
import io.burnish.export.DecidedRecords;
import io.burnish.job.Jobs;
import io.burnish.job.directory.WriteBackTry;
import io.burnish.job.directory.WriteBacks;
import io.burnish.job.stored.JobFile;
import io.burnish.job.stored.JobLog;
import io.burnish.loops.DoublingWait;
import io.burnish.profile.Profiles;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Writes the results of one job beside its files. Thread-safe. */
@Singleton
class WriteBack {

  private static final Logger LOG = Logger.getLogger(WriteBack.class);

  /** Files of an error that are named; of more, the error has the number. */
  private static final int NAMED = 3;

  private static final int LONGEST_ERROR = 1_000;

  private final WriteBacks writeBacks;
  private final Jobs jobs;
  private final DecidedRecords records;
  private final DataDirectory directories;
  private final DirectoryConfig config;

  WriteBack(
      WriteBacks writeBacks,
      Jobs jobs,
      DecidedRecords records,
      DataDirectory directories,
      DirectoryConfig config) {
    this.writeBacks = writeBacks;
    this.jobs = jobs;
    this.records = records;
    this.directories = directories;
    this.config = config;
  }

  /**
   * Writes the files that are not written yet, and stores the result of the try.
   *
   * @param stopping whether the process stops; another replica then takes it when the lease expires
   */
  void run(WriteBackTry current, BooleanSupplier stopping) {
    try {
      Set<Integer> written = new TreeSet<>(current.written());
      List<String> errors = write(current, written, new Lease(writeBacks, current, stopping));
      if (errors.isEmpty()) {
        writeBacks.written(current);
        JobLog.about(
            current.job(),
            () ->
                LOG.infof(
                    "%s: results of %d files are written to its data directory %s",
                    JobLog.label(current.job(), current.name()), written.size(), current.path()));
      } else {
        failed(current, errors, written);
      }
    } catch (LostLeaseException e) {
      LOG.debugf("Write-back of job %s stops: %s", current.job(), e.getMessage());
    } catch (DatabaseException e) {
      LOG.debugf("Write-back of job %s is retried: %s", current.job(), e.getMessage());
    }
  }

  private List<String> write(WriteBackTry current, Set<Integer> written, Lease lease) {
    List<String> errors = new ArrayList<>();
    try {
      Path directory = directories.directory(current.path());
      ResultFiles results =
          new ResultFiles(
              records,
              Profiles.named(current.profile()).orElseThrow(),
              current.job(),
              lease,
              current.job() + "-" + current.fence());
      Set<Path> cleaned = new HashSet<>();
      for (JobFile file : jobs.files(current.job())) {
        if (file.state() == JobFile.State.ACCEPTED && !written.contains(file.ordinal())) {
          write(file, directory, cleaned, results, errors, written);
        }
      }
    } catch (RefusedDirectoryException e) {
      errors.add(String.valueOf(e.getMessage()));
    }
    return errors;
  }

  private void write(
      JobFile file,
      Path directory,
      Set<Path> cleaned,
      ResultFiles results,
      List<String> errors,
      Set<Integer> written) {
    try {
      Path parent = directories.parent(directory, file.name());
      if (cleaned.add(parent)) {
        AtomicFile.removeLeftovers(parent);
      }
      results.write(file, parent);
      written.add(file.ordinal());
    } catch (RefusedDirectoryException e) {
      errors.add("%s: %s".formatted(file.name(), e.getMessage()));
    } catch (UnwritableException e) {
      errors.add(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      errors.add("%s: %s".formatted(file.name(), FileErrors.reason(e)));
    }
  }

  private void failed(WriteBackTry current, List<String> errors, Set<Integer> written) {
    String named = String.join("; ", errors.subList(0, Math.min(NAMED, errors.size())));
    String all =
        errors.size() > NAMED
            ? "%s; and %d files more".formatted(named, errors.size() - NAMED)
            : named;
    String error = all.length() > LONGEST_ERROR ? all.substring(0, LONGEST_ERROR) : all;
    Duration wait =
        DoublingWait.after(current.number(), config.firstRetry(), config.longestRetry());
    writeBacks.failed(current, error, written, wait);
    if (!error.equals(current.error())) {
      JobLog.about(
          current.job(),
          () ->
              LOG.warnf(
                  "%s: results can't be written to its data directory %s: %s. The next try is in %s, with growing waits; jobs on the directory wait",
                  JobLog.label(current.job(), current.name()), current.path(), error, wait));
    }
  }
}
