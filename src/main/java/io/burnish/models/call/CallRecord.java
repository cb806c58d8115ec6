package io.burnish.models.call;

import io.burnish.provider.fault.ProviderFault;
import io.burnish.provider.wire.ChatAnswer;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * One HTTP call that was made.
 *
 * @param id our own, for the ledger
 * @param model the model that was called
 * @param answer the answer; empty on a fault
 * @param fault why there is no answer; empty on an answer
 * @param latency from sending to the end of the answer
 */
public record CallRecord(
    UUID id,
    String model,
    Optional<ChatAnswer> answer,
    Optional<ProviderFault> fault,
    Duration latency) {}
