package io.burnish.api;

import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import org.jboss.logging.Logger;

/**
 * A long answer that may fail after its beginning was sent. Its status can't be taken back then,
 * and half a list of records must not end as a whole one does: the connection is cut.
 *
 * @param response that it is the body of
 * @param body writes it
 */
record Download(HttpServerResponse response, StreamingOutput body) implements StreamingOutput {

  private static final Logger LOG = Logger.getLogger(Download.class);

  @Override
  public void write(OutputStream out) throws IOException {
    try {
      body.write(out);
    } catch (IOException e) {
      LOG.infof("A download broke off, for its client is gone: %s", e.getMessage());
      response.reset();
    } catch (RuntimeException e) {
      if (response.headWritten()) {
        LOG.warnf(
            "A download is cut in the middle, so that it does not look whole: %s", e.getMessage());
        response.reset();
      }
      throw e;
    }
  }
}
