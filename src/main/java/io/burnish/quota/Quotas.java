package io.burnish.quota;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.*;

@Singleton
public class Quotas {
  public void open(List<String> models) {}

  public Grant reserve(String model, int calls, long tokensEach) {
    return new Grant(calls, Duration.ZERO, Optional.empty(), false);
  }

  public Optional<Long> largest(String model) {
    return Optional.empty();
  }

  public void refund(String model, int calls, long tokens) {}

  public void settle(String model, long reserved, long used, Seen seen) {}

  public void refused(String model, long reserved, Refusal refusal) {}

  public void unanswered(String model, long reserved, boolean maybe) {}

  public void pause(String model, Duration d, String why) {}
}
