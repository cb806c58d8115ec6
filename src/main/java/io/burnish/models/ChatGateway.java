package io.burnish.models;

import io.burnish.models.call.ChatCall;
import io.burnish.models.call.LeaseLostException;
import io.burnish.models.call.RetryAfterBackoff;
import io.burnish.models.call.RetryableFault;
import io.burnish.models.health.HealthTracker.EndedCall;
import io.burnish.provider.fault.ProviderFault;
import io.burnish.provider.fault.TimedOut;
import io.burnish.provider.wire.ChatAnswer;
import io.smallrye.faulttolerance.api.CustomBackoff;
import io.smallrye.faulttolerance.api.RetryWhen;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * Calls a model, and falls back along the model chain. The annotations cover one call: timeout,
 * short waits, retry, fallback; everything longer is a row in the queue. Their values come from
 * {@code application.properties}.
 *
 * <p>The cooldown of a model is its circuit breaker: while it lasts, no call is sent to the model;
 * after it, one call probes the model. Only the call that began a cooldown may be retried at once.
 */
@Singleton
public class ChatGateway {

  private final ModelChain chain;
  private final CallQuota quota;
  private final ModelCalls calls;
  private final CallTimeout timeout;
  private final Instance<ChatGateway> self;

  ChatGateway(
      ModelChain chain,
      CallQuota quota,
      ModelCalls calls,
      CallTimeout timeout,
      Instance<ChatGateway> self) {
    this.chain = chain;
    this.quota = quota;
    this.calls = calls;
    this.timeout = timeout;
    this.self = self;
  }

  /**
   * Calls the model of the call and, if it cannot answer, the next ones.
   *
   * @throws ProviderFault the last model's fault, when none could answer
   * @throws LeaseLostException when the lease is lost; no HTTP call is made then
   */
  @Timeout
  @Retry
  @RetryWhen(exception = RetryableFault.class)
  @CustomBackoff(RetryAfterBackoff.class)
  @Fallback(fallbackMethod = "askNextModel")
  public ChatAnswer complete(ChatCall call) {
    begin(call);
    EndedCall ended = new EndedCall(chain.now(), call.divisible());
    boolean settled = false;
    try {
      // Recorded at once, so that a billed answer is in the ledger whatever fails afterwards.
      ChatAnswer answer = calls.send(call, timeout.begin());
      chain.answered(call.model());
      settled = true;
      quota.settle(call, answer);
      return answer;
    } catch (ProviderFault fault) {
      settled = true;
      if (!chain.faulted(call.model(), fault, ended)) {
        fault.forbidRetry();
      }
      quota.settle(call, fault);
      throw fault;
    } finally {
      if (!settled) {
        notSent(call);
      }
    }
  }

  /**
   * An admitted call is counted and has its tokens; a retry or a fallback needs both first. The
   * guard comes last, so that it reserves for calls only that are sent.
   */
  private void begin(ChatCall call) {
    boolean admitted = call.reserved().get() > 0;
    boolean leaseHeld = call.guard().holdsLease();
    if (admitted && (!leaseHeld || chain.isCoolingDown(call.model()))) {
      notSent(call);
    }
    if (!leaseHeld) {
      throw new LeaseLostException(call.model());
    }
    if (admitted ? chain.isCoolingDown(call.model()) : !chain.tryBegin(call.model())) {
      throw chain.unavailable(call.model());
    }
    boolean reserved = false;
    try {
      quota.reserve(call);
      call.guard().reserve(call, quota.mostPromptTokens(call), call.prompt().maxCompletionTokens());
      reserved = true;
    } finally {
      if (!reserved) {
        notSent(call);
      }
    }
  }

  private void notSent(ChatCall call) {
    chain.notSent(call.model(), 1);
    quota.refund(call);
  }

  /** The fallback: the next model may answer what this one cannot. */
  ChatAnswer askNextModel(ChatCall call, Throwable cause) {
    Optional<ChatAnswer> late = call.lastAnswerOf(call.model());
    if (late.isPresent()) {
      // It came at the moment of the timeout, and is billed.
      return late.get();
    }
    ProviderFault fault = fault(call, cause);
    if (fault.anotherModelMayAnswer() && !isSplitFirst(call, fault)) {
      Set<String> notNext = new HashSet<>(call.tried());
      notNext.add(call.model());
      chain.models().stream().filter(model -> !call.guard().mayAsk(model)).forEach(notNext::add);
      Optional<String> next = chain.next(notNext);
      if (next.isPresent()) {
        chain.fellBack(call.model(), fault);
        return self.get().complete(call.to(next.get()));
      }
    }
    throw fault;
  }

  /** A call that is too large for one model is split instead of sent to the next. */
  private static boolean isSplitFirst(ChatCall call, ProviderFault fault) {
    return call.divisible()
        && switch (fault.kind()) {
          case TOO_LARGE, REFUSED, UNSUPPORTED, TIMED_OUT -> true;
          case THROTTLED, OVERLOADED, GONE, TRUNCATED, UNUSABLE, UNREACHABLE -> false;
        };
  }

  private ProviderFault fault(ChatCall call, Throwable cause) {
    if (cause instanceof ProviderFault fault) {
      return fault;
    }
    if (cause instanceof TimeoutException) {
      return call.lastFaultOf(call.model())
          .filter(TimedOut.class::isInstance)
          .orElseGet(() -> new TimedOut(call.model(), timeout.begin(), cause));
    }
    if (cause instanceof RuntimeException unexpected) {
      throw unexpected;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException(
        "a call ended with an exception that it does not declare", cause);
  }
}
