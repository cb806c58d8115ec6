package io.burnish.api.input;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.api.problem.Problem;
import io.burnish.record.Excerpt;
import io.burnish.record.JsonText;
import io.burnish.record.MalformedJsonException;
import io.burnish.record.RecordJson;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Reads the small JSON body of a command, such as a retry, on the event loop: a slow client holds
 * no thread, and a command never waits behind an upload.
 */
@ApplicationScoped
public class CommandBody {

  /** Marks an endpoint whose body is read here before the method starts. */
  @NameBinding
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.TYPE, ElementType.METHOD})
  public @interface Command {}

  /** Bytes at most: 1,000 ids of jobs fit. */
  private static final int LIMIT = 64 * 1024;

  private static final long LONGEST_MILLIS = 10_000;

  private static final String KEY = CommandBody.class.getName();

  private final CurrentVertxRequest current;
  private final Vertx vertx;

  CommandBody(CurrentVertxRequest current, Vertx vertx) {
    this.current = current;
    this.vertx = vertx;
  }

  @Command
  @ServerRequestFilter(nonBlocking = true)
  Uni<@Nullable Response> take() {
    RoutingContext routing = current.getCurrent();
    return Uni.createFrom()
        .<@Nullable Response>completionStage(
            received(routing)
                .thenApply(
                    bytes -> {
                      routing.put(KEY, object(bytes));
                      return null;
                    }));
  }

  private CompletableFuture<byte[]> received(RoutingContext routing) {
    CompletableFuture<byte[]> complete = new CompletableFuture<>();
    Buffer body = Buffer.buffer();
    long timer =
        vertx.setTimer(
            LONGEST_MILLIS,
            over ->
                complete.completeExceptionally(
                    Problem.of(
                        "too-slow",
                        408,
                        "the body was not complete after 10 seconds; nothing was done")));
    complete.whenComplete((bytes, failure) -> vertx.cancelTimer(timer));
    routing
        .request()
        .handler(
            chunk -> {
              if (body.length() + chunk.length() > LIMIT) {
                complete.completeExceptionally(
                    Problem.tooLarge("a command may have at most %,d bytes".formatted(LIMIT)));
              } else {
                body.appendBuffer(chunk);
              }
            })
        .exceptionHandler(complete::completeExceptionally)
        .endHandler(end -> complete.complete(body.getBytes()));
    routing.request().resume();
    return complete;
  }

  private static ObjectNode object(byte[] bytes) {
    if (new String(bytes, StandardCharsets.UTF_8).isBlank()) {
      return RecordJson.object();
    }
    try {
      check(bytes);
    } catch (MalformedJsonException e) {
      throw Problem.malformed("the body: " + e.getMessage(), e.line(), e.column());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    JsonNode node;
    try {
      node = RecordJson.read(new String(bytes, StandardCharsets.UTF_8).replace("\uFEFF", ""));
    } catch (IllegalArgumentException e) {
      throw Problem.malformed("the body has a number that is too large to be read", 0, 0);
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw Problem.invalid(new Problem.Violation("the body", "must be a JSON object")).build();
  }

  /** Reads the text to its end, so that an error in it has our own words. */
  private static void check(byte[] bytes) throws IOException {
    JsonText.Source source =
        from -> new ByteArrayInputStream(bytes, (int) from, bytes.length - (int) from);
    try (JsonText text = JsonText.check(source, LIMIT)) {
      Deque<Set<String>> names = new ArrayDeque<>();
      int depth = 0;
      boolean ended = false;
      for (JsonToken token = text.next(); token != null; token = text.next()) {
        if (ended) {
          throw text.malformed("one JSON value is enough; more follows", text.tokenStart());
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        checkName(text, token, names);
        ended = depth == 0;
      }
    }
  }

  private static void checkName(JsonText text, JsonToken token, Deque<Set<String>> names)
      throws IOException {
    String value = text.text();
    if (token == JsonToken.START_OBJECT) {
      names.push(new HashSet<>());
    } else if (token == JsonToken.END_OBJECT) {
      names.pop();
    } else if (token == JsonToken.FIELD_NAME && !names.element().add(value)) {
      throw text.malformed(
          "the name \"%s\" is given twice in one object".formatted(Excerpt.of(value)),
          text.tokenStart());
    }
  }

  /** The body of this request; empty when none was sent. */
  public static ObjectNode of(RoutingContext routing) {
    ObjectNode body = routing.get(KEY);
    if (body == null) {
      throw new IllegalStateException("the body of this request was not read");
    }
    return body;
  }
}
