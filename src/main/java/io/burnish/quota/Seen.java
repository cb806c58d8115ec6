package io.burnish.quota;

import java.util.Optional;

public record Seen(
    Optional<Long> rpd, Optional<Long> remR, Optional<Long> tpm, Optional<Long> remT) {
  public static final Seen NOTHING =
      new Seen(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
