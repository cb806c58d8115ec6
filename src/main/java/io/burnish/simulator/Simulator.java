package io.burnish.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.burnish.simulator.Envelope.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * The look-alike's server, on the loopback address only. Can be started by itself: {@code
 * Simulator.start(SimulatorSettings.INSTANT)}. Thread-safe.
 */
public final class Simulator implements AutoCloseable {

  private static final int THREADS = 64;

  private final SimulatorSettings settings;
  private final HttpServer server;
  private final ExecutorService threads;
  private final Queue<Misbehaviour> script = new ConcurrentLinkedQueue<>();
  private final List<Trigger> triggers = new CopyOnWriteArrayList<>();
  private final List<SimulatedCall> calls = new CopyOnWriteArrayList<>();

  private record Trigger(Predicate<String> record, String model, Misbehaviour misbehaviour) {}

  private Simulator(SimulatorSettings settings) throws IOException {
    this.settings = settings;
    this.server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()), 0);
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "simulator");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/openai/v1/chat/completions", this::handle);
  }

  /**
   * Starts a look-alike.
   *
   * @throws UncheckedIOException when it can't listen
   */
  public static Simulator start(SimulatorSettings settings) {
    try {
      Simulator simulator = new Simulator(settings);
      simulator.server.start();
      return simulator;
    } catch (IOException e) {
      throw new UncheckedIOException("the simulated provider can't listen", e);
    }
  }

  /** Where it is; {@code /chat/completions} is to be added. */
  public URI uri() {
    return URI.create("http://127.0.0.1:%d/openai/v1".formatted(server.getAddress().getPort()));
  }

  /** The calls so far, oldest first. */
  public List<SimulatedCall> calls() {
    return List.copyOf(calls);
  }

  /** The next calls, one each, go wrong so. */
  public void next(Misbehaviour... misbehaviours) {
    script.addAll(List.of(misbehaviours));
  }

  /**
   * Every call that asks about such a record (as JSON) goes wrong so, until {@link #behave}. A
   * re-ask does not, except for faults of the whole call.
   */
  public void whenAsked(Predicate<String> record, Misbehaviour misbehaviour) {
    triggers.add(new Trigger(record, "", misbehaviour));
  }

  /** Every call to the model goes wrong so, until {@link #behave}. */
  public void whenCalled(String model, Misbehaviour misbehaviour) {
    triggers.add(new Trigger(record -> true, model, misbehaviour));
  }

  /** Forgets what was asked of it, and the calls so far. */
  public void behave() {
    script.clear();
    triggers.clear();
    calls.clear();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      JsonNode request = read(body);
      List<JsonNode> records = records(request);
      String model = request.path("model").asText();
      Optional<Misbehaviour> misbehaviour = misbehaviour(model, records);
      pause(
          misbehaviour.filter(Misbehaviour.SLOW::equals).isPresent()
              ? settings.slow()
              : settings.latency());
      Optional<Reply> refusal = refusal(exchange, request);
      Reply reply = refusal.orElseGet(() -> reply(model, records, body, misbehaviour));
      boolean hangUp = misbehaviour.filter(Misbehaviour.HANG_UP::equals).isPresent();
      calls.add(
          new SimulatedCall(
              Instant.now(),
              model,
              records.stream().map(JsonNode::toString).toList(),
              misbehaviour,
              hangUp ? 0 : reply.status()));
      if (!hangUp) {
        send(exchange, reply);
      }
    }
  }

  private static JsonNode read(String body) {
    try {
      return Envelope.JSON.readTree(body);
    } catch (JsonProcessingException e) {
      // Answered with 400 by the checks that follow: it has no messages.
      return Envelope.JSON.createObjectNode();
    }
  }

  private static List<JsonNode> records(JsonNode request) {
    List<JsonNode> records = new ArrayList<>();
    read(request.path("messages").path(1).path("content").asText("{}"))
        .path("records")
        .forEach(records::add);
    return records;
  }

  private Optional<Misbehaviour> misbehaviour(String model, List<JsonNode> records) {
    Optional<Misbehaviour> scripted = Optional.ofNullable(script.poll());
    return scripted.or(
        () ->
            triggers.stream()
                .filter(trigger -> trigger.model().isEmpty() || trigger.model().equals(model))
                .filter(
                    trigger -> records.stream().anyMatch(r -> trigger.record().test(r.toString())))
                .map(Trigger::misbehaviour)
                .findFirst());
  }

  private static Optional<Reply> refusal(HttpExchange exchange, JsonNode request) {
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    if (bearer == null || !bearer.startsWith("Bearer ")) {
      return Faults.of(Misbehaviour.KEY_REFUSED, "", "");
    }
    if (!request.path("messages").isArray() || request.path("messages").isEmpty()) {
      return Optional.of(
          Reply.json(
              400,
              Envelope.error(
                  "'messages' : minimum number of items is 1", "invalid_request_error")));
    }
    String format = request.path("response_format").path("type").asText();
    boolean mentioned =
        request.path("messages").toString().toLowerCase(java.util.Locale.ROOT).contains("json");
    return format.equals("json_object") && !mentioned
        ? Optional.of(
            Reply.json(
                400,
                Envelope.error(
                    "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
                    "invalid_request_error")))
        : Optional.empty();
  }

  private static Reply reply(
      String model, List<JsonNode> records, String prompt, Optional<Misbehaviour> misbehaviour) {
    ObjectNode answer = Envelope.JSON.createObjectNode();
    ArrayNode answers = answer.putArray("records");
    records.forEach(record -> answers.add(DiscountReader.answer(record)));
    String good = answer.toString();
    if (misbehaviour.isEmpty()) {
      return Envelope.completion(model, good, "stop", prompt);
    }
    Misbehaviour wrong = misbehaviour.get();
    return Faults.of(wrong, model, good)
        .orElseGet(
            () ->
                Envelope.completion(
                    model,
                    Spoiling.spoil(wrong, answer),
                    wrong == Misbehaviour.TRUNCATED ? "length" : "stop",
                    prompt));
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", reply.contentType());
    headers.set("x-ratelimit-limit-requests", "1000");
    headers.set("x-ratelimit-remaining-requests", "999");
    headers.set("x-ratelimit-reset-requests", "1m26.4s");
    headers.set("x-ratelimit-limit-tokens", "8000");
    headers.set("x-ratelimit-remaining-tokens", "7500");
    headers.set("x-ratelimit-reset-tokens", "3.75s");
    reply.headers().forEach(headers::set);
    exchange.sendResponseHeaders(reply.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
