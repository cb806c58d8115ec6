package io.burnish.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.burnish.items.StoredViolation;
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
 * Writes a job's results and failures in input order; characters are escaped only where they must
 * be. Reads a page and writes it before it reads the next, so that memory does not grow with the
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

  /** Writes the enhanced records so far; of all files when {@code file} is null. */
  public void results(UUID job, @Nullable Integer file, RecordFormat format, OutputStream out)
      throws IOException {
    write(
        format,
        out,
        after -> queries.results(job, file, after, PAGE),
        ResultRow::seq,
        row -> RecordJson.copyOf(row.record()));
  }

  /**
   * Writes the enhanced records so far, as {@link #results} does, each with {@code _evidence}:
   * where its text proves the answer; an empty object when none is stored.
   */
  public void resultsWithEvidence(
      UUID job, @Nullable Integer file, RecordFormat format, OutputStream out) throws IOException {
    write(
        format,
        out,
        after -> queries.results(job, file, after, PAGE),
        ResultRow::seq,
        row -> RecordJson.copyWith(row.record(), EVIDENCE, row.evidence().orElse("{}")));
  }

  /** Writes the failures so far, with their reasons; of all files when {@code file} is null. */
  public void failures(UUID job, @Nullable Integer file, RecordFormat format, OutputStream out)
      throws IOException {
    write(
        format,
        out,
        after -> queries.failures(job, file, after, PAGE),
        FailureRow::seq,
        RecordWriter::failure);
  }

  /**
   * Writes the failed records so far, as they were sent; of all files when {@code file} is null.
   */
  public void failedRecords(UUID job, @Nullable Integer file, RecordFormat format, OutputStream out)
      throws IOException {
    write(
        format,
        out,
        after -> queries.failures(job, file, after, PAGE),
        FailureRow::seq,
        row -> RecordJson.copyOf(row.record()));
  }

  private static Object failure(FailureRow row) {
    ObjectNode node = RecordJson.object();
    node.putPOJO("record", RecordJson.copyOf(row.record()));
    node.put("code", row.code());
    ArrayNode errors = node.putArray("errors");
    row.errors().forEach(errors::add);
    ArrayNode attempts = node.putArray("attempts");
    row.attempts().forEach(attempt -> attempts.add(attempt(attempt)));
    node.put("model", row.model().orElse(null));
    node.put("file", row.file().orElse(null));
    return node;
  }

  private static ObjectNode attempt(FailedAttempt attempt) {
    ObjectNode node = RecordJson.object();
    node.put("n", attempt.number());
    node.put("model", attempt.model());
    node.set("answer", attempt.answer().map(RecordWriter::answer).orElse(NullNode.instance));
    ArrayNode violations = node.putArray("violations");
    for (StoredViolation reason : attempt.violations()) {
      ObjectNode violation = violations.addObject();
      violation.put("code", reason.code().orElse(null));
      violation.put("message", reason.message());
      violation.set("evidence", reason.evidence().map(RecordJson::read).orElse(null));
    }
    return node;
  }

  /** A long answer was cut when it was stored, and is written as text. */
  private static JsonNode answer(String stored) {
    try {
      return RecordJson.read(stored);
    } catch (IllegalArgumentException e) {
      return TextNode.valueOf(stored);
    }
  }

  /** An error leaves the list without its end, so that the client sees that it is incomplete. */
  private static <R> void write(
      RecordFormat format,
      OutputStream out,
      Function<Integer, List<R>> page,
      ToIntFunction<R> seq,
      Function<R, Object> value)
      throws IOException {
    SequenceWriter writer = format.on(out);
    int after = -1;
    for (List<R> rows = page.apply(after); !rows.isEmpty(); rows = page.apply(after)) {
      for (R row : rows) {
        writer.write(value.apply(row));
        after = seq.applyAsInt(row);
      }
    }
    writer.close();
    if (format == RecordFormat.LIST || after >= 0) {
      out.write('\n');
    }
    out.flush();
  }
}
