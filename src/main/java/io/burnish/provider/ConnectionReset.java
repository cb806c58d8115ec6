package io.burnish.provider;

import jakarta.inject.Singleton;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jboss.resteasy.reactive.client.impl.ClientRequestContextImpl;

/**
 * Resets the connection when a response is closed before its end. Otherwise the client reads the
 * rest in the background, whatever its size, and holds the connection meanwhile.
 */
@Singleton
class ConnectionReset implements ClientResponseFilter {

  @Override
  public void filter(ClientRequestContext request, ClientResponseContext response) {
    InputStream body = response.getEntityStream();
    if (body != null && request instanceof ClientRequestContextImpl context) {
      response.setEntityStream(
          new Body(
              body, () -> context.getRestClientRequestContext().getHttpClientRequest().reset()));
    }
  }

  private static final class Body extends FilterInputStream {

    private final Runnable reset;
    private boolean ended;

    Body(InputStream body, Runnable reset) {
      super(body);
      this.reset = reset;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      ended |= read < 0;
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      ended |= read < 0;
      return read;
    }

    @Override
    public void close() throws IOException {
      if (!ended) {
        ended = true;
        reset.run();
      }
      super.close();
    }
  }
}
