package io.burnish.models;

import io.burnish.provider.ChatAnswer;
import io.burnish.provider.ChatPrompt;
import io.burnish.provider.ProviderFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * A question on its way through the chain of models. Every HTTP call that it takes is written down
 * in it, whatever becomes of the question.
 *
 * @param prompt what is asked
 * @param promptTokens how many tokens the prompt has, by our own count
 * @param model who is asked now
 * @param tried who was asked before and could not answer
 * @param calls the HTTP calls so far, oldest first; thread-safe
 * @param divisible whether it is about several records, so that a smaller question is another way
 * @param reserved tokens of the model's quota that are held for the next HTTP call; 0: none are,
 *     and they must be reserved first
 * @param wanted whether an answer is still of use; asked before each HTTP call
 */
public record ChatCall(
    ChatPrompt prompt,
    int promptTokens,
    String model,
    List<String> tried,
    List<CallRecord> calls,
    boolean divisible,
    AtomicLong reserved,
    BooleanSupplier wanted) {

  /**
   * A question that nobody was asked yet.
   *
   * @param promptTokens how many tokens the prompt has, by our own count
   * @param model who is asked
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
        () -> true);
  }

  /** The same, as long as an answer is wanted: no HTTP call is made once it is not. */
  public ChatCall whileLeased(BooleanSupplier wanted) {
    return new ChatCall(prompt, promptTokens, model, tried, calls, divisible, reserved, wanted);
  }

  /**
   * The same with tokens of the model's quota held for it already; 0: none. They are taken over,
   * and set to 0, when the call is settled or given back.
   */
  public ChatCall withReservation(AtomicLong tokens) {
    return new ChatCall(prompt, promptTokens, model, tried, calls, divisible, tokens, wanted);
  }

  /** The same question to the next model, for which nothing is reserved yet. */
  ChatCall to(String next) {
    List<String> asked = new ArrayList<>(tried);
    asked.add(model);
    return new ChatCall(
        prompt, promptTokens, next, List.copyOf(asked), calls, divisible, new AtomicLong(), wanted);
  }

  /** The answer of the model, when it was the last to be called and answered. */
  Optional<ChatAnswer> answerOf(String asked) {
    return lastOf(asked).flatMap(CallRecord::answer);
  }

  /** The fault of the model, when it was the last to be called and met one. */
  Optional<ProviderFault> lastFaultOf(String asked) {
    return lastOf(asked).flatMap(CallRecord::fault);
  }

  private Optional<CallRecord> lastOf(String asked) {
    return calls.isEmpty()
        ? Optional.empty()
        : Optional.of(last()).filter(made -> made.model().equals(asked));
  }

  /** The last HTTP call that was made; there must be one. */
  public CallRecord last() {
    return calls.get(calls.size() - 1);
  }
}
