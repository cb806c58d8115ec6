package io.burnish.api.body;

import io.burnish.access.caller.Caller;
import io.burnish.api.input.IdempotencyKey;
import io.burnish.api.problem.Problem;
import io.burnish.api.problem.TooManyRequestsException;
import io.burnish.api.problem.WrongMultipartException;
import io.burnish.intake.body.ClientConnection;
import io.burnish.intake.body.Spool;
import io.burnish.intake.body.SpooledBody;
import io.burnish.job.post.SubmissionPermits;
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
 * Writes request bodies to disk before a resource method starts: on the event loop, so a client
 * that sends slowly, or not at all, blocks no thread. The method starts when the body is complete
 * and the request has a submission permit. {@link Spool} limits the number of uploads, their lowest
 * rate, and their size on disk.
 *
 * <p>Bodies are decompressed when they are read from disk, not by the HTTP server ({@code
 * quarkus.http.enable-decompression}): the server decompresses a chunk of 64 kB at once, to as much
 * as 64 MB, before any limit applies. Source: Netty 4.1 JdkZlibDecoder, read 2026-11.
 */
@ApplicationScoped
class BodyIntake {

  /** Threads that write bodies; more would not make the disk faster. */
  private static final int DISK_THREADS = 4;

  private final Spool spool;
  private final BodyLimit limits;
  private final SubmissionPermits permits;
  private final CurrentVertxRequest current;
  private final Vertx vertx;
  private final WorkerExecutor disk;
  private final AtomicInteger uploads = new AtomicInteger();

  BodyIntake(
      Spool spool,
      BodyLimit limits,
      SubmissionPermits permits,
      CurrentVertxRequest current,
      Vertx vertx) {
    this.spool = spool;
    this.limits = limits;
    this.permits = permits;
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
    ClientConnection client = enter(routing);
    long limit = limits.of(routing);
    return Uni.createFrom()
        .<@Nullable Response>completionStage(
            spooled(routing, client, limit)
                .thenCompose(
                    body -> {
                      PostedBody posted = new PostedBody(spool, client, body, gzipped, limit);
                      return permit(routing, posted, key(routing, request));
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
    String encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
    return switch (encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT)) {
      case "identity", "" -> false;
      case "gzip", "x-gzip" -> true;
      default ->
          throw Problem.unsupportedMediaType(
              "Content-Encoding is not gzip; "
                  + (request.getMethod().equals(HttpMethod.POST.name())
                      ? AcceptedBodies.JOB
                      : AcceptedBodies.STATE_FILE));
    };
  }

  /** Null: not a multipart body. Sets the type in lower case, as the form reader needs it. */
  private static @Nullable String boundary(ContainerRequestContext request) {
    MediaType type = request.getMediaType();
    if (type == null || !type.isCompatible(MediaType.MULTIPART_FORM_DATA_TYPE)) {
      return null;
    }
    String boundary = type.getParameters().get("boundary");
    if (boundary == null || boundary.isEmpty() || boundary.length() > 200) {
      throw new WrongMultipartException("Content-Type has no boundary");
    }
    request
        .getHeaders()
        .putSingle(
            HttpHeaders.CONTENT_TYPE,
            MediaType.MULTIPART_FORM_DATA + "; boundary=\"" + boundary + "\"");
    return boundary;
  }

  /**
   * Requests with the same key run one at a time: the Idempotency-Key of a POST, else the method.
   */
  private static SubmissionPermits.@Nullable Key key(
      RoutingContext routing, ContainerRequestContext request) {
    String key =
        request.getMethod().equals(HttpMethod.POST.name())
            ? request.getHeaderString(IdempotencyKey.HEADER)
            : request.getMethod();
    return key == null ? null : new SubmissionPermits.Key(Caller.of(routing).owner(), key);
  }

  private ClientConnection enter(RoutingContext routing) {
    int limit = spool.uploadsAtOnce();
    if (uploads.incrementAndGet() > limit) {
      uploads.decrementAndGet();
      throw new TooManyRequestsException(
          "the limit of %,d concurrent uploads is reached (burnish.intake.uploads-at-once); nothing was stored. Try again after Retry-After"
              .formatted(limit));
    }
    ClientConnection client = new ClientConnection();
    routing.addEndHandler(
        answered -> {
          uploads.decrementAndGet();
          if (answered.failed() || !routing.response().ended()) {
            client.markDisconnected();
          }
        });
    return client;
  }

  private CompletionStage<SpooledBody> spooled(
      RoutingContext routing, ClientConnection client, long limit) {
    Future<SpooledBody> file = disk.executeBlocking(() -> spool.create(client), false);
    return file.compose(
            open ->
                new BodyReceiver(routing.request(), vertx, disk, spool, open, limit)
                    .receive(client)
                    .onFailure(failed -> close(open)))
        .toCompletionStage();
  }

  /** In another thread, because deleting a large file takes time. */
  private void close(AutoCloseable resource) {
    disk.executeBlocking(
        () -> {
          resource.close();
          return null;
        },
        false);
  }

  private CompletionStage<PostedBody> permit(
      RoutingContext routing, PostedBody posted, SubmissionPermits.@Nullable Key key) {
    CompletableFuture<SubmissionPermits.Permit> permit = permits.acquire(key).toCompletableFuture();
    routing.addEndHandler(
        answered -> {
          permit.cancel(false);
          close(posted);
        });
    return permit.thenApply(
        granted -> {
          posted.hold(granted);
          return posted;
        });
  }

  @PreDestroy
  void stop() {
    disk.close();
  }
}
