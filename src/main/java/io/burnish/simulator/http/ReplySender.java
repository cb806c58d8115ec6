package io.burnish.simulator.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.zip.GZIPOutputStream;

/**
 * Sends replies as their transfer mode requires. The exchange is closed when the reply is sent, or
 * the client has disconnected. Slow replies do not delay others. Thread-safe.
 */
public final class ReplySender implements AutoCloseable {

  private static final int BLOCK = 65_536;
  private static final int CHUNKED = 0;

  private final LongSupplier padding;
  private final ExecutorService writers = Executors.newCachedThreadPool(LoopbackServer.threads());
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(LoopbackServer.threads());

  /**
   * @param padding bytes of blanks before a padded body
   */
  public ReplySender(LongSupplier padding) {
    this.padding = padding;
  }

  /** Sends a reply, or starts to. */
  public void send(HttpExchange exchange, Reply reply) throws IOException {
    switch (reply.transfer()) {
      case PLAIN -> LoopbackServer.send(exchange, reply);
      case GZIP -> sendCompressed(exchange, reply);
      case PADDED -> writers.execute(() -> sendPadded(exchange, reply));
      case TRICKLE -> startTrickle(exchange, reply);
    }
  }

  private static void sendCompressed(HttpExchange exchange, Reply reply) throws IOException {
    try (exchange) {
      ByteArrayOutputStream zipped = new ByteArrayOutputStream();
      try (OutputStream zip = new GZIPOutputStream(zipped)) {
        zip.write(bytes(reply));
      }
      LoopbackServer.setHeaders(exchange, reply);
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      exchange.sendResponseHeaders(reply.status(), zipped.size());
      zipped.writeTo(exchange.getResponseBody());
    }
  }

  private void sendPadded(HttpExchange exchange, Reply reply) {
    try (exchange) {
      LoopbackServer.setHeaders(exchange, reply);
      exchange.sendResponseHeaders(reply.status(), CHUNKED);
      OutputStream out = exchange.getResponseBody();
      byte[] blanks = new byte[BLOCK];
      Arrays.fill(blanks, (byte) ' ');
      for (long left = padding.getAsLong(); left > 0; left -= BLOCK) {
        out.write(blanks, 0, (int) Math.min(BLOCK, left));
      }
      out.write(bytes(reply));
    } catch (IOException e) {
      // The client has disconnected.
    }
  }

  private void startTrickle(HttpExchange exchange, Reply reply) throws IOException {
    byte[] body = bytes(reply);
    LoopbackServer.setHeaders(exchange, reply);
    exchange.sendResponseHeaders(reply.status(), body.length);
    trickle(exchange, body, 0);
  }

  private void trickle(HttpExchange exchange, byte[] body, int sent) {
    try {
      if (sent == body.length) {
        exchange.close();
        return;
      }
      exchange.getResponseBody().write(body[sent]);
      exchange.getResponseBody().flush();
      timer.schedule(() -> trickle(exchange, body, sent + 1), 1, TimeUnit.SECONDS);
    } catch (IOException e) {
      // The client has disconnected.
      exchange.close();
    }
  }

  private static byte[] bytes(Reply reply) {
    return reply.body().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    writers.shutdownNow();
  }
}
