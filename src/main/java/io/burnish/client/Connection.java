package io.burnish.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * Requests to one service, sent again while it is away or busy. Every request of the client may be
 * sent twice: a job has an Idempotency-Key. Used by one thread.
 */
final class Connection {

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

  /** All waits for one answer together, at most. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** The first wait, where the service names none; each further one is twice as long. */
  private static final Duration SHORTEST = Duration.ofMillis(500);

  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final ServiceAddress service;
  private final HttpClient http;
  private final Waiting waiting;
  private final Console console;
  private final Liveness liveness;

  /** Whether Burnish has answered once: then a failure is likely to pass. */
  private boolean met;

  /** Whether it makes sense to go on waiting. */
  @FunctionalInterface
  interface Liveness {

    /**
     * @throws ClientException when the service has ended
     */
    void require();
  }

  /** Reads an answer; a read that fails is an {@link IOException}, and sent again. */
  @FunctionalInterface
  interface Reader<T> {
    T read(InputStream body) throws IOException;
  }

  Connection(
      ServiceAddress service,
      HttpClient.Builder http,
      Waiting waiting,
      Console console,
      Liveness liveness) {
    this.service = service;
    this.http = http.version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_WITHIN).build();
    this.waiting = waiting;
    this.console = console;
    this.liveness = liveness;
  }

  String url() {
    return service.url();
  }

  /** A request for a path below the service's address, with its login. */
  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.resolve(path)).header("User-Agent", "burnish-client");
    if (service.authorization() != null) {
      request.header("Authorization", service.authorization());
    }
    return request;
  }

  /** One try; whether the answer was 2xx. */
  boolean isAnswered(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() / 100 == 2;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * What a 2xx answer holds.
   *
   * @throws RefusedException when the answer is another, and is not expected to change
   * @throws ClientException when there is no answer
   */
  <T> T send(HttpRequest request, Reader<T> reader) {
    Duration waited = Duration.ZERO;
    Duration next = SHORTEST;
    while (true) {
      Duration wait = next;
      String why;
      try {
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        if (response.statusCode() / 100 == 2) {
          try (InputStream body = response.body()) {
            T read = reader.read(body);
            met = true;
            return read;
          }
        }
        Refusal refusal = Refusal.of(response);
        met |= refusal.isOfBurnish();
        if (!mayPass(refusal) || waited.compareTo(PATIENCE) >= 0) {
          throw new RefusedException(refusal);
        }
        wait = refusal.retryAfter().orElse(next);
        why = "answered HTTP %d (%s)".formatted(refusal.status(), refusal.reason());
      } catch (IOException e) {
        liveness.require();
        if (!met || waited.compareTo(PATIENCE) >= 0) {
          throw unreachable(e);
        }
        why = "gives no answer (%s)".formatted(words(e));
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
      wait = clamped(wait, PATIENCE.minus(waited));
      if (wait.compareTo(SHORTEST) > 0 || waited.compareTo(SHORTEST) > 0) {
        console.say("%s %s; trying again in %s".formatted(service.url(), why, seconds(wait)));
      }
      waiting.forA(wait);
      waited = waited.plus(wait);
      next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
    }
  }

  /** What another server or a proxy answers is believed, unless Burnish was there before. */
  private boolean mayPass(Refusal refusal) {
    boolean trusted = met || refusal.retryAfter().isPresent();
    return refusal.isPassing() && trusted;
  }

  private static Duration clamped(Duration wait, Duration most) {
    Duration least = wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
    return least.compareTo(most) < 0 || most.isZero() ? least : most;
  }

  private static String seconds(Duration wait) {
    long seconds = Math.max(1, wait.toSeconds());
    return seconds == 1 ? "1 second" : seconds + " seconds";
  }

  private ClientException unreachable(IOException e) {
    if (e instanceof SSLException) {
      return new ClientException(
          "no TLS connection to %s: %s. If its certificate is of an authority of your own, name that authority's certificate with --ca-file"
              .formatted(service.url(), words(e)),
          e);
    }
    boolean notConnected =
        e instanceof ConnectException || e instanceof HttpConnectTimeoutException;
    return new ClientException(
        notConnected
            ? "%s can't be reached; is Burnish running there?".formatted(service.url())
            : "%s gives no answer (%s); is Burnish running there?"
                .formatted(service.url(), words(e)),
        e);
  }

  private static String words(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static ClientException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new ClientException("interrupted while waiting for an answer", e);
  }
}
