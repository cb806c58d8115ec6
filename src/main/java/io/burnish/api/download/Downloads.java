package io.burnish.api.download;

import io.burnish.api.problem.TooManyRequestsException;
import io.burnish.metrics.ServiceMeters;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Limits downloads: their number, their buffers (the write queue of the connection only), and how
 * slowly a client may read. Thread-safe.
 */
@ApplicationScoped
public class Downloads {

  private final ExportConfig config;
  private final CurrentVertxRequest current;
  private final Vertx vertx;
  private final ServiceMeters meters;
  private final Semaphore free;

  /**
   * Downloads that are computed at the same time: as many as there are processors. More would take
   * processor time from the event loops, which serve the health checks. Fair, so that each download
   * makes progress.
   */
  private final Semaphore running =
      new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);

  Downloads(ExportConfig config, CurrentVertxRequest current, Vertx vertx, ServiceMeters meters) {
    this.meters = meters;
    this.config = config;
    this.current = current;
    this.vertx = vertx;
    this.free = new Semaphore(config.downloadsAtOnce());
  }

  /**
   * Takes a permit for a download, on the event loop. Requests over the limit do not wait for a
   * worker thread or a connection, so that other requests are not delayed by them.
   *
   * @throws TooManyRequestsException when there are too many downloads
   */
  @Downloading
  @ServerRequestFilter(nonBlocking = true)
  void enter() {
    if (!free.tryAcquire()) {
      throw new TooManyRequestsException(
          "the limit of %d concurrent downloads is reached (burnish.export.downloads-at-once); try again after Retry-After"
              .formatted(config.downloadsAtOnce()));
    }
    RoutingContext routing = current.getCurrent();
    Permit permit = new Permit(free);
    routing.put(Permit.KEY, permit);
    routing.addEndHandler(answered -> permit.answered());
  }

  /**
   * The response of the current request, which must be {@link Downloading}.
   *
   * @param body writes it
   */
  public StreamingOutput of(StreamingOutput body) {
    RoutingContext routing = current.getCurrent();
    Permit permit = routing.get(Permit.KEY);
    return out -> {
      if (permit.begin()) {
        try {
          write(routing.request(), body, out);
        } finally {
          permit.end();
        }
      } else {
        new AbortableStream(routing.request(), Downloads::clientDisconnected).write(out);
      }
    };
  }

  private static void clientDisconnected(OutputStream out) throws IOException {
    throw new IOException("the client disconnected before the download began");
  }

  private void write(HttpServerRequest request, StreamingOutput body, OutputStream out)
      throws IOException {
    long least = config.leastRate().asLongValue() * config.rateOver().toSeconds();
    PacedOutput paced =
        new PacedOutput(out, request.response()::writeQueueFull, running, meters::sent);
    AbortableStream download =
        new AbortableStream(
            request,
            output -> {
              try {
                body.write(output);
              } finally {
                paced.releasePermit();
              }
            });
    long timer =
        vertx.setPeriodic(
            config.rateOver().toMillis(),
            measured -> {
              if (paced.isSlowerThan(least)) {
                vertx.cancelTimer(measured);
                download.abort(
                    "the client reads less than %,d bytes in %d s (burnish.export.least-rate)"
                        .formatted(least, config.rateOver().toSeconds()));
                paced.abort();
              }
            });
    try {
      download.write(paced);
    } finally {
      vertx.cancelTimer(timer);
    }
  }

  /**
   * The permit of one download: held until the response ends or the client disconnects, and while a
   * thread writes the response.
   */
  private static final class Permit {

    static final String KEY = Permit.class.getName();

    private @Nullable Semaphore from;
    private boolean writing;

    Permit(Semaphore from) {
      this.from = from;
    }

    /** Whether the response may be written: false when the client has disconnected. */
    synchronized boolean begin() {
      writing = from != null;
      return writing;
    }

    synchronized void end() {
      writing = false;
      release();
    }

    synchronized void answered() {
      if (!writing) {
        release();
      }
    }

    private void release() {
      if (from != null) {
        from.release();
        from = null;
      }
    }
  }
}
