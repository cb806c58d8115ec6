package io.burnish.simulator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Listens on the loopback address, and nowhere else. Can be shut and opened again at the same port:
 * while it is shut, connections are refused. Thread-safe.
 */
public final class LoopbackServer implements AutoCloseable {

  private static final int BACKLOG = 1_024;
  private static final int NO_BODY = -1;

  static {
    // Read once, when the server's class is loaded. Without the first every answer on a connection
    // that is kept waits some 40 ms for an acknowledgement (Source: JDK-6968351); the server closes
    // connections that are idle beyond the other two, just when a caller may use one again.
    setUnlessSet("sun.net.httpserver.nodelay", "true");
    setUnlessSet("sun.net.httpserver.maxIdleConnections", "10000");
    setUnlessSet("sun.net.httpserver.idleInterval", "3600");
  }

  private final Map<String, HttpHandler> rooms;
  private final Executor threads;
  private int port;
  private @Nullable HttpServer server;

  /** A door that is shut. */
  public LoopbackServer(int port, Map<String, HttpHandler> rooms, Executor threads) {
    this.port = port;
    this.rooms = rooms;
    this.threads = threads;
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /**
   * Listens, if it does not.
   *
   * @throws UncheckedIOException when it can't
   */
  public synchronized void open() {
    if (server != null) {
      return;
    }
    try {
      HttpServer opened =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
      opened.setExecutor(threads);
      rooms.forEach(opened::createContext);
      opened.start();
      port = opened.getAddress().getPort();
      server = opened;
    } catch (IOException e) {
      throw new UncheckedIOException("the simulated provider can't listen at port " + port, e);
    }
  }

  /** Refuses connections, and closes those that are open, whatever is said on them. */
  @Override
  public synchronized void close() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
  }

  public synchronized int port() {
    return port;
  }

  /** Threads that do not keep a program alive. */
  public static ThreadFactory threads() {
    return task -> {
      Thread thread = new Thread(task, "simulator");
      thread.setDaemon(true);
      return thread;
    };
  }

  /** The whole body of a request. */
  public static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Sets the headers of a reply. */
  static void tell(HttpExchange exchange, Reply reply) {
    if (!reply.contentType().isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", reply.contentType());
    }
    reply.headers().forEach(exchange.getResponseHeaders()::set);
  }

  /** Sends a reply plainly, and is done with the exchange. */
  public static void send(HttpExchange exchange, Reply reply) throws IOException {
    try (exchange) {
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      tell(exchange, reply);
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? NO_BODY : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
