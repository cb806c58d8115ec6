package io.burnish.models;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An endpoint that answers as a test tells it, and keeps what it was asked. */
public class OddProvider implements QuarkusTestResourceLifecycleManager {

  static final String OK =
      "{\"choices\":[{\"message\":{\"content\":\"{\\\"records\\\":[]}\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":9}}";

  private static final List<Received> RECEIVED = new CopyOnWriteArrayList<>();
  private static volatile Handler handler = (exchange, request) -> reply(exchange, 200, OK);
  private static volatile String address = "";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  /** What is sent back; status 0: the connection is closed. */
  record Reply(int status, String body) {}

  /** A request as it came in. */
  public record Received(String path, Map<String, List<String>> headers, String body) {}

  /** What is done with a request; its body is read already. */
  @FunctionalInterface
  public interface Handler {
    void answer(HttpExchange exchange, Received request) throws IOException;
  }

  /** From now on, requests are answered so; earlier ones are forgotten. */
  static void answers(Function<String, Reply> so) {
    handles(
        (exchange, request) -> {
          Reply reply = so.apply(request.body());
          if (reply.status() > 0) {
            reply(exchange, reply.status(), reply.body());
          }
          exchange.close();
        });
  }

  /** From now on, requests are handled so; earlier ones are forgotten. */
  public static void handles(Handler so) {
    handler = so;
    RECEIVED.clear();
  }

  /** The bodies of the requests since then. */
  static List<String> requests() {
    return RECEIVED.stream().map(Received::body).toList();
  }

  /** The requests since then. */
  public static List<Received> received() {
    return List.copyOf(RECEIVED);
  }

  /** The base URL. */
  public static String address() {
    return address;
  }

  /** After {@link io.burnish.fixtures.SimulatedProvider}, whose settings it replaces. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", OddProvider::handle);
    server.start();
    address = "http://localhost:" + server.getAddress().getPort() + "/openai/v1";
    return Map.of("burnish.provider.kind", "groq", "burnish.provider.base-url", address);
  }

  private static void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Received request =
        new Received(
            exchange.getRequestMethod() + " " + exchange.getRequestURI(),
            exchange.getRequestHeaders(),
            body);
    RECEIVED.add(request);
    handler.answer(exchange, request);
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void stop() {
    server.stop(0);
    threads.shutdownNow();
  }
}
