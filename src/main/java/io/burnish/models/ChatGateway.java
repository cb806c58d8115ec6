package io.burnish.models;

import io.burnish.provider.ChatAnswer;
import io.burnish.provider.ChatRequest;
import io.burnish.provider.GroqClient;
import io.burnish.provider.Overloaded;
import io.burnish.provider.ProviderFault;
import io.burnish.provider.Unreachable;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.faulttolerance.api.CustomBackoff;
import io.smallrye.faulttolerance.api.RetryWhen;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/**
 * One question to one model, and from there down the chain. The annotations own what a single call
 * can do: short waits, a retry or two, the next model. Everything longer is a row in the queue.
 * Their values come from {@code application.properties}.
 *
 * <p>A circuit breaker's state belongs to a class, and the troubles of one model must not close
 * another: so each place in the order of preference is a class of its own ({@link ModelPlaces}).
 */
public abstract class ChatGateway {

  private final Call with;

  ChatGateway(Call with) {
    this.with = with;
  }

  /** What a gateway works with. */
  record Call(
      GroqClient client,
      ModelChain chain,
      CallQuota quota,
      MeterRegistry meters,
      java.util.function.Function<String, ChatGateway> others) {}

  /**
   * Asks the call's model and, when that can't answer, the next ones.
   *
   * @throws ProviderFault the last model's fault, when none could answer
   * @throws CallNotWantedException when the answer was not wanted any more
   */
  @Timeout
  @Retry
  @RetryWhen(exception = ShortAndTransient.class)
  @CustomBackoff(ProviderWait.class)
  @CircuitBreaker(failOn = {Overloaded.class, Unreachable.class, TimeoutException.class})
  @Fallback(fallbackMethod = "askNextModel")
  public ChatAnswer complete(ChatCall call) {
    if (!call.wanted().getAsBoolean()) {
      throw new CallNotWantedException(call.model());
    }
    with.quota().hold(call);
    long start = System.nanoTime();
    try {
      ChatAnswer answer = with.client().complete(ChatRequest.of(call.model(), call.prompt()));
      with.quota().settle(call, answer);
      write(call, Optional.of(answer), Optional.empty(), start);
      with.chain().answered(call.model());
      return answer;
    } catch (ProviderFault fault) {
      with.quota().release(call, fault);
      write(call, Optional.empty(), Optional.of(fault), start);
      with.chain().faulted(call.model(), fault);
      throw fault;
    }
  }

  /**
   * What happens when a model can't answer: whatever is wrong with it, the next one may not have
   * it.
   */
  ChatAnswer askNextModel(ChatCall call, Throwable cause) {
    with.quota().release(call);
    ProviderFault fault = fault(call, cause);
    if (fault.anotherModelMayAnswer() && !betterDivided(call, fault)) {
      Set<String> tried = new HashSet<>(call.tried());
      tried.add(call.model());
      Optional<String> next = with.chain().next(tried);
      if (next.isPresent()) {
        return with.others().apply(next.get()).complete(call.to(next.get()));
      }
    }
    throw fault;
  }

  /** What is too large for one model is made smaller, not carried to the next. */
  private static boolean betterDivided(ChatCall call, ProviderFault fault) {
    return call.divisible()
        && (fault.kind() == ProviderFault.Kind.TOO_LARGE
            || fault.kind() == ProviderFault.Kind.REFUSED);
  }

  private static ProviderFault fault(ChatCall call, Throwable cause) {
    if (cause instanceof ProviderFault fault) {
      return fault;
    }
    if (cause instanceof TimeoutException) {
      return new Unreachable(call.model(), "no answer within the time limit", cause);
    }
    if (cause instanceof CircuitBreakerOpenException) {
      return new Overloaded(
          call.model(), "too many calls failed just now; the circuit breaker is open", cause);
    }
    if (cause instanceof RuntimeException unexpected) {
      throw unexpected;
    }
    throw new IllegalStateException("a call ended in a way nobody foresaw", cause);
  }

  private void write(
      ChatCall call, Optional<ChatAnswer> answer, Optional<ProviderFault> fault, long start) {
    Duration latency = Duration.ofNanos(System.nanoTime() - start);
    with.meters()
        .timer(
            "burnish.provider.calls",
            "model",
            call.model(),
            "outcome",
            fault.map(f -> f.kind().word()).orElse("answered"))
        .record(latency);
    call.calls().add(new CallRecord(newId(), call.model(), answer, fault, latency));
  }

  /** Ordered by time, so that the newest calls lie together in the ledger's indexes. */
  private static UUID newId() {
    return UuidVersion7Strategy.INSTANCE.generateUuid(null);
  }
}
