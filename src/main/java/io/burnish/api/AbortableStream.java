package io.burnish.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * A long answer that may fail after its beginning was sent. Its status can't be taken back then,
 * and half a list of records must not end as a whole one does: the connection is cut.
 *
 * @param request that it answers
 * @param body writes it
 */
record AbortableStream(HttpServerRequest request, StreamingOutput body) implements StreamingOutput {

  private static final Logger LOG = Logger.getLogger(AbortableStream.class);

  private static final long SECONDS_TO_CLOSE = 10;

  @Override
  public void write(OutputStream out) throws IOException {
    try {
      body.write(out);
    } catch (IOException e) {
      LOG.debugf("A download ended early, because its client is gone: %s", e.getMessage());
      cut();
    } catch (RuntimeException e) {
      if (request.response().headWritten()) {
        LOG.warnf(
            "A download is cut in the middle, so that it does not look whole: %s", e.getMessage());
        cut();
      }
      throw e;
    }
  }

  /**
   * Ends it from another thread: what waits to write fails then. To close a connection of HTTP/1
   * would wait until its client has read what is queued, so its channel is closed.
   */
  void drop(String reason) {
    LOG.infof("A download is dropped: %s", reason);
    if (request.version() != HttpVersion.HTTP_2
        && request.connection() instanceof ConnectionBase connection) {
      connection.channel().close();
    } else {
      request.response().reset();
    }
  }

  /**
   * Waits until it is cut: whoever called us closes the stream next, which would end the answer as
   * if it were whole. In HTTP/2 other answers share the connection, and only this one is cut.
   */
  private void cut() {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset();
      return;
    }
    try {
      request
          .connection()
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(SECONDS_TO_CLOSE, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warnf("The connection of a download that failed could not be closed: %s", e.getMessage());
    }
  }
}
