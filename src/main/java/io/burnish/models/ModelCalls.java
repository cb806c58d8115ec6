package io.burnish.models;

import io.burnish.metrics.CallMeters;
import io.burnish.models.call.CallRecord;
import io.burnish.models.call.ChatCall;
import io.burnish.models.health.Capabilities;
import io.burnish.provider.GroqClient;
import io.burnish.provider.fault.ProviderFault;
import io.burnish.provider.fault.Throttled;
import io.burnish.provider.fault.Unreachable;
import io.burnish.provider.fault.Unsupported;
import io.burnish.provider.wire.ChatAnswer;
import io.burnish.provider.wire.ChatRequest;
import io.burnish.provider.wire.RequestField;
import io.burnish.provider.wire.TimeLimit;
import io.burnish.traces.CallSpan;
import io.burnish.traces.Traces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/**
 * Sends a call to one model. It is repeated at once, without a retry, when the model refuses a
 * field that can be left out, and once when the peer closed an idle connection as it was used.
 * Every HTTP call is recorded in the {@link ChatCall}. Thread-safe.
 */
@Singleton
class ModelCalls {

  /** One for each field that can be left out. */
  private static final int MOST_REPEATS = 6;

  private final GroqClient client;
  private final ModelChain chain;
  private final Capabilities capabilities;
  private final CallMeters meters;
  private final Traces traces;

  ModelCalls(
      GroqClient client,
      ModelChain chain,
      Capabilities capabilities,
      CallMeters meters,
      Traces traces) {
    this.traces = traces;
    this.client = client;
    this.chain = chain;
    this.capabilities = capabilities;
    this.meters = meters;
  }

  /**
   * Sends the call to its model.
   *
   * @param limit for all HTTP calls together, running already
   */
  ChatAnswer send(ChatCall call, TimeLimit limit) {
    Set<RequestField> leftOut = EnumSet.noneOf(RequestField.class);
    boolean reconnected = false;
    for (int repeats = 0; ; repeats++) {
      try {
        leftOut.addAll(capabilities.leftOut(call.model()));
        ChatRequest request = ChatRequest.of(call.model(), call.prompt(), leftOut);
        return sendOnce(call, request, limit, reconnected);
      } catch (Unsupported fault) {
        if (repeats == MOST_REPEATS || !leftOut.add(fault.field())) {
          throw fault.asRefused();
        }
        capabilities.leaveOut(call.model(), fault.field(), String.valueOf(fault.getMessage()));
      } catch (Unreachable fault) {
        // An unhealthy model is probed by one HTTP call at a time.
        if (!fault.closedBeforeResponse()
            || reconnected
            || !chain.isHealthy(call.model())
            || !call.guard().holdsLease()) {
          throw fault;
        }
        reconnected = true;
      }
    }
  }

  private ChatAnswer sendOnce(
      ChatCall call, ChatRequest request, TimeLimit limit, boolean reconnected) {
    long start = System.nanoTime();
    try (CallSpan span = traces.call(call.model(), call.prompt().maxCompletionTokens())) {
      try {
        ChatAnswer answer =
            reconnected
                ? client.completeOnNewConnection(request, limit)
                : client.complete(request, limit);
        record(call, Optional.of(answer), Optional.empty(), start);
        billed(span, answer);
        return answer;
      } catch (ProviderFault fault) {
        record(call, Optional.empty(), Optional.of(fault), start);
        fault.billedAnswer().ifPresent(answer -> billed(span, answer));
        span.failed(fault.kind().word(), fault.httpStatus());
        throw fault;
      }
    }
  }

  private static void billed(CallSpan span, ChatAnswer answer) {
    span.billed(
        answer.model(),
        answer.requestId(),
        answer.promptTokens(),
        answer.cachedTokens(),
        answer.completionTokens());
  }

  private void record(
      ChatCall call, Optional<ChatAnswer> answer, Optional<ProviderFault> fault, long start) {
    Duration latency = Duration.ofNanos(System.nanoTime() - start);
    call.calls().add(new CallRecord(newId(), call.model(), answer, fault, latency));
    meters.called(call.model(), fault.map(f -> f.kind().word()).orElse("answered"), latency);
    // An unusable answer costs tokens, too.
    answer
        .or(() -> fault.flatMap(ProviderFault::billedAnswer))
        .ifPresent(
            paid ->
                meters.billed(
                    call.model(),
                    paid.promptTokens(),
                    paid.cachedTokens(),
                    paid.completionTokens()));
    if (fault.orElse(null) instanceof Throttled throttled) {
      meters.throttled(call.model(), throttled.dimension().name().toLowerCase(Locale.ROOT));
    }
  }

  /** Ordered by time, so that the newest calls lie together in the ledger's indexes. */
  private static UUID newId() {
    return UuidVersion7Strategy.INSTANCE.generateUuid(null);
  }
}
