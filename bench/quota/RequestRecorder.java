import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A provider that answers no request, and records the first one. */
final class RequestRecorder implements AutoCloseable {

  private final CompletableFuture<String> first = new CompletableFuture<>();
  private final HttpServer server;

  RequestRecorder() throws java.io.IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            first.complete(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(503, -1);
          }
        });
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/openai/v1");
  }

  /** The body of the first request; waits for it. */
  String body() throws Exception {
    return first.get(1, TimeUnit.MINUTES);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
