package io.burnish.models.call;

import io.burnish.provider.fault.ProviderFault;
import io.burnish.provider.wire.ChatAnswer;
import io.burnish.provider.wire.ChatPrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A prompt on its way through the model chain. It records every HTTP call made for it, whatever the
 * result.
 *
 * @param prompt what is sent
 * @param promptTokens tokens of the prompt, by our own count
 * @param model the model that is called now
 * @param tried the models that were called before and could not answer
 * @param calls the HTTP calls so far, oldest first; thread-safe
 * @param divisible whether it is about several records, so that it can be split
 * @param reserved tokens reserved for the next HTTP call; 0: they must be reserved first
 * @param guard is asked before each HTTP call
 */
public record ChatCall(
    ChatPrompt prompt,
    int promptTokens,
    String model,
    List<String> tried,
    List<CallRecord> calls,
    boolean divisible,
    AtomicLong reserved,
    CallGuard guard) {

  /**
   * A call that was not sent to any model yet.
   *
   * @param promptTokens tokens of the prompt, by our own count
   * @param model the model to call first
   * @param divisible whether it is about several records
   */
  public static ChatCall first(
      ChatPrompt prompt, int promptTokens, String model, boolean divisible) {
    return new ChatCall(
        prompt,
        promptTokens,
        model,
        List.of(),
        new CopyOnWriteArrayList<>(),
        divisible,
        new AtomicLong(),
        CallGuard.NONE);
  }

  /** The same, under a guard. */
  public ChatCall guardedBy(CallGuard guard) {
    return new ChatCall(prompt, promptTokens, model, tried, calls, divisible, reserved, guard);
  }

  /**
   * The same with tokens reserved already; 0: none. Set to 0 when the call is settled or refunded.
   */
  public ChatCall withReservation(AtomicLong tokens) {
    return new ChatCall(prompt, promptTokens, model, tried, calls, divisible, tokens, guard);
  }

  /** The same for the next model, without reserved tokens. */
  public ChatCall to(String next) {
    List<String> called = new ArrayList<>(tried);
    called.add(model);
    return new ChatCall(
        prompt, promptTokens, next, List.copyOf(called), calls, divisible, new AtomicLong(), guard);
  }

  /** The answer of the last HTTP call, if the model made it. */
  public Optional<ChatAnswer> lastAnswerOf(String called) {
    return lastOf(called).flatMap(CallRecord::answer);
  }

  /** The fault of the last HTTP call, if the model made it. */
  public Optional<ProviderFault> lastFaultOf(String called) {
    return lastOf(called).flatMap(CallRecord::fault);
  }

  private Optional<CallRecord> lastOf(String called) {
    return calls.isEmpty()
        ? Optional.empty()
        : Optional.of(last()).filter(made -> made.model().equals(called));
  }

  /** The last HTTP call; there must be one. */
  public CallRecord last() {
    return calls.get(calls.size() - 1);
  }
}
