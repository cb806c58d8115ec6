package io.burnish.crash;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.record.RecordJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** HTTP with a client that does not retry on broken connections. */
final class Http {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private Http() {}

  /**
   * A whole response.
   *
   * @param tag its ETag; empty: it has none
   */
  record Answer(int status, String contentType, String tag, String body) {
    JsonNode json() {
      return RecordJson.read(body);
    }
  }

  static Answer get(String url) {
    return get(url, Map.of());
  }

  /**
   * @throws UncheckedIOException when no whole response came
   */
  static Answer get(String url, Map<String, String> headers) {
    return send(headers, "GET", url, "");
  }

  /**
   * @throws UncheckedIOException when no whole response came
   */
  static Answer send(String method, String url, String body) {
    return send("", method, url, body);
  }

  /**
   * @param key of the caller; empty: none
   * @throws UncheckedIOException when no whole response came
   */
  static Answer send(String key, String method, String url, String body) {
    return send(
        key.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + key), method, url, body);
  }

  private static Answer send(Map<String, String> headers, String method, String url, String body) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url));
    headers.forEach(builder::header);
    HttpRequest request =
        builder
            .timeout(Duration.ofSeconds(90))
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          response.headers().firstValue("ETag").orElse(""),
          response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
