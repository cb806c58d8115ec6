package io.burnish.quota;

import java.time.Duration;
import java.util.Optional;

public record Grant(int calls, Duration waitTime, Optional<String> waitingFor, boolean tooLarge) {}
