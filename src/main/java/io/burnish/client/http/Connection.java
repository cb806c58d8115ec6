package io.burnish.client.http;

import io.burnish.client.console.ClientException;
import io.burnish.client.console.Console;
import io.burnish.client.console.Sleeper;
import io.burnish.client.settings.ServiceAddress;
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
 * Requests to one service, with retries while it is unavailable or busy. Every request of the
 * client can be repeated: a job has an Idempotency-Key. Used by one thread.
 */
public final class Connection {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** Maximum total wait of one request. */
  private static final Duration MAX_WAIT = Duration.ofMinutes(10);

  /** The first backoff if the service names none; each further one is twice as long. */
  private static final Duration MIN_BACKOFF = Duration.ofMillis(500);

  private static final Duration MAX_BACKOFF = Duration.ofSeconds(10);

  private final ServiceAddress service;
  private final HttpClient http;
  private final Sleeper sleeper;
  private final Console console;
  private final Liveness liveness;

  /** Whether Burnish has answered once; then a failure is likely transient. */
  private boolean answeredBefore;

  /** Checks that the service still runs. */
  @FunctionalInterface
  public interface Liveness {

    /**
     * @throws ClientException when the service has ended
     */
    void require();
  }

  /** Reads a response body; an {@link IOException} leads to a retry. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(InputStream body) throws IOException;
  }

  public Connection(
      ServiceAddress service,
      HttpClient.Builder http,
      Sleeper sleeper,
      Console console,
      Liveness liveness) {
    this.service = service;
    this.http = http.version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT).build();
    this.sleeper = sleeper;
    this.console = console;
    this.liveness = liveness;
  }

  String url() {
    return service.url();
  }

  /** A request for a path below the base URL, with its login. */
  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.resolve(path)).header("User-Agent", "burnish-client");
    if (service.authorization() != null) {
      request.header("Authorization", service.authorization());
    }
    return request;
  }

  /** One attempt; whether the response is 2xx. */
  public boolean isAnswered(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() / 100 == 2;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Sends a request and reads the 2xx response.
   *
   * @throws RefusedException if the response is not 2xx and retries don't help
   * @throws ClientException if there is no response
   */
  <T> T send(HttpRequest request, Reader<T> reader) {
    Duration waited = Duration.ZERO;
    Duration next = MIN_BACKOFF;
    while (true) {
      Duration wait = next;
      String why;
      try {
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        if (response.statusCode() / 100 == 2) {
          try (InputStream body = response.body()) {
            T read = reader.read(body);
            answeredBefore = true;
            return read;
          }
        }
        HttpRefusal refusal = HttpRefusal.of(response);
        answeredBefore |= refusal.isOfBurnish();
        if (!isRetryable(refusal) || waited.compareTo(MAX_WAIT) >= 0) {
          throw new RefusedException(refusal);
        }
        wait = refusal.retryAfter().orElse(next);
        why = "answered HTTP %d (%s)".formatted(refusal.status(), refusal.reason());
      } catch (IOException e) {
        liveness.require();
        if (!answeredBefore || waited.compareTo(MAX_WAIT) >= 0) {
          throw unreachable(e);
        }
        why = "gives no answer (%s)".formatted(reasonOf(e));
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
      wait = clamped(wait, MAX_WAIT.minus(waited));
      if (wait.compareTo(MIN_BACKOFF) > 0 || waited.compareTo(MIN_BACKOFF) > 0) {
        console.say("%s %s; trying again in %s".formatted(service.url(), why, seconds(wait)));
      }
      sleeper.sleep(wait);
      waited = waited.plus(wait);
      next = next.multipliedBy(2).compareTo(MAX_BACKOFF) < 0 ? next.multipliedBy(2) : MAX_BACKOFF;
    }
  }

  /**
   * A response of another server or a proxy is final, unless Burnish has answered before. So is a
   * limit of the key that lasts longer than this client would wait, such as that of a day.
   */
  private boolean isRetryable(HttpRefusal refusal) {
    boolean trusted = answeredBefore || refusal.retryAfter().isPresent();
    boolean tooLong =
        refusal.isOfType("key-limit")
            && refusal.retryAfter().filter(wait -> wait.compareTo(MAX_WAIT) > 0).isPresent();
    return refusal.isTransient() && trusted && !tooLong;
  }

  private static Duration clamped(Duration wait, Duration most) {
    Duration least = wait.compareTo(MIN_BACKOFF) < 0 ? MIN_BACKOFF : wait;
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
              .formatted(service.url(), reasonOf(e)),
          e);
    }
    boolean notConnected =
        e instanceof ConnectException || e instanceof HttpConnectTimeoutException;
    return new ClientException(
        notConnected
            ? "%s can't be reached; is Burnish running there?".formatted(service.url())
            : "%s gives no answer (%s); is Burnish running there?"
                .formatted(service.url(), reasonOf(e)),
        e);
  }

  private static String reasonOf(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static ClientException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new ClientException("interrupted while waiting for an answer", e);
  }
}
