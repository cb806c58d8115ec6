package io.burnish.models;

import io.burnish.provider.ChatAnswer;
import io.burnish.provider.ProviderFault;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * One HTTP call that was made.
 *
 * @param id ours, for the ledger
 * @param model who was called
 * @param answer what came back; empty on a fault
 * @param fault why nothing came back; empty on an answer
 * @param latency from sending to the whole answer
 */
public record CallRecord(
    UUID id,
    String model,
    Optional<ChatAnswer> answer,
    Optional<ProviderFault> fault,
    Duration latency) {}
