package io.burnish.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.client.Connection.Reader;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The calls of the service's HTTP API that the client makes. */
final class BurnishApi {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
  private static final String JSON = "application/json";

  private final Connection connection;

  BurnishApi(Connection connection) {
    this.connection = connection;
  }

  String url() {
    return connection.url();
  }

  /**
   * Posts files as one job. Posted again under the same key, the same files are the same job.
   *
   * @throws RefusedException when the key was used for other files
   * @throws ClientException when the job can't be posted
   */
  JobStatus post(List<DataFile> files, Settings settings, String key) {
    Multipart form = new Multipart(terms(settings), files);
    HttpRequest request =
        connection
            .request("/jobs")
            .header("Content-Type", form.contentType())
            .header("Accept", JSON)
            .header("Idempotency-Key", key)
            .POST(form.body())
            .build();
    try {
      return connection.send(request, JobStatus::read);
    } catch (RefusedException e) {
      if (e.refusal().isOfType("idempotency-key-reused")) {
        throw e;
      }
      throw e.explained(url(), "the job");
    }
  }

  private static String terms(Settings settings) {
    ObjectNode job = MAPPER.createObjectNode();
    job.put("mode", settings.enhance() ? "enhance" : "store");
    job.putObject("options")
        .put("dedupe", settings.trackingState() == null ? "content" : "id")
        .put("retryFailed", settings.retryFailed());
    try {
      return MAPPER.writeValueAsString(job);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree could not be written", e);
    }
  }

  /** The job as it is now. */
  JobStatus job(String id) {
    return get("/jobs/" + id, JSON, "the question about job " + id, JobStatus::read);
  }

  /** The job in words. */
  String summary(String id) {
    return get(
        "/jobs/" + id,
        "text/plain",
        "the question about job " + id,
        body -> new String(body.readAllBytes(), StandardCharsets.UTF_8));
  }

  /**
   * Reads a list of records or failures.
   *
   * @param link below the service's address, from the job
   */
  <T> T read(String link, Reader<T> reader) {
    return get(link, JSON, "the request for " + link, reader);
  }

  /** Writes the answer to a file; what was in it before is lost. */
  void download(String link, Path file) {
    read(
        link,
        body -> {
          try (ResultFile to = ResultFile.create(file)) {
            return body.transferTo(to);
          }
        });
  }

  private <T> T get(String path, String accept, String what, Reader<T> reader) {
    HttpRequest request =
        connection.request(path).header("Accept", accept).timeout(ANSWER_WITHIN).build();
    return send(request, what, reader);
  }

  private <T> T send(HttpRequest request, String what, Reader<T> reader) {
    try {
      return connection.send(request, reader);
    } catch (RefusedException e) {
      throw e.explained(url(), what);
    }
  }

  /** Forgets what was decided before. */
  void resetTracking() {
    send(connection.request("/tracking").DELETE().build(), "to forget what was decided", drop());
  }

  /** Takes over a state file of the old script. */
  void importState(Path file) {
    try {
      HttpRequest request =
          connection
              .request("/tracking/state")
              .header("Content-Type", JSON)
              .PUT(BodyPublishers.ofFile(file))
              .build();
      send(request, file.toString(), drop());
    } catch (FileNotFoundException e) {
      throw new ClientException(file + " can't be read any more; nothing was sent", e);
    }
  }

  /** Writes what is tracked to a file, in the form of the old script's state file. */
  void exportState(Path file) {
    download("/tracking/state", file);
  }

  private static Reader<Boolean> drop() {
    return body -> {
      body.readAllBytes();
      return true;
    };
  }
}
