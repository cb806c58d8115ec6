package io.burnish.models;

import io.burnish.provider.ChatPrompt;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A question on its way through the chain of models. Every HTTP call that it takes is written down
 * in it, whatever becomes of the question.
 *
 * @param prompt what is asked
 * @param model who is asked now
 * @param tried who was asked before and could not answer
 * @param calls the HTTP calls so far, oldest first; thread-safe
 */
public record ChatCall(
    ChatPrompt prompt, String model, List<String> tried, List<CallRecord> calls) {

  /** A question that nobody was asked yet. */
  public static ChatCall first(ChatPrompt prompt, String model) {
    return new ChatCall(prompt, model, List.of(), new CopyOnWriteArrayList<>());
  }

  /** The same question to the next model. */
  ChatCall to(String next) {
    List<String> asked = new java.util.ArrayList<>(tried);
    asked.add(model);
    return new ChatCall(prompt, next, List.copyOf(asked), calls);
  }
}
