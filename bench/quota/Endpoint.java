import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * HTTP to a process on this machine.
 *
 * @param port that it listens at
 */
record Endpoint(int port) {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** A tenth of a second each. */
  private static final int TRIES = 600;

  /** What is there; an {@link IOException} when it can't be reached or answers with an error. */
  String get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  /** The same, as JSON. */
  JsonNode json(String path) throws Exception {
    return Stage.JSON.readTree(get(path));
  }

  /** Posts JSON. */
  JsonNode post(String path, String body) throws Exception {
    return Stage.JSON.readTree(send(path, "application/json", body));
  }

  /** Posts a body of a type; the body of the answer. */
  String send(String path, String type, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Waits until there is something. */
  void await(String path) throws Exception {
    for (int tries = 0; tries < TRIES; tries++) {
      try {
        get(path);
        return;
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    throw new IllegalStateException("nothing answers at " + uri(path));
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static String send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response =
        HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          "%s answers %d: %s".formatted(response.uri(), response.statusCode(), response.body()));
    }
    return response.body();
  }
}
