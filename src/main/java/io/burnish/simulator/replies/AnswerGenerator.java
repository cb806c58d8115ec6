package io.burnish.simulator.replies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.answers.DiscountReader;
import io.burnish.simulator.calls.Call;
import io.burnish.simulator.faults.AnswerCorruption;
import io.burnish.simulator.faults.InjectedFault;
import io.burnish.simulator.model.KnownModel;
import io.burnish.simulator.settings.Behaviour;
import io.burnish.simulator.wire.ChatBody;
import io.burnish.simulator.wire.CompletionBody;

/** Reads a prompt and generates the answer that takes the place of a model's. Stateless. */
public final class AnswerGenerator {

  /**
   * Tokens of a model's own template around the messages: gpt-oss counted the same short prompt as
   * 78 tokens, qwen3.8 as 19 (Source: published probe of 2026-09, read 2026-11).
   */
  private static final int GPT_OSS_TEMPLATE = 68;

  private static final int USUAL_TEMPLATE = 9;

  private final Behaviour behaviour;

  /** Errs as often as the behaviour says. */
  public AnswerGenerator(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  /**
   * What a model generated.
   *
   * @param content as it is sent
   * @param finishReason {@code stop}, or {@code length} if the maximum of tokens was reached
   * @param completion tokens written, reasoning included
   * @param reasoning tokens of the reasoning, which is not sent
   */
  public record Generation(String content, String finishReason, int completion, int reasoning) {

    /** Whether the answer ends as the model meant it to. */
    public boolean isWhole() {
      return finishReason.equals("stop");
    }
  }

  /** Tokens of the part of a prompt that repeats, the template included. */
  public int prefixTokens(ChatBody body) {
    return template(body.model())
        + body.prefix().stream().mapToInt(behaviour.tokens()::ofRepeated).sum();
  }

  /** Tokens of the other messages. */
  public int restTokens(ChatBody body) {
    return body.rest().stream().mapToInt(behaviour.tokens()::of).sum();
  }

  private static int template(String model) {
    return isReasoning(model) ? GPT_OSS_TEMPLATE : USUAL_TEMPLATE;
  }

  private static boolean isReasoning(String model) {
    return KnownModel.orUsual(model).reasoning() == KnownModel.Reasoning.BY_EFFORT;
  }

  /**
   * The answer with the fault of the call; truncated if it needs more tokens than the call allows,
   * which a draft does not count against.
   */
  public Generation write(Call call) {
    ChatBody body = call.body();
    ObjectNode answer = answer(call);
    int reasoning = reasoning(body);
    int most = body.maxTokens().orElseGet(() -> behaviour.models().maxOutputOf(body.model()));
    String good = answer.toString();
    String content =
        call.plannedFault()
            .map(fault -> AnswerCorruption.corrupt(fault, answer, body.records()))
            .orElse(good);
    int written = behaviour.tokens().of(content);
    int needed = isDrafted(call) ? behaviour.tokens().of(good) : written;
    if (reasoning + needed > most) {
      return cut(content, written, Math.min(reasoning, most), most);
    }
    boolean whole = !call.has(InjectedFault.TRUNCATED) && !call.has(InjectedFault.THINK_UNCLOSED);
    return new Generation(
        content, whole ? "stop" : "length", Math.min(most, reasoning + written), reasoning);
  }

  private ObjectNode answer(Call call) {
    ObjectNode answer = CompletionBody.JSON.createObjectNode();
    ArrayNode answers = answer.putArray("records");
    call.body().records().forEach(record -> answers.add(DiscountReader.answer(record)));
    AnswerCorruption.falsifyPrice(answer, call.records(), record -> isStubbornAbout(record, call));
    return answer;
  }

  private boolean isStubbornAbout(String record, Call call) {
    return behaviour.isStubbornAbout(record)
        || call.has(InjectedFault.STUBBORN)
            && call.plannedFault().filter(planned -> planned.about().test(record)).isPresent();
  }

  private static boolean isDrafted(Call call) {
    return call.has(InjectedFault.THINK_DRAFT)
        || call.has(InjectedFault.THINK_UNCLOSED)
        || call.has(InjectedFault.CHANNEL_DRAFT)
        || call.has(InjectedFault.PROSE_DRAFT);
  }

  private static Generation cut(String content, int written, int reasoning, int most) {
    int kept = (int) ((long) content.length() * (most - reasoning) / written);
    return new Generation(content.substring(0, kept), "length", most, reasoning);
  }

  private int reasoning(ChatBody body) {
    if (!isReasoning(body.model())) {
      return 0;
    }
    int effort =
        switch (body.effort()) {
          case "low" -> 1;
          case "high" -> 12;
          default -> 4;
        };
    return effort * behaviour.reasoning() * (1 + body.records().size());
  }
}
