package io.burnish.api.mapping;

import io.vertx.core.http.HttpClosedException;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.stream.Stream;

/** Tells a client that closed its connection during a response from an error of the service. */
final class ClientLeft {

  private static final String NETTY = "io.netty.";

  private ClientLeft() {}

  /**
   * Whether a response failed because its connection is closed. Channels of files and of the
   * database are closed by exceptions of other packages. Source: Netty's exceptions without a
   * stack, such as {@code StacklessClosedChannelException}, are not public.
   */
  static boolean is(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(
            cause ->
                cause instanceof HttpClosedException
                    || (cause instanceof ClosedChannelException
                        && cause.getClass().getName().startsWith(NETTY)));
  }
}
