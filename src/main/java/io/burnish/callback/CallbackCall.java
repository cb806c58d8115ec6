package io.burnish.callback;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;

/**
 * One POST to one address that was judged before. The host of the URL is kept for the header, for
 * SNI and for the check of the certificate; it is not resolved again. Redirects are not followed.
 */
final class CallbackCall implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** Bytes of a response that are read; the connection is closed at more. */
  private static final int LONGEST_RESPONSE = 64 * 1024;

  private final Vertx vertx;
  private final HttpClient http;

  CallbackCall(Vertx vertx) {
    this.vertx = vertx;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAlive(false)
                .setVerifyHost(true)
                .setMaxInitialLineLength(4096)
                .setConnectTimeout((int) LONGEST.toMillis()));
  }

  /**
   * Sends it and waits for the response; not on an event loop.
   *
   * @return the status
   * @throws IllegalStateException when no response comes in time; the message says why
   */
  int post(URI url, InetAddress address, Map<String, String> headers, String body) {
    boolean tls = url.getScheme().equalsIgnoreCase("https");
    int port = url.getPort() > 0 ? url.getPort() : tls ? 443 : 80;
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
            .setHost(CallbackUrls.host(url))
            .setPort(port)
            .setSsl(tls)
            .setURI(path(url))
            .setFollowRedirects(false)
            .setTimeout(LONGEST.toMillis());
    headers.forEach(options::putHeader);
    Promise<Integer> status = Promise.promise();
    long timer =
        vertx.setTimer(
            LONGEST.toMillis(),
            over ->
                status.tryFail("no complete response after %d s".formatted(LONGEST.toSeconds())));
    http.request(options)
        .compose(request -> send(request, body))
        .onSuccess(status::tryComplete)
        .onFailure(status::tryFail);
    try {
      return status.future().toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new IllegalStateException(String.valueOf(e.getCause().getMessage()), e);
    } finally {
      vertx.cancelTimer(timer);
    }
  }

  private static String path(URI url) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  private static Future<Integer> send(HttpClientRequest request, String body) {
    return request
        .send(Buffer.buffer(body))
        .compose(response -> read(request, response).map(response.statusCode()));
  }

  private static Future<Void> read(HttpClientRequest request, HttpClientResponse response) {
    Promise<Void> end = Promise.promise();
    long[] bytes = {0};
    response
        .handler(
            chunk -> {
              bytes[0] += chunk.length();
              if (bytes[0] > LONGEST_RESPONSE) {
                request.reset();
                end.tryComplete();
              }
            })
        .exceptionHandler(end::tryFail)
        .endHandler(ended -> end.tryComplete());
    return end.future();
  }

  @Override
  public void close() {
    http.close();
  }
}
