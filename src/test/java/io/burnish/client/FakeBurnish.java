package io.burnish.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.burnish.record.RecordJson;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers as Burnish does, as far as the client asks: a job is done when it was asked for as often
 * as {@link #polls} says, its records succeed, those with {@code "fails"} fail with that code.
 */
final class FakeBurnish implements AutoCloseable {

  private static final Pattern FILE_NAME =
      Pattern.compile("name=\"file\"; filename(?:=\"([^\"]*)\"|\\*=UTF-8''(\\S*))");

  /** What is answered instead, one request after another. */
  record Instead(String method, int status, Map<String, String> headers, String body) {}

  /** A request that came. */
  record Seen(String method, String path, String key, String body) {}

  private record Job(String id, String terms, String body, Map<String, String> files) {}

  private final HttpServer server;
  private final Map<String, Job> byKey = new LinkedHashMap<>();
  private final Deque<Instead> instead = new ArrayDeque<>();
  private final List<Seen> seen = new ArrayList<>();
  private final List<String> authorizations = new ArrayList<>();
  private int polls;
  private boolean cutsNextDownload;
  private boolean pausesByBudget;

  static {
    // Else each small answer waits 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** A service on a free port of this machine. */
  static FakeBurnish start() throws IOException {
    return new FakeBurnish(HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0));
  }

  FakeBurnish(HttpServer server) {
    this.server = server;
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** How often a job is asked for before it is done. */
  FakeBurnish polls(int times) {
    polls = times;
    return this;
  }

  /** Jobs with a budget are paused by it, not done. */
  FakeBurnish pausesByBudget() {
    pausesByBudget = true;
    return this;
  }

  /** Has the next request of a method answered otherwise. */
  FakeBurnish instead(String method, int status, Map<String, String> headers, String body) {
    instead.add(new Instead(method, status, headers, body));
    return this;
  }

  FakeBurnish cutsNextDownload() {
    cutsNextDownload = true;
    return this;
  }

  List<Seen> seen(String method, String path) {
    return seen.stream()
        .filter(request -> request.method().equals(method) && request.path().startsWith(path))
        .toList();
  }

  /** The header Authorization of each request; "null": none. */
  List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  /** File names of all jobs, as they came. */
  List<String> names() {
    return byKey.values().stream().flatMap(job -> job.files().keySet().stream()).toList();
  }

  int jobs() {
    return byKey.size();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      String path = exchange.getRequestURI().getRawPath();
      String query = exchange.getRequestURI().getRawQuery();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String key = String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
      authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      seen.add(new Seen(method, query == null ? path : path + "?" + query, key, body));
      Instead first = instead.peek();
      if (first != null && first.method().equals(method)) {
        instead.remove();
        first.headers().forEach(exchange.getResponseHeaders()::set);
        send(exchange, first.status(), first.body());
      } else if (method.equals("POST")) {
        post(exchange, key, body);
      } else if (path.startsWith("/jobs/")) {
        get(exchange, path, query == null ? "" : query);
      } else {
        send(exchange, 200, path.endsWith("/state") ? "{\"processed_discounts\":[]}" : "{}");
      }
    }
  }

  private void post(HttpExchange exchange, String key, String body) throws IOException {
    Job job = parse(body, String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")));
    Job before = byKey.putIfAbsent(key, job);
    if (before != null && !before.body().equals(job.body())) {
      exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
      send(
          exchange,
          422,
          "{\"type\":\"urn:burnish:problem:idempotency-key-reused\",\"detail\":\"was used\"}");
      return;
    }
    send(exchange, 202, view(before == null ? job : before));
  }

  private Job parse(String body, String contentType) {
    String boundary = "--" + contentType.replaceFirst(".*boundary=", "");
    Map<String, String> files = new LinkedHashMap<>();
    String terms = "";
    for (String part : body.split(Pattern.quote(boundary))) {
      int end = part.indexOf("\r\n\r\n");
      Matcher name = FILE_NAME.matcher(part);
      String content = end < 0 ? "" : part.substring(end + 4).stripTrailing();
      if (part.contains("name=\"job\"")) {
        terms = content;
      } else if (name.find()) {
        files.put(
            name.group(1) != null
                ? name.group(1)
                : URLDecoder.decode(name.group(2), StandardCharsets.UTF_8),
            content);
      }
    }
    return new Job("job-" + (byKey.size() + 1), terms, terms + files, files);
  }

  private String view(Job job) {
    ObjectNode view = RecordJson.object();
    // Another order than the service has, and fields that the client does not know.
    ArrayNode files = view.putArray("files");
    int total = 0;
    int allFailed = 0;
    for (Map.Entry<String, String> file : job.files().entrySet()) {
      ObjectNode shown = files.addObject();
      boolean broken = !file.getValue().startsWith("[");
      JsonNode records = broken ? RecordJson.read("[]") : RecordJson.read(file.getValue());
      int failed = records.findValues("fails").size();
      total += records.size();
      allFailed += failed;
      shown.put("state", broken ? "rejected" : "accepted").put("name", file.getKey());
      shown.putObject("counts").put("total", records.size()).put("failed", failed);
      String query = "?file=" + URLEncoder.encode(file.getKey(), StandardCharsets.UTF_8);
      ObjectNode links = shown.putObject("links");
      links.put("failures", "/jobs/%s/failures%s".formatted(job.id(), query));
      links.put("results", "/jobs/%s/results%s".formatted(job.id(), query));
    }
    boolean done = polls <= 0;
    view.put("outcome", done ? allFailed == 0 ? "succeeded" : "partial" : null);
    view.put("state", done ? "completed" : "running").put("new", 1).put("id", job.id());
    view.putObject("counts")
        .put("failed", allFailed)
        .put("pending", done ? 0 : total)
        .put("succeeded", done ? total - allFailed : 0)
        .put("total", total);
    if (pausesByBudget && job.terms().contains("maxCost")) {
      view.put("state", "paused")
          .putNull("outcome")
          .putObject("waitingFor")
          .put("reason", "budget");
    }
    return RecordJson.write(view);
  }

  private void get(HttpExchange exchange, String path, String query) throws IOException {
    String[] parts = path.split("/");
    Job job =
        byKey.values().stream()
            .filter(known -> known.id().equals(parts[2]))
            .findFirst()
            .orElse(null);
    if (job == null) {
      send(exchange, 404, "{\"detail\":\"there is no such job\"}");
    } else if (parts.length == 3) {
      polls--;
      boolean text = "text/plain".equals(exchange.getRequestHeaders().getFirst("Accept"));
      send(exchange, 200, text ? "Job %s: done\n".formatted(job.id()) : view(job));
    } else {
      String name =
          URLDecoder.decode(
              query.replaceFirst("^file=", "").replaceFirst("&.*", ""), StandardCharsets.UTF_8);
      download(exchange, parts[3], query, RecordJson.read(job.files().get(name)));
    }
  }

  private void download(HttpExchange exchange, String what, String query, JsonNode records)
      throws IOException {
    ArrayNode list = RecordJson.object().putArray("list");
    for (JsonNode record : records) {
      boolean failed = record.has("fails");
      if (failed == what.equals("failures")) {
        ObjectNode failure = RecordJson.object();
        failure.set("record", record);
        failure.set("code", record.path("fails"));
        list.add(failed && !query.contains("format=records") ? failure : record);
      }
    }
    String text = RecordJson.write(list);
    if (cutsNextDownload) {
      cutsNextDownload = false;
      exchange.sendResponseHeaders(200, text.length() + 100L);
      exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
      return;
    }
    send(exchange, 200, text);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
