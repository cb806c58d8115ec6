package io.burnish.provider.fault;

import io.burnish.provider.wire.TimeLimit;

/** Timeout: no whole answer within our time limit. The provider may bill what it generated. */
public final class TimedOut extends ProviderFault {
  private static final long serialVersionUID = 1L;

  /** A call that ended at the limit. */
  public TimedOut(String model, TimeLimit limit, Throwable cause) {
    super(model, 0, message(limit), cause);
  }

  private static String message(TimeLimit limit) {
    double seconds = limit.duration().toMillis() / 1_000.0;
    return "timeout: no whole answer within %s s (%s)"
        .formatted(
            seconds == Math.rint(seconds) ? String.valueOf((long) seconds) : seconds,
            limit.setting());
  }

  @Override
  public Kind kind() {
    return Kind.TIMED_OUT;
  }
}
