package io.burnish.api.body;

import io.burnish.api.problem.TooSlowException;
import io.burnish.intake.body.ClientConnection;
import io.burnish.intake.body.ClientDisconnectedException;
import io.burnish.intake.body.Spool;
import io.burnish.intake.body.SpooledBody;
import io.burnish.intake.body.TooLargeException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/**
 * Writes one request body to disk. Another thread writes each chunk, and the next chunk is read
 * only after that, so at most one chunk is in memory; between chunks no thread is in use. Runs on
 * the event loop of the connection.
 */
final class BodyReceiver {

  private final HttpServerRequest request;
  private final Vertx vertx;
  private final WorkerExecutor disk;
  private final Spool spool;
  private final SpooledBody file;
  private final long limit;
  private final Promise<SpooledBody> complete = Promise.promise();
  private Future<Void> written = Future.succeededFuture();
  private boolean done;
  private boolean writing;
  private long received;
  private long receivedBefore;
  private long timer;

  /**
   * @param file receives the body; empty
   * @param limit of the body, in bytes
   */
  BodyReceiver(
      HttpServerRequest request,
      Vertx vertx,
      WorkerExecutor disk,
      Spool spool,
      SpooledBody file,
      long limit) {
    this.request = request;
    this.vertx = vertx;
    this.disk = disk;
    this.spool = spool;
    this.file = file;
    this.limit = limit;
  }

  /**
   * Starts to read.
   *
   * @return completed with the file when the body is complete; fails with {@link
   *     TooLargeException}, {@link io.burnish.intake.body.InsufficientStorageException}, {@link
   *     ClientDisconnectedException} or {@link TooSlowException}, and the caller closes the file
   */
  Future<SpooledBody> receive(ClientConnection client) {
    if (client.isDisconnected()) {
      fail(new ClientDisconnectedException(new ClosedChannelException()));
    } else {
      begin();
    }
    return complete.future();
  }

  private void begin() {
    if (request.isEnded()) {
      end();
      return;
    }
    request.handler(this::receive);
    request.endHandler(ended -> end());
    request.exceptionHandler(broken -> fail(new ClientDisconnectedException(broken)));
    timer = vertx.setPeriodic(spool.rateOver().toMillis(), measured -> measureRate());
    if (request.getHeader(HttpHeaders.EXPECT) != null) {
      request.response().writeContinue();
    }
    request.resume();
  }

  private void receive(Buffer chunk) {
    if (done) {
      return;
    }
    received += chunk.length();
    if (received > limit) {
      fail(TooLargeException.ofBody(limit));
      return;
    }
    request.pause();
    writing = true;
    written =
        written
            .compose(before -> disk.<Void>executeBlocking(() -> write(chunk), true))
            .onSuccess(ended -> resume())
            .onFailure(this::fail);
  }

  private Void write(Buffer chunk) {
    file.write(ByteBuffer.wrap(chunk.getBytes()));
    return null;
  }

  private void resume() {
    writing = false;
    if (!done) {
      request.resume();
    }
  }

  private void end() {
    written.onSuccess(ended -> finish());
  }

  private void finish() {
    if (!done) {
      done = true;
      vertx.cancelTimer(timer);
      spool.received(received);
      complete.complete(file);
    }
  }

  /** A body that waits for the local disk is not slow. */
  private void measureRate() {
    boolean slow = received - receivedBefore < spool.leastBytes();
    receivedBefore = received;
    if (slow && !writing) {
      fail(new TooSlowException(spool.leastBytes(), spool.rateOver()));
    }
  }

  /** Fails after the current write, because the caller then closes the file. */
  private void fail(Throwable cause) {
    if (done) {
      return;
    }
    done = true;
    vertx.cancelTimer(timer);
    written.onComplete(ended -> complete.fail(cause));
  }
}
