package io.burnish.provider.response;

import io.burnish.provider.fault.ProviderFault;
import io.burnish.provider.fault.TimedOut;
import io.burnish.provider.fault.Unreachable;
import io.burnish.provider.wire.TimeLimit;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Maps the exception that ended a call without a whole response to its fault. Not thread-safe. */
public final class ConnectionFaults {

  private static final String READ_TIMEOUT = "burnish.provider.read-timeout";

  /** How the HTTP client and the operating system report that the peer closed a connection. */
  private static final Pattern CLOSED = Pattern.compile("closed|reset|Broken pipe");

  private final String model;
  private final TimeLimit limit;
  private final TimeLimit silence;
  private boolean hasResponse;

  /** For a call that begins now. */
  public ConnectionFaults(String model, TimeLimit limit, Duration readTimeout) {
    this.model = model;
    this.limit = limit;
    this.silence = TimeLimit.begin(readTimeout, READ_TIMEOUT);
  }

  /** The head of a response is here. */
  public void responseBegan() {
    hasResponse = true;
  }

  /** The fault of a call that got no response. */
  public ProviderFault fault(Exception e) {
    Throwable root = root(e);
    boolean interrupted =
        root instanceof InterruptedException || root instanceof InterruptedIOException;
    if (interrupted && limit.isOver()) {
      return new TimedOut(model, limit, e);
    }
    if (root instanceof TimeoutException || (!interrupted && silence.isOver())) {
      return new TimedOut(model, silence, e);
    }
    String message = "no response: " + root.getClass().getSimpleName() + ": " + root.getMessage();
    if (isNotConnected(root)) {
      return Unreachable.notConnected(model, message, e);
    }
    return !hasResponse && isClosed(root)
        ? Unreachable.closed(model, message, e)
        : new Unreachable(model, message, e);
  }

  private static Throwable root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** Netty's connect timeout is a ConnectException, too. */
  private static boolean isNotConnected(Throwable root) {
    return root instanceof ConnectException
        || root instanceof NoRouteToHostException
        || root instanceof UnknownHostException;
  }

  private static boolean isClosed(Throwable root) {
    boolean closed =
        root instanceof ClosedChannelException
            || CLOSED.matcher(String.valueOf(root.getMessage())).find();
    return root instanceof HttpClosedException
        || (root instanceof IOException && !(root instanceof ConnectException) && closed);
  }
}
