package io.burnish.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The provider's paths over HTTP. Thread-safe. */
final class ProviderApi implements AutoCloseable {

  static final String ROOT = "/openai/v1";

  private static final String COMPLETIONS = ROOT + "/chat/completions";
  private static final String MODELS = ROOT + "/models";

  private final Completions completions;
  private final Supplier<Manner> manner;
  private final LongSupplier now;
  private final ExecutorService threads;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(HttpDoor.threads());

  ProviderApi(
      Completions completions, Supplier<Manner> manner, LongSupplier now, ExecutorService threads) {
    this.completions = completions;
    this.manner = manner;
    this.now = now;
    this.threads = threads;
  }

  /** Answers whatever is asked, now or, without a thread that waits for it, later. */
  void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    if (method.equals("POST") && path.equals(COMPLETIONS)) {
      complete(exchange);
    } else if (method.equals("GET") && (path.equals(MODELS) || path.startsWith(MODELS + "/"))) {
      HttpDoor.send(exchange, models(caller(exchange), path.substring(MODELS.length())));
    } else {
      HttpDoor.send(exchange, ErrorBodies.unknownUrl(method, path));
    }
  }

  private void complete(HttpExchange exchange) throws IOException {
    Turn turn = completions.take(caller(exchange), HttpDoor.body(exchange), now.getAsLong());
    if (turn.delay().isZero()) {
      end(turn, exchange);
    } else {
      timer.schedule(
          () -> threads.execute(() -> end(turn, exchange)),
          turn.delay().toNanos(),
          TimeUnit.NANOSECONDS);
    }
  }

  private void end(Turn turn, HttpExchange exchange) {
    try (exchange) {
      Optional<Reply> reply = turn.end(now.getAsLong());
      if (reply.isPresent()) {
        HttpDoor.send(exchange, reply.get());
      }
    } catch (IOException e) {
      // The caller has gone; the call is in the log all the same.
    }
  }

  private Reply models(Caller caller, String below) {
    return caller
        .problem()
        .orElseGet(
            () ->
                below.length() <= 1
                    ? ModelList.all(manner.get())
                    : ModelList.one(below.substring(1), manner.get()));
  }

  private static Caller caller(HttpExchange exchange) {
    var headers = exchange.getRequestHeaders();
    return new Caller(headers.getFirst("Authorization"), headers.getFirst("User-Agent"));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
