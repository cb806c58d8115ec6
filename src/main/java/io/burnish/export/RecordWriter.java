package io.burnish.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.burnish.record.RecordJson;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The door of this room: a job's results and failures, in input order, no character escaped that
 * need not be. Reads a page at a time and writes as it reads, so that memory does not grow with the
 * job.
 */
@Singleton
public class RecordWriter {

  private static final int PAGE = 500;

  private static final String EVIDENCE = "_evidence";

  private final ExportQueries queries;

  RecordWriter(ExportQueries queries) {
    this.queries = queries;
  }

  /** Writes the enhanced records so far; of one file, or of all when it is null. */
  public void results(UUID job, @Nullable Integer file, RecordFormat form, OutputStream out)
      throws IOException {
    write(
        form,
        out,
        after -> queries.results(job, file, after, PAGE),
        ResultRow::seq,
        row -> RecordJson.copyOf(row.record()));
  }

  /**
   * Writes the enhanced records so far, as {@link #results} does, each with {@code _evidence}:
   * where in its own text the answer stands; an empty object where nothing is kept.
   */
  public void resultsWithEvidence(
      UUID job, @Nullable Integer file, RecordFormat form, OutputStream out) throws IOException {
    write(
        form,
        out,
        after -> queries.results(job, file, after, PAGE),
        ResultRow::seq,
        row -> RecordJson.copyWith(row.record(), EVIDENCE, row.evidence().orElse("{}")));
  }

  /** Writes what failed so far, each with its reasons; of one file, or of all when it is null. */
  public void failures(UUID job, @Nullable Integer file, RecordFormat form, OutputStream out)
      throws IOException {
    write(
        form,
        out,
        after -> queries.failures(job, file, after, PAGE),
        FailureRow::seq,
        RecordWriter::explained);
  }

  /**
   * Writes the records that failed so far, as they came; of one file, or of all when it is null.
   */
  public void failedRecords(UUID job, @Nullable Integer file, RecordFormat form, OutputStream out)
      throws IOException {
    write(
        form,
        out,
        after -> queries.failures(job, file, after, PAGE),
        FailureRow::seq,
        row -> RecordJson.copyOf(row.record()));
  }

  private static Object explained(FailureRow row) {
    ObjectNode failure = RecordJson.object();
    failure.putPOJO("record", RecordJson.copyOf(row.record()));
    failure.put("code", row.code());
    ArrayNode errors = failure.putArray("errors");
    row.errors().forEach(errors::add);
    ArrayNode attempts = failure.putArray("attempts");
    row.attempts().forEach(attempt -> attempts.add(explained(attempt)));
    failure.put("model", row.model().orElse(null));
    failure.put("file", row.file().orElse(null));
    return failure;
  }

  private static ObjectNode explained(FailedAttempt attempt) {
    ObjectNode told = RecordJson.object();
    told.put("n", attempt.number());
    told.put("model", attempt.model());
    told.set("answer", attempt.answer().map(RecordWriter::answer).orElse(NullNode.instance));
    ArrayNode violations = told.putArray("violations");
    for (FailedAttempt.Reason reason : attempt.violations()) {
      ObjectNode violation = violations.addObject();
      violation.put("code", reason.code().orElse(null));
      violation.put("message", reason.message());
      violation.set("evidence", reason.evidence().map(RecordJson::read).orElse(null));
    }
    return told;
  }

  /** A long answer was cut when it was stored, and is text then. */
  private static JsonNode answer(String stored) {
    try {
      return RecordJson.read(stored);
    } catch (IllegalArgumentException e) {
      return TextNode.valueOf(stored);
    }
  }

  /** What was not ended is not whole: an error leaves the list open, so that a client notices. */
  private static <R> void write(
      RecordFormat form,
      OutputStream out,
      Function<Integer, List<R>> page,
      ToIntFunction<R> seq,
      Function<R, Object> value)
      throws IOException {
    SequenceWriter writer = form.on(out);
    int after = -1;
    for (List<R> rows = page.apply(after); !rows.isEmpty(); rows = page.apply(after)) {
      for (R row : rows) {
        writer.write(value.apply(row));
        after = seq.applyAsInt(row);
      }
    }
    writer.close();
    if (form == RecordFormat.LIST || after >= 0) {
      out.write('\n');
    }
    out.flush();
  }
}
