package io.burnish.api;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;

/**
 * Bounds downloads: so many at a time, each with the connection's own write queue and nothing
 * beyond it, and none whose client does not read. Thread-safe.
 */
@Singleton
class Downloads {

  private final ExportConfig config;
  private final Vertx vertx;
  private final Semaphore free;

  Downloads(ExportConfig config, Vertx vertx) {
    this.config = config;
    this.vertx = vertx;
    this.free = new Semaphore(config.downloadsAtOnce());
  }

  /**
   * A download that counts.
   *
   * @param request that it answers
   * @param body writes it
   * @return what throws {@link CrowdedException} before its first byte when there are too many
   */
  StreamingOutput of(HttpServerRequest request, StreamingOutput body) {
    Download download = new Download(request, body);
    return out -> bounded(download, out);
  }

  private void bounded(Download download, OutputStream out) throws IOException {
    if (!free.tryAcquire()) {
      throw new CrowdedException(
          "%d downloads are going on just now; try again in a while"
              .formatted(config.downloadsAtOnce()));
    }
    long least = config.leastRate().asLongValue() * config.rateOver().toSeconds();
    PacedOutput paced = new PacedOutput(out);
    long timer =
        vertx.setPeriodic(
            config.rateOver().toMillis(),
            measured -> {
              if (paced.isSlowerThan(least)) {
                vertx.cancelTimer(measured);
                download.drop(
                    "its client reads less than %,d bytes in %d s (burnish.export.least-rate)"
                        .formatted(least, config.rateOver().toSeconds()));
                paced.abort();
              }
            });
    try {
      download.write(paced);
    } finally {
      vertx.cancelTimer(timer);
      free.release();
    }
  }
}
