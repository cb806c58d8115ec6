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

  private static final List<String> REQUESTS = new CopyOnWriteArrayList<>();
  private static volatile Function<String, Reply> manner = request -> new Reply(200, OK);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  /** What is sent back; status 0: the connection is closed. */
  record Reply(int status, String body) {}

  /** From now on, requests are answered so; those before are forgotten. */
  static void answers(Function<String, Reply> so) {
    manner = so;
    REQUESTS.clear();
  }

  /** The bodies of the requests since then. */
  static List<String> requests() {
    return List.copyOf(REQUESTS);
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
    server.createContext("/", this::answer);
    server.start();
    return Map.of(
        "burnish.provider.kind",
        "groq",
        "burnish.provider.base-url",
        "http://localhost:" + server.getAddress().getPort() + "/openai/v1");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    REQUESTS.add(request);
    Reply reply = manner.apply(request);
    if (reply.status() > 0) {
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(reply.status(), body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void stop() {
    server.stop(0);
    threads.shutdownNow();
  }
}
