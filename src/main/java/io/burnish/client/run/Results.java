package io.burnish.client.run;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import io.burnish.client.console.ClientException;
import io.burnish.client.console.Console;
import io.burnish.client.http.BurnishApi;
import io.burnish.client.http.DataFile;
import io.burnish.client.http.JobStatus;
import io.burnish.client.http.JobStatus.FileStatus;
import io.burnish.client.http.ResultFile;
import io.burnish.record.RecordJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Writes {@code enhanced_*.json} and {@code failed_*.json} beside the files of a job. Each file is
 * complete or absent: it is renamed when all of it is written.
 */
final class Results {

  /** Code of a record that an imported state file lists as processed. */
  private static final String PROCESSED_BEFORE = "processed_before";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final BurnishApi api;
  private final Console console;
  private final boolean stateImported;
  private int processedBefore;

  /**
   * Creates a writer.
   *
   * @param stateImported whether records may be skipped because the old script processed them: they
   *     are not written as failed, and the files with their results are kept
   */
  Results(BurnishApi api, Console console, boolean stateImported) {
    this.api = api;
    this.console = console;
    this.stateImported = stateImported;
  }

  /** Records of the jobs so far that were skipped because the old script processed them. */
  int processedBefore() {
    return processedBefore;
  }

  /**
   * Writes the files of one job.
   *
   * @param files in the order in which they were posted
   * @throws ClientException if one can't be fetched or written
   */
  void write(JobStatus job, List<DataFile> files) {
    if (job.files().size() != files.size()) {
      throw new ClientException(
          "%s tells of %d files in job %s, but %d were sent"
              .formatted(api.url(), job.files().size(), job.id(), files.size()));
    }
    for (int i = 0; i < files.size(); i++) {
      write(job.files().get(i), files.get(i));
    }
  }

  /** Writes the tracking in the format of the old script's state file. */
  void exportState(Path file) {
    Path part = part(file);
    complete(
        part,
        () -> {
          api.exportState(part);
          move(part, file);
        });
    console.say("Wrote what is processed or failed by now to " + file);
  }

  private void write(FileStatus status, DataFile file) {
    if (!status.isAccepted()) {
      if (Files.exists(file.enhanced())) {
        console.say(
            "%s was rejected: %s beside it is of an earlier run"
                .formatted(file.path(), file.enhanced().getFileName()));
      }
      return;
    }
    Path part = part(file.enhanced());
    complete(
        part,
        () -> {
          api.download(status.links().get("results"), part);
          if (stateImported) {
            keepOld(file.enhanced());
          }
          move(part, file.enhanced());
        });
    failures(status, file);
  }

  /** Removes a partial file if writing fails. */
  private static void complete(Path part, Runnable writing) {
    try {
      writing.run();
    } finally {
      delete(part);
    }
  }

  private void failures(FileStatus status, DataFile file) {
    String link = status.links().get("failures");
    Path part = part(file.failed());
    complete(
        part,
        () -> {
          int failed = status.counts().failed();
          if (failed > 0 && stateImported) {
            int before = api.read(link, body -> writeFailures(body, part));
            processedBefore += before;
            failed -= before;
          } else if (failed > 0) {
            api.download(link + (link.contains("?") ? "&" : "?") + "format=records", part);
          }
          if (failed > 0) {
            move(part, file.failed());
          } else {
            delete(file.failed());
          }
        });
  }

  /**
   * Writes the failed records, except those that were processed before.
   *
   * @return how many were skipped
   */
  private static int writeFailures(InputStream failures, Path to) throws IOException {
    int before = 0;
    try (JsonParser parser = MAPPER.createParser(failures);
        ResultFile out = ResultFile.create(to);
        SequenceWriter records = RecordJson.list(out)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new IOException("no list of failures");
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        JsonNode failure = RecordJson.read(parser);
        if (failure.path("code").asText().equals(PROCESSED_BEFORE)) {
          before++;
        } else {
          records.write(failure.path("record"));
        }
      }
    }
    return before;
  }

  private static Path part(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".part");
  }

  /**
   * Keeps the old script's file: its records are not sent again, and it holds their only results.
   */
  private void keepOld(Path file) {
    Path old = file.resolveSibling(file.getFileName() + ".old");
    if (Files.isRegularFile(file) && !Files.exists(old)) {
      move(file, old);
      console.say("Kept what the old script wrote as " + old);
    }
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw ResultFile.unwritten(to, e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw ResultFile.unwritten(file, e);
    }
  }
}
