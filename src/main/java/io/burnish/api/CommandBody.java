package io.burnish.api;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.record.RecordJson;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Reads the small JSON body of a command, such as a retry, on the event loop: a slow client holds
 * no thread, and a command never waits behind an upload.
 */
@ApplicationScoped
class CommandBody {

  /** Marks an endpoint whose body is read here before the method starts. */
  @NameBinding
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.TYPE, ElementType.METHOD})
  @interface Command {}

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
    String text = utf8(bytes);
    if (text.isBlank()) {
      return RecordJson.object();
    }
    JsonNode node;
    try {
      node = RecordJson.read(text);
    } catch (IllegalArgumentException e) {
      JsonParseException cause = e.getCause() instanceof JsonParseException at ? at : null;
      throw Problem.malformed(
          "the body is " + e.getMessage(),
          cause == null ? 0 : cause.getLocation().getLineNr(),
          cause == null ? 0 : cause.getLocation().getColumnNr());
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw Problem.invalid(new Problem.Violation("the body", "must be a JSON object")).build();
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw Problem.malformed("the body is not UTF-8", 0, 0);
    }
  }

  /** The body of this request; empty when none was sent. */
  static ObjectNode of(RoutingContext routing) {
    ObjectNode body = routing.get(KEY);
    if (body == null) {
      throw new IllegalStateException("the body of this request was not read");
    }
    return body;
  }
}
