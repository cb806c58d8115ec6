package io.burnish.quota;

import java.time.Duration;
import java.util.Optional;

public record Refusal(
    String dimension,
    Optional<Double> limit,
    Optional<Double> used,
    Optional<Double> requested,
    Optional<Duration> waitTime) {}
