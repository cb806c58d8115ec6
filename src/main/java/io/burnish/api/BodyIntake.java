package io.burnish.api;

import io.burnish.intake.Client;
import io.burnish.intake.Spool;
import io.burnish.intake.Spooled;
import io.burnish.job.SubmissionPermits;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Takes bodies to disk before a resource method begins: on the event loop, so that a client that
 * sends slowly, or not at all, holds no thread. A method begins when its body is whole and its turn
 * has come. How many come at the same time, how fast they must come and what they take on disk are
 * bounded ({@link Spool}).
 *
 * <p>Bodies are unpacked when they are read from disk, not by the HTTP server ({@code
 * quarkus.http.enable-decompression}): that unpacks each piece that it reads from a connection
 * whole, some 64 MB of a piece of 64 kB, before anything can count it. Source: Netty 4.1
 * JdkZlibDecoder, read 2026-11.
 */
@ApplicationScoped
class BodyIntake {

  /** Threads that write bodies; more would not make a disk faster. */
  private static final int DISK_THREADS = 4;

  private final Spool spool;
  private final BodyLimit limits;
  private final SubmissionPermits turns;
  private final CurrentVertxRequest current;
  private final Vertx vertx;
  private final WorkerExecutor disk;
  private final AtomicInteger uploads = new AtomicInteger();

  BodyIntake(
      Spool spool,
      BodyLimit limits,
      SubmissionPermits turns,
      CurrentVertxRequest current,
      Vertx vertx) {
    this.spool = spool;
    this.limits = limits;
    this.turns = turns;
    this.current = current;
    this.vertx = vertx;
    this.disk = vertx.createSharedWorkerExecutor("burnish-spool", DISK_THREADS);
  }

  @Spooling
  @ServerRequestFilter(nonBlocking = true)
  Uni<@Nullable Response> take(ContainerRequestContext request) {
    RoutingContext routing = current.getCurrent();
    boolean gzipped = gzipped(request);
    String boundary = boundary(request);
    routing.request().pause();
    Client client = enter(routing);
    long limit = limits.of(routing);
    return Uni.createFrom()
        .<@Nullable Response>completionStage(
            spooled(routing, client, limit)
                .thenCompose(
                    body -> {
                      Posted posted = new Posted(spool, client, body, gzipped, limit);
                      return turn(routing, posted, key(request));
                    })
                .thenApply(
                    posted -> {
                      posted.attach(routing, request);
                      request.setEntityStream(
                          boundary == null ? posted.stream() : posted.form(boundary));
                      return null;
                    }));
  }

  private static boolean gzipped(ContainerRequestContext request) {
    String packing = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
    return switch (packing == null ? "identity" : packing.strip().toLowerCase(Locale.ROOT)) {
      case "identity", "" -> false;
      case "gzip", "x-gzip" -> true;
      default ->
          throw Problem.unsupportedMediaType(
              "Content-Encoding is not gzip; "
                  + (request.getMethod().equals(HttpMethod.POST.name())
                      ? PostResource.TAKES
                      : TrackingResource.TAKES));
    };
  }

  /** Null: not a multipart body. The form reader knows the type in lower case only. */
  private static @Nullable String boundary(ContainerRequestContext request) {
    MediaType type = request.getMediaType();
    if (type == null || !type.isCompatible(MediaType.MULTIPART_FORM_DATA_TYPE)) {
      return null;
    }
    String boundary = type.getParameters().get("boundary");
    if (boundary == null || boundary.isEmpty() || boundary.length() > 200) {
      throw new WrongMultipartException("Content-Type names no boundary");
    }
    request
        .getHeaders()
        .putSingle(
            HttpHeaders.CONTENT_TYPE,
            MediaType.MULTIPART_FORM_DATA + "; boundary=\"" + boundary + "\"");
    return boundary;
  }

  /** Of POSTs, the key of the job; of anything else, the method: one at a time. */
  private static @Nullable String key(ContainerRequestContext request) {
    return request.getMethod().equals(HttpMethod.POST.name())
        ? request.getHeaderString(PostResource.KEY)
        : request.getMethod();
  }

  private Client enter(RoutingContext routing) {
    int most = spool.uploadsAtOnce();
    if (uploads.incrementAndGet() > most) {
      uploads.decrementAndGet();
      throw new CrowdedException(
          "%,d bodies are on their way in just now; nothing was stored. Try again in a while"
              .formatted(most));
    }
    Client client = new Client();
    routing.addEndHandler(
        answered -> {
          uploads.decrementAndGet();
          if (answered.failed() || !routing.response().ended()) {
            client.left();
          }
        });
    return client;
  }

  private CompletionStage<Spooled> spooled(RoutingContext routing, Client client, long limit) {
    Future<Spooled> file = disk.executeBlocking(() -> spool.open(client), false);
    return file.compose(
            open ->
                new Arrival(routing.request(), vertx, disk, spool, open, limit)
                    .whole(client)
                    .onFailure(failed -> close(open)))
        .toCompletionStage();
  }

  /** To free the blocks of a large file takes a while. */
  private void close(AutoCloseable resource) {
    disk.executeBlocking(
        () -> {
          resource.close();
          return null;
        },
        false);
  }

  private CompletionStage<Posted> turn(
      RoutingContext routing, Posted posted, @Nullable String key) {
    CompletableFuture<SubmissionPermits.Permit> turn = turns.acquire(key).toCompletableFuture();
    routing.addEndHandler(
        answered -> {
          turn.cancel(false);
          close(posted);
        });
    return turn.thenApply(
        mine -> {
          posted.has(mine);
          return posted;
        });
  }

  @PreDestroy
  void stop() {
    disk.close();
  }
}
