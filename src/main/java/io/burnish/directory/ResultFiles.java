package io.burnish.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.export.DecidedRecords;
import io.burnish.export.DecidedRecords.Decided;
import io.burnish.job.stored.JobFile;
import io.burnish.profile.Profile;
import io.burnish.record.DataFileNames;
import io.burnish.record.Fingerprint;
import io.burnish.record.RecordJson;
import io.burnish.record.SourceRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Writes {@code enhanced_*} and {@code failed_*} beside one input file. Both are cumulative: what
 * earlier runs left comes first, in its order, without the records that this job decided; then what
 * the job has, in input order. So a second write of the same job changes nothing. Two records are
 * the same when they have the same key, or have none and the same content.
 *
 * <p>Memory grows with the number of the file's records by some 100 bytes each, for their keys.
 */
final class ResultFiles {

  /** Code of a record that an imported state file lists as processed: it did not fail. */
  private static final String PROCESSED_BEFORE = "processed_before";

  private final DecidedRecords records;
  private final Profile profile;
  private final UUID job;
  private final Lease lease;
  private final String distinct;

  /**
   * @param distinct part of the names of temporary files, different for each try
   */
  ResultFiles(DecidedRecords records, Profile profile, UUID job, Lease lease, String distinct) {
    this.records = records;
    this.profile = profile;
    this.job = job;
    this.lease = lease;
    this.distinct = distinct;
  }

  /** What the job decided of a file: the identities of its records. */
  private static final class Identities {

    /** Whether there is a result. One map, because a file may have millions of records. */
    private final Map<String, Boolean> decided = new HashMap<>();

    private int failed;

    boolean isDecided(String identity) {
      return decided.containsKey(identity);
    }

    boolean isEnhanced(String identity) {
      return decided.getOrDefault(identity, false);
    }
  }

  /**
   * Writes both files; the failed one is removed when nothing is left in it.
   *
   * @param parent real directory of the input file
   * @throws UnwritableException when one can't be written; each is then complete, as it was or as
   *     it is to be
   * @throws LostLeaseException when another replica may write now
   */
  void write(JobFile file, Path parent) throws UnwritableException {
    String name = file.name().substring(file.name().lastIndexOf('/') + 1);
    String shownBefore = file.name().substring(0, file.name().length() - name.length());
    try {
      Identities identities = identities(file);
      String enhanced = DataFileNames.enhanced(name);
      writeEnhanced(file, identities, parent.resolve(enhanced), shownBefore + enhanced);
      String failed = DataFileNames.failed(name);
      writeFailed(file, identities, parent.resolve(failed), shownBefore + failed);
    } catch (IOException e) {
      throw new UnwritableException(file.name(), e);
    }
  }

  private Identities identities(JobFile file) throws IOException {
    Identities identities = new Identities();
    records.each(
        job,
        file.ordinal(),
        record -> {
          lease.keep();
          identities.decided.putIfAbsent(identity(RecordJson.read(record.source())), false);
          if (record.result() != null) {
            identities.decided.put(identity(RecordJson.read(record.result())), true);
          } else if (isFailure(record)) {
            identities.failed++;
          }
        });
    return identities;
  }

  private static boolean isFailure(Decided record) {
    return record.result() == null && !PROCESSED_BEFORE.equals(record.errorCode());
  }

  private void writeEnhanced(JobFile file, Identities identities, Path target, String shown)
      throws UnwritableException {
    try (AtomicFile part = new AtomicFile(target, distinct)) {
      try (SequenceWriter out = writer(part, target)) {
        writeEarlier(target, shown, identities::isEnhanced, out);
        records.each(
            job,
            file.ordinal(),
            record -> {
              lease.keep();
              if (record.result() != null) {
                out.write(RecordJson.copyOf(record.result()));
              }
            });
      }
      end(part);
      lease.require();
      part.rename();
    } catch (IOException e) {
      throw new UnwritableException(shown, e);
    }
  }

  private void writeFailed(JobFile file, Identities identities, Path target, String shown)
      throws UnwritableException {
    if (identities.failed == 0 && !Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (AtomicFile part = new AtomicFile(target, distinct)) {
      int kept;
      try (SequenceWriter out = writer(part, target)) {
        kept = writeEarlier(target, shown, identities::isDecided, out);
        records.each(
            job,
            file.ordinal(),
            record -> {
              lease.keep();
              if (isFailure(record)) {
                out.write(RecordJson.copyOf(record.source()));
              }
            });
      }
      end(part);
      lease.require();
      if (identities.failed + kept == 0) {
        AtomicFile.delete(target);
      } else {
        part.rename();
      }
    } catch (IOException e) {
      throw new UnwritableException(shown, e);
    }
  }

  /**
   * Writes what earlier runs left in a file.
   *
   * @param replaced whether the record of an identity is left out
   * @return how many records were written
   */
  private int writeEarlier(
      Path target, String shown, Predicate<String> replaced, SequenceWriter out)
      throws IOException, UnwritableException {
    int[] kept = {0};
    EarlierRecords.each(
        target,
        shown,
        earlier -> {
          lease.keep();
          if (!replaced.test(identity(earlier))) {
            out.write(earlier);
            kept[0]++;
          }
        });
    return kept[0];
  }

  private static SequenceWriter writer(AtomicFile part, Path target) throws IOException {
    return DataFileNames.isLines(target.getFileName().toString())
        ? RecordJson.lines(part.out())
        : RecordJson.list(part.out());
  }

  private static void end(AtomicFile part) throws IOException {
    part.out().write('\n');
    part.complete();
  }

  private String identity(JsonNode record) {
    if (record instanceof ObjectNode object) {
      String key = profile.key(new SourceRecord("", object)).orElse(null);
      if (key != null) {
        return "key " + key;
      }
    }
    return Fingerprint.of("", profile.name(), profile.version(), "", record).hex();
  }
}
