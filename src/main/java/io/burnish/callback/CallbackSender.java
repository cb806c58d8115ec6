package io.burnish.callback;

import io.burnish.callback.Outbox.Due;
import io.burnish.loops.DoublingWait;
import io.burnish.loops.LoopTurn;
import io.burnish.loops.LoopWatch;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Delivers callbacks: at least once; the tries of one share its id, and each has its own signature.
 * A try that fails is repeated with growing waits, for a day. Runs on each replica; a callback is
 * tried by one at a time.
 */
@ApplicationScoped
class CallbackSender {

  private static final Logger LOG = Logger.getLogger(CallbackSender.class);

  /** Name in the scheduler and in the liveness check. */
  static final String NAME = "callbacks";

  private static final Duration EVERY = Duration.ofSeconds(1);

  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  /** Tries at the same time: a receiver that hangs delays few others. */
  private static final int AT_ONCE = 8;

  /** The receiver says that it does not want this callback ever again (Standard Webhooks). */
  private static final int GONE = 410;

  private static final int LONGEST_ERROR = 300;

  private final Outbox outbox;
  private final CallbackUrls urls;
  private final CallbackSecrets secrets;
  private final CallbackConfig config;
  private final Clock clock;
  private final Vertx vertx;
  private final LoopTurn turn;
  private final LoopWatch watch;
  private volatile @Nullable Delivering delivering;

  CallbackSender(
      Outbox outbox,
      CallbackUrls urls,
      CallbackSecrets secrets,
      CallbackConfig config,
      Clock clock,
      Vertx vertx,
      LoopWatch watch) {
    this.outbox = outbox;
    this.urls = urls;
    this.secrets = secrets;
    this.config = config;
    this.clock = clock;
    this.vertx = vertx;
    this.watch = watch;
    this.turn = new LoopTurn(NAME, EVERY, this::turn, watch);
  }

  /** What it takes to deliver. */
  private record Delivering(CallbackCall call, ExecutorService threads) {}

  void start(@Observes StartupEvent event) {
    delivering =
        new Delivering(
            new CallbackCall(vertx),
            Executors.newFixedThreadPool(AT_ONCE, work -> new Thread(work, "burnish-callback")));
  }

  void stop(@Observes ShutdownEvent event) {
    Delivering ended = delivering;
    delivering = null;
    watch.ended(NAME);
    if (ended != null) {
      ended.threads().shutdownNow();
      ended.call().close();
    }
  }

  @Scheduled(identity = NAME, every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  void run() {
    if (delivering != null) {
      turn.run();
    }
  }

  private void turn() {
    Delivering with = delivering;
    if (with != null) {
      List<Due> due = outbox.take(AT_ONCE);
      due.forEach(callback -> with.threads().execute(() -> deliver(with, callback)));
    }
  }

  private void deliver(Delivering with, Due callback) {
    try {
      int status = post(with, callback);
      if (status >= 200 && status < 300) {
        outbox.record(callback, status, null, null);
        LOG.debugf("Callback %s of job %s is delivered", callback.event(), callback.job());
      } else {
        failed(callback, status, "the response has status " + status);
      }
    } catch (RuntimeException e) {
      failed(callback, null, String.valueOf(e.getMessage()));
    }
  }

  private int post(Delivering with, Due callback) {
    URI url = CallbackUrls.parse(callback.url());
    InetAddress address = urls.addressesOf(url).get(0);
    Instant now = clock.instant();
    String id = callback.id().toString();
    List<WebhookSignature> signatures = secrets.of(callback.owner());
    if (signatures.isEmpty()) {
      throw new IllegalStateException(
          "the owner has no secret to sign it: create one with POST /callback-secret");
    }
    return with.call()
        .post(
            url,
            address,
            Map.of(
                "content-type",
                "application/json",
                "user-agent",
                "Burnish",
                "webhook-id",
                id,
                "webhook-timestamp",
                String.valueOf(now.getEpochSecond()),
                "webhook-signature",
                signatures.stream()
                    .map(signature -> signature.of(id, now, callback.body()))
                    .collect(Collectors.joining(" "))),
            callback.body());
  }

  private void failed(Due callback, @Nullable Integer status, String error) {
    boolean last =
        callback.age().compareTo(config.retryFor()) >= 0 || status != null && status == GONE;
    String shown = error.length() > LONGEST_ERROR ? error.substring(0, LONGEST_ERROR) : error;
    try {
      outbox.record(
          callback,
          status,
          shown,
          last ? null : DoublingWait.after(callback.number(), config.firstRetry(), LONGEST_WAIT));
    } catch (RuntimeException e) {
      LOG.warnf(
          "Result of a try of callback %s of job %s was not stored, the try is repeated: %s",
          callback.event(), callback.job(), e.getMessage());
      return;
    }
    if (last) {
      LOG.warnf(
          "Callback %s of job %s is given up after %d tries: %s",
          callback.event(), callback.job(), callback.number(), shown);
    }
  }
}
