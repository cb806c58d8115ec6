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
 * An HTTP server on the loopback address. It can be closed and opened again at the same port; while
 * it is closed, connections are refused. Thread-safe.
 */
public final class LoopbackServer implements AutoCloseable {

  private static final int BACKLOG = 1_024;
  private static final int NO_BODY = -1;

  static {
    // Read once, when the server's class is loaded. Without the first, each answer on a kept-alive
    // connection waits some 40 ms for an acknowledgement (Source: JDK-6968351). Beyond the other
    // two, the server closes idle connections, possibly just when a client reuses one.
    setUnlessSet("sun.net.httpserver.nodelay", "true");
    setUnlessSet("sun.net.httpserver.maxIdleConnections", "10000");
    setUnlessSet("sun.net.httpserver.idleInterval", "3600");
  }

  private final Map<String, HttpHandler> handlers;
  private final Executor threads;
  private int port;
  private @Nullable HttpServer server;

  /** Creates a server that does not listen yet. */
  public LoopbackServer(int port, Map<String, HttpHandler> handlers, Executor threads) {
    this.port = port;
    this.handlers = handlers;
    this.threads = threads;
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /**
   * Starts to listen, unless it does already.
   *
   * @throws UncheckedIOException if the port can't be opened
   */
  public synchronized void open() {
    if (server != null) {
      return;
    }
    try {
      HttpServer opened =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
      opened.setExecutor(threads);
      handlers.forEach(opened::createContext);
      opened.start();
      port = opened.getAddress().getPort();
      server = opened;
    } catch (IOException e) {
      throw new UncheckedIOException("the simulated provider can't listen at port " + port, e);
    }
  }

  /** Refuses new connections and closes open ones, with their calls in flight. */
  @Override
  public synchronized void close() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
  }

  /** Its port; the chosen one when the settings say 0. */
  public synchronized int port() {
    return port;
  }

  /** A factory of daemon threads. */
  public static ThreadFactory threads() {
    return task -> {
      Thread thread = new Thread(task, "simulator");
      thread.setDaemon(true);
      return thread;
    };
  }

  /** The body of a request. */
  public static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Sets the headers of a reply. */
  static void setHeaders(HttpExchange exchange, Reply reply) {
    if (!reply.contentType().isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", reply.contentType());
    }
    reply.headers().forEach(exchange.getResponseHeaders()::set);
  }

  /** Sends a reply as it is, and closes the exchange. */
  public static void send(HttpExchange exchange, Reply reply) throws IOException {
    try (exchange) {
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      setHeaders(exchange, reply);
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? NO_BODY : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
