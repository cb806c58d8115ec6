package io.burnish.models;

import io.burnish.models.HealthTracker.EndedCall;
import io.burnish.provider.ChatAnswer;
import io.burnish.provider.ProviderFault;
import io.burnish.provider.TimedOut;
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
 * One question to one model, and from there down the chain. The annotations own what a single call
 * can do: short waits, a retry or two, the next model. Everything longer is a row in the queue.
 * Their values come from {@code application.properties}.
 *
 * <p>There is no circuit breaker besides the cooldown of a model: while it lasts, no call is sent
 * to the model; after it one call finds out whether the model is back. Only the call that began a
 * cooldown may be retried in place.
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
   * Asks the call's model and, when that can't answer, the next ones.
   *
   * @throws ProviderFault the last model's fault, when none could answer
   * @throws LeaseLostException when the answer was not wanted any more
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
      // Written down as soon as it is there: whatever fails afterwards, what was paid is known.
      ChatAnswer answer = calls.ask(call, timeout.begin());
      chain.answered(call.model());
      settled = true;
      quota.settle(call, answer);
      return answer;
    } catch (ProviderFault fault) {
      settled = true;
      if (!chain.faulted(call.model(), fault, ended)) {
        fault.forbidRetry();
      }
      quota.release(call, fault);
      throw fault;
    } finally {
      if (!settled) {
        notSent(call);
      }
    }
  }

  /** A call that was admitted is counted, and has its tokens; another one needs both first. */
  private void begin(ChatCall call) {
    boolean admitted = call.reserved().get() > 0;
    boolean wanted = call.wanted().getAsBoolean();
    if (admitted && (!wanted || chain.isCoolingDown(call.model()))) {
      notSent(call);
    }
    if (!wanted) {
      throw new LeaseLostException(call.model());
    }
    if (admitted ? chain.isCoolingDown(call.model()) : !chain.tryBegin(call.model())) {
      throw chain.unavailable(call.model());
    }
    if (!admitted) {
      boolean held = false;
      try {
        quota.hold(call);
        held = true;
      } finally {
        if (!held) {
          chain.notSent(call.model(), 1);
        }
      }
    }
  }

  private void notSent(ChatCall call) {
    chain.notSent(call.model(), 1);
    quota.release(call);
  }

  /**
   * What happens when a model can't answer: whatever is wrong with it, the next one may not have
   * it.
   */
  ChatAnswer askNextModel(ChatCall call, Throwable cause) {
    Optional<ChatAnswer> late = call.answerOf(call.model());
    if (late.isPresent()) {
      // It came in the moment in which the time was over, and is paid for.
      return late.get();
    }
    ProviderFault fault = fault(call, cause);
    if (fault.anotherModelMayAnswer() && !betterDivided(call, fault)) {
      Set<String> tried = new HashSet<>(call.tried());
      tried.add(call.model());
      Optional<String> next = chain.next(tried);
      if (next.isPresent()) {
        return self.get().complete(call.to(next.get()));
      }
    }
    throw fault;
  }

  /** What is too much for one model is made smaller, not carried to the next. */
  private static boolean betterDivided(ChatCall call, ProviderFault fault) {
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
