package io.burnish.api;

import io.burnish.intake.ClientConnection;
import io.burnish.intake.ClientDisconnectedException;
import io.burnish.intake.Spool;
import io.burnish.intake.SpooledBody;
import io.burnish.intake.TooLargeException;
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
 * A body on its way to the disk. Each piece is written by a thread of the disk's own, and no
 * further piece is read from the connection meanwhile, so that at most one is in memory; between
 * pieces no thread is held. Runs on the event loop of its connection.
 */
final class Arrival {

  private final HttpServerRequest request;
  private final Vertx vertx;
  private final WorkerExecutor disk;
  private final Spool spool;
  private final SpooledBody file;
  private final long limit;
  private final Promise<SpooledBody> whole = Promise.promise();
  private Future<Void> written = Future.succeededFuture();
  private boolean over;
  private boolean writing;
  private long received;
  private long receivedBefore;
  private long timer;

  /**
   * @param file that takes the body, empty
   * @param limit of the body, in bytes
   */
  Arrival(
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
   * Reads it.
   *
   * @return completed with the file when the body is whole; fails with {@link TooLargeException},
   *     {@link io.burnish.intake.InsufficientStorageException}, {@link ClientDisconnectedException}
   *     or {@link TooSlowException}, and the caller closes the file
   */
  Future<SpooledBody> whole(ClientConnection client) {
    if (client.isDisconnected()) {
      fail(new ClientDisconnectedException(new ClosedChannelException()));
    } else {
      begin();
    }
    return whole.future();
  }

  private void begin() {
    if (request.isEnded()) {
      end();
      return;
    }
    request.handler(this::take);
    request.endHandler(ended -> end());
    request.exceptionHandler(broken -> fail(new ClientDisconnectedException(broken)));
    timer = vertx.setPeriodic(spool.rateOver().toMillis(), measured -> measure());
    if (request.getHeader(HttpHeaders.EXPECT) != null) {
      request.response().writeContinue();
    }
    request.resume();
  }

  private void take(Buffer piece) {
    if (over) {
      return;
    }
    received += piece.length();
    if (received > limit) {
      fail(TooLargeException.ofBody(limit));
      return;
    }
    request.pause();
    writing = true;
    written =
        written
            .compose(before -> disk.<Void>executeBlocking(() -> write(piece), true))
            .onSuccess(done -> goOn())
            .onFailure(this::fail);
  }

  private Void write(Buffer piece) {
    file.write(ByteBuffer.wrap(piece.getBytes()));
    return null;
  }

  private void goOn() {
    writing = false;
    if (!over) {
      request.resume();
    }
  }

  private void end() {
    written.onSuccess(done -> finish());
  }

  private void finish() {
    if (!over) {
      over = true;
      vertx.cancelTimer(timer);
      whole.complete(file);
    }
  }

  /** A body that waits for our own disk is not slow. */
  private void measure() {
    boolean slow = received - receivedBefore < spool.leastBytes();
    receivedBefore = received;
    if (slow && !writing) {
      fail(new TooSlowException(spool.leastBytes(), spool.rateOver()));
    }
  }

  /** The file is closed by the caller, after what is being written is. */
  private void fail(Throwable cause) {
    if (over) {
      return;
    }
    over = true;
    vertx.cancelTimer(timer);
    written.onComplete(done -> whole.fail(cause));
  }
}
