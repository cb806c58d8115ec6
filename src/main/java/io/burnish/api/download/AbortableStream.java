package io.burnish.api.download;

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
 * A long response that may fail after its beginning was sent. Its status can't be changed then, and
 * a part of a list must not end as a complete list does: the connection is closed instead.
 *
 * @param request that is answered
 * @param body writes the response
 */
record AbortableStream(HttpServerRequest request, StreamingOutput body) implements StreamingOutput {

  private static final Logger LOG = Logger.getLogger(AbortableStream.class);

  private static final long SECONDS_TO_CLOSE = 10;

  @Override
  public void write(OutputStream out) throws IOException {
    try {
      body.write(out);
    } catch (IOException e) {
      LOG.debugf("Download ended early, the client disconnected: %s", e.getMessage());
      closeConnection();
    } catch (RuntimeException e) {
      if (request.response().headWritten()) {
        LOG.warnf(
            "Download failed after its response had begun: %s. Its connection is closed, so that the response does not look complete",
            e.getMessage());
        closeConnection();
      }
      throw e;
    }
  }

  /**
   * Aborts the response from another thread: a write that waits fails then. Closing an HTTP/1
   * connection would wait until the client has read the write queue, so its channel is closed.
   */
  void abort(String reason) {
    LOG.infof("Download aborted: %s", reason);
    if (request.version() != HttpVersion.HTTP_2
        && request.connection() instanceof ConnectionBase connection) {
      connection.channel().close();
    } else {
      request.response().reset();
    }
  }

  /**
   * Waits until the connection is closed: the caller closes the stream next, which would end the
   * response as if it were complete. In HTTP/2 other responses share the connection, and only the
   * stream of this one is reset.
   */
  private void closeConnection() {
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
      LOG.warnf(
          "Could not close the connection of a failed download: %s; the client may take the partial response for complete",
          e.getMessage());
    }
  }
}
