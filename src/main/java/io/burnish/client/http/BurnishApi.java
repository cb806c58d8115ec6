package io.burnish.client.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.client.console.ClientException;
import io.burnish.client.http.Connection.Reader;
import io.burnish.client.settings.Settings;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The calls of the HTTP API that the client makes. */
public final class BurnishApi {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(60);
  private static final String JSON = "application/json";

  private final Connection connection;

  /** The API at the end of a connection. */
  public BurnishApi(Connection connection) {
    this.connection = connection;
  }

  /** The address of the service, without a slash at its end. */
  public String url() {
    return connection.url();
  }

  /**
   * Posts files as one job. The same files under the same key are the same job.
   *
   * @throws RefusedException if the key was used for other files
   * @throws ClientException if the job can't be posted
   */
  public JobStatus post(List<DataFile> files, Settings settings, String key) {
    Multipart form = new Multipart(jobPart(settings), files);
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

  /** What the job would take; nothing is stored. */
  public String estimate(List<DataFile> files, Settings settings) {
    Multipart form = new Multipart(jobPart(settings), files);
    HttpRequest request =
        connection
            .request("/jobs?dryRun=true")
            .header("Content-Type", form.contentType())
            .header("Accept", JSON)
            .POST(form.body())
            .build();
    return send(request, "the dry run", BurnishApi::text);
  }

  private static String jobPart(Settings settings) {
    ObjectNode job = MAPPER.createObjectNode();
    job.put("mode", settings.enhance() ? "enhance" : "store");
    ObjectNode options =
        job.putObject("options")
            .put("dedupe", settings.trackingState() == null ? "content" : "id")
            .put("retryFailed", settings.retryFailed());
    if (settings.choices().priority() != null) {
      options.put("priority", settings.choices().priority());
    }
    if (settings.choices().maxCost() != null) {
      options.put("maxCost", settings.choices().maxCost());
    }
    if (settings.choices().maxResults() != null) {
      options.putObject("filter").put("maxResults", settings.choices().maxResults());
    }
    try {
      return MAPPER.writeValueAsString(job);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree could not be written", e);
    }
  }

  /** The current state of a job. */
  public JobStatus job(String id) {
    return get("/jobs/" + id, JSON, "the question about job " + id, JobStatus::read);
  }

  /** The summary of a job as text. */
  public String summary(String id) {
    return text("/jobs/" + id, "text/plain");
  }

  /** An answer as it is. */
  public String text(String path, String accept) {
    return get(path, accept, "the request for " + path, BurnishApi::text);
  }

  private static String text(InputStream body) throws IOException {
    return new String(body.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The newest jobs. */
  public List<JobStatus> jobs() {
    return get("/jobs", JSON, "the request for the jobs", JobStatus::readList);
  }

  /**
   * Controls a job.
   *
   * @param verb such as {@code /cancel}
   * @return the job afterwards, as JSON
   */
  public String control(String id, String verb) {
    HttpRequest request =
        connection
            .request("/jobs/" + id + verb)
            .header("Accept", JSON)
            .timeout(RESPONSE_TIMEOUT)
            .POST(BodyPublishers.noBody())
            .build();
    return send(request, verb.substring(1) + " of job " + id, BurnishApi::text);
  }

  /**
   * Reads a list of records or failures.
   *
   * @param link from the job, relative to the base URL
   */
  public <T> T read(String link, Reader<T> reader) {
    return get(link, JSON, "the request for " + link, reader);
  }

  /** Writes the response to a file, which is overwritten. */
  public void download(String link, Path file) {
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
        connection.request(path).header("Accept", accept).timeout(RESPONSE_TIMEOUT).build();
    return send(request, what, reader);
  }

  private <T> T send(HttpRequest request, String what, Reader<T> reader) {
    try {
      return connection.send(request, reader);
    } catch (RefusedException e) {
      throw e.explained(url(), what);
    }
  }

  /** Deletes all tracking. */
  public void resetTracking() {
    send(connection.request("/tracking").DELETE().build(), "to forget what was decided", discard());
  }

  /** Imports a state file of the old script. */
  public void importState(Path file) {
    try {
      HttpRequest request =
          connection
              .request("/tracking/state")
              .header("Content-Type", JSON)
              .PUT(BodyPublishers.ofFile(file))
              .build();
      send(request, file.toString(), discard());
    } catch (FileNotFoundException e) {
      throw new ClientException(file + " can't be read any more; nothing was sent", e);
    }
  }

  /** Exports the tracking to a file, in the format of the old script's state file. */
  public void exportState(Path file) {
    download("/tracking/state", file);
  }

  private static Reader<Boolean> discard() {
    return body -> {
      body.readAllBytes();
      return true;
    };
  }
}
