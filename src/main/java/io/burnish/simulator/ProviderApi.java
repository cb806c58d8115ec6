package io.burnish.simulator;

import com.sun.net.httpserver.HttpExchange;
import io.burnish.simulator.http.LoopbackServer;
import io.burnish.simulator.http.Reply;
import io.burnish.simulator.http.ReplySender;
import io.burnish.simulator.http.UsedConnections;
import io.burnish.simulator.replies.PendingReply;
import io.burnish.simulator.settings.Behaviour;
import io.burnish.simulator.wire.Caller;
import io.burnish.simulator.wire.ErrorBodies;
import io.burnish.simulator.wire.GatewayErrors;
import io.burnish.simulator.wire.ModelList;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The provider's endpoints over HTTP. Thread-safe. */
final class ProviderApi implements AutoCloseable {

  static final String ROOT = "/openai/v1";

  private static final String COMPLETIONS = ROOT + "/chat/completions";
  private static final String MODELS = ROOT + "/models";

  private final Completions completions;
  private final Supplier<Behaviour> behaviour;
  private final LongSupplier now;
  private final ExecutorService threads;
  private final ReplySender delivery;
  private final UsedConnections connections = new UsedConnections();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(LoopbackServer.threads());

  ProviderApi(
      Completions completions,
      Supplier<Behaviour> behaviour,
      LongSupplier now,
      ExecutorService threads) {
    this.completions = completions;
    this.behaviour = behaviour;
    this.now = now;
    this.threads = threads;
    this.delivery = new ReplySender(() -> behaviour.get().oddities().hugeBody());
  }

  /** Answers a request; a delayed reply occupies no thread until it is due. */
  void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    if (method.equals("POST") && path.equals(COMPLETIONS)) {
      complete(exchange);
    } else if (method.equals("GET") && (path.equals(MODELS) || path.startsWith(MODELS + "/"))) {
      LoopbackServer.send(
          exchange, models(caller(exchange, false), path.substring(MODELS.length())));
    } else if (path.equals(GatewayErrors.LOGIN)) {
      LoopbackServer.send(exchange, GatewayErrors.captivePage());
    } else {
      LoopbackServer.send(exchange, ErrorBodies.unknownUrl(method, path));
    }
  }

  private void complete(HttpExchange exchange) throws IOException {
    String body = LoopbackServer.body(exchange);
    boolean reused = connections.isReused(exchange.getRemoteAddress());
    PendingReply pending = completions.accept(caller(exchange, reused), body, now.getAsLong());
    if (pending.delay().isZero()) {
      finish(pending, exchange);
    } else {
      timer.schedule(
          () -> threads.execute(() -> finish(pending, exchange)),
          pending.delay().toNanos(),
          TimeUnit.NANOSECONDS);
    }
  }

  private void finish(PendingReply pending, HttpExchange exchange) {
    Optional<Reply> reply = pending.finish(now.getAsLong());
    if (reply.isEmpty()) {
      connections.remove(exchange.getRemoteAddress());
      exchange.close();
      return;
    }
    try {
      delivery.send(exchange, reply.get());
    } catch (IOException e) {
      // The client has disconnected; the call is in the log already.
      exchange.close();
    }
  }

  private Reply models(Caller caller, String path) {
    return caller
        .problem()
        .orElseGet(
            () ->
                path.length() <= 1
                    ? ModelList.all(behaviour.get().models())
                    : ModelList.one(path.substring(1), behaviour.get().models()));
  }

  private static Caller caller(HttpExchange exchange, boolean reused) {
    var headers = exchange.getRequestHeaders();
    return new Caller(headers.getFirst("Authorization"), headers.getFirst("User-Agent"), reused);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    delivery.close();
  }
}
