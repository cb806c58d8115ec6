package io.burnish.simulator.replies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.answers.RecordDigest;
import io.burnish.simulator.answers.WrongDrafts;
import io.burnish.simulator.calls.Call;
import io.burnish.simulator.faults.InjectedFault;
import io.burnish.simulator.replies.AnswerGenerator.Generation;

/**
 * Gives the body of a completion another shape than Groq's. Stateless.
 *
 * <p>Source, read 2026-11: public reports about content in parts (vercel/ai 13703,
 * mistralai/client-python 621), empty choices (speakeasy-api/gram 3129), a choice that ended with
 * an error (genkit-ai/genkit 6259), null content (pollinations 9345), reasoning beside the content
 * (OmniRoute 1155).
 */
public final class CompletionShape {

  private CompletionShape() {}

  /** Whether the model wrote nothing: only the prompt is reported and charged. */
  public static boolean isUnwritten(Call call) {
    return call.has(InjectedFault.CHOICES_EMPTY)
        || call.has(InjectedFault.FINISH_ERROR)
        || call.has(InjectedFault.CONTENT_NULL);
  }

  /** Changes the body as the fault of the call requires. */
  static void apply(ObjectNode body, Call call, Generation generation) {
    if (call.has(InjectedFault.CHOICES_EMPTY)) {
      body.putArray("choices");
    } else if (call.has(InjectedFault.FINISH_ERROR)) {
      failed(choice(body));
    } else if (call.has(InjectedFault.CONTENT_NULL)) {
      message(body).putNull("content");
    } else if (call.has(InjectedFault.CONTENT_PARTS)) {
      parts(message(body).putArray("content"), generation.content());
    } else if (call.has(InjectedFault.REASONING_DRAFT) && generation.isWhole()) {
      String reasoning = WrongDrafts.of(document(generation), call.body().records()).toString();
      message(body).put("reasoning", reasoning).put("reasoning_content", reasoning);
    }
  }

  private static ObjectNode choice(ObjectNode body) {
    return (ObjectNode) body.path("choices").path(0);
  }

  private static ObjectNode message(ObjectNode body) {
    return (ObjectNode) choice(body).path("message");
  }

  private static ObjectNode document(Generation generation) {
    return (ObjectNode) RecordDigest.read(generation.content());
  }

  private static void failed(ObjectNode choice) {
    ((ObjectNode) choice.path("message")).put("content", "");
    choice.put("finish_reason", "error");
    choice.putObject("error").put("code", 502).put("message", "Provider returned error");
  }

  /** Sends the text in two halves, with an empty part between them. */
  private static void parts(ArrayNode parts, String text) {
    ObjectNode thinking = parts.addObject().put("type", "thinking");
    text(thinking.putArray("thinking"), "Let me read each record.");
    int middle = text.length() / 2;
    text(parts, text.substring(0, middle));
    text(parts, "");
    text(parts, text.substring(middle));
  }

  private static void text(ArrayNode parts, String text) {
    parts.addObject().put("type", "text").put("text", text);
  }
}
