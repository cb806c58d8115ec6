package io.burnish.client.http;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.burnish.client.console.ClientException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a job that the client reads.
 *
 * @param name null: it has none
 * @param state such as {@code queued}, {@code completed}
 * @param outcome null until it is completed
 * @param files in the order in which they were posted
 * @param waitingFor null: it does not wait
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record JobStatus(
    String id,
    @Nullable String name,
    String state,
    @Nullable String outcome,
    Counts counts,
    List<FileStatus> files,
    @Nullable Waiting waitingFor) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Maximum characters of an unexpected response in a message. */
  private static final int SHOWN = 300;

  private static final Set<String> FINAL = Set.of("completed", "cancelled", "expired");

  /** What a job waits for, as a word. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Waiting(@Nullable String reason) {}

  /** Counts of records; reused is part of succeeded. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Counts(int total, int pending, int running, int succeeded, int failed, int reused) {

    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    /** Decided records. */
    public int done() {
      return total - pending - running;
    }

    /** The sum of both, field by field. */
    public Counts plus(Counts other) {
      return new Counts(
          total + other.total,
          pending + other.pending,
          running + other.running,
          succeeded + other.succeeded,
          failed + other.failed,
          reused + other.reused);
    }
  }

  /**
   * A file of the job.
   *
   * @param links to its results and failures; empty if it was rejected
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record FileStatus(String name, String state, Counts counts, Map<String, String> links) {

    /** Whether its records are part of the job. */
    public boolean isAccepted() {
      return state.equals("accepted");
    }
  }

  /**
   * Reads the JSON of the service.
   *
   * @throws IOException if the body is incomplete
   * @throws ClientException if it is not a job
   */
  static JobStatus read(InputStream json) throws IOException {
    String text = new String(json.readAllBytes(), StandardCharsets.UTF_8);
    try {
      JobStatus status = MAPPER.readValue(text, JobStatus.class);
      if (status != null && status.isWhole()) {
        return status;
      }
      throw notAJob(text, null);
    } catch (JsonProcessingException e) {
      throw notAJob(text, e);
    }
  }

  /**
   * The page of a list of jobs; their files are not in it.
   *
   * @throws ClientException if it is not one
   */
  static List<JobStatus> readList(InputStream json) throws IOException {
    String text = new String(json.readAllBytes(), StandardCharsets.UTF_8);
    try {
      return List.of(MAPPER.treeToValue(MAPPER.readTree(text).path("jobs"), JobStatus[].class));
    } catch (JsonProcessingException | NullPointerException e) {
      throw notAJob(text, e);
    }
  }

  /**
   * An id that is safe in an address.
   *
   * @throws ClientException if it is not the id of a job
   */
  public static String checkedId(String id) {
    if (!id.matches("[0-9a-fA-F-]{36}")) {
      throw new ClientException(
          "%s is not the id of a job; ./build.sh list shows them".formatted(id));
    }
    return id;
  }

  private boolean isWhole() {
    return Stream.of(id, state, counts, files).allMatch(Objects::nonNull);
  }

  private static ClientException notAJob(String text, @Nullable Throwable cause) {
    return new ClientException(
        "the service answered with something else than a job; is another server there, or a proxy before it?\n"
            + text.substring(0, Math.min(SHOWN, text.length())).replaceAll("\\s+", " ").strip(),
        cause);
  }

  /** Whether the job will not change any more. */
  public boolean isFinal() {
    return FINAL.contains(state);
  }

  /** Whether it is paused until its budget is raised. */
  public boolean isOverBudget() {
    return state.equals("paused") && waitingFor != null && "budget".equals(waitingFor.reason());
  }

  /** Whether all its records succeeded. */
  public boolean isSuccess() {
    return state.equals("completed") && "succeeded".equals(outcome);
  }
}
