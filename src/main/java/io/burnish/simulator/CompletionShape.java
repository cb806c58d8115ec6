package io.burnish.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.AnswerGenerator.Draft;
import io.burnish.simulator.answers.RecordDigest;
import io.burnish.simulator.answers.WrongDrafts;
import io.burnish.simulator.faults.InjectedFault;

/**
 * Gives the body of a completion another shape than Groq's. Stateless.
 *
 * <p>Source, read 2026-11: public reports about content in parts (vercel/ai 13703,
 * mistralai/client-python 621), choices that are none (speakeasy-api/gram 3129), a choice that
 * ended with an error (genkit-ai/genkit 6259), content that is null (pollinations 9345), reasoning
 * beside the content (OmniRoute 1155).
 */
final class CompletionShape {

  private CompletionShape() {}

  /** Whether the model wrote nothing: what is told, and charged, is the prompt alone. */
  static boolean isUnwritten(Call call) {
    return call.goes(InjectedFault.CHOICES_EMPTY)
        || call.goes(InjectedFault.FINISH_ERROR)
        || call.goes(InjectedFault.CONTENT_NULL);
  }

  /** Changes a body as the call goes wrong, if it does so in its shape. */
  static void change(ObjectNode body, Call call, Draft draft) {
    if (call.goes(InjectedFault.CHOICES_EMPTY)) {
      body.putArray("choices");
    } else if (call.goes(InjectedFault.FINISH_ERROR)) {
      failed(choice(body));
    } else if (call.goes(InjectedFault.CONTENT_NULL)) {
      message(body).putNull("content");
    } else if (call.goes(InjectedFault.CONTENT_PARTS)) {
      parts(message(body).putArray("content"), draft.content());
    } else if (call.goes(InjectedFault.REASONING_DRAFT) && draft.isWhole()) {
      String thought = WrongDrafts.wrong(document(draft), call.body().records()).toString();
      message(body).put("reasoning", thought).put("reasoning_content", thought);
    }
  }

  private static ObjectNode choice(ObjectNode body) {
    return (ObjectNode) body.path("choices").path(0);
  }

  private static ObjectNode message(ObjectNode body) {
    return (ObjectNode) choice(body).path("message");
  }

  private static ObjectNode document(Draft draft) {
    return (ObjectNode) RecordDigest.read(draft.content());
  }

  private static void failed(ObjectNode choice) {
    ((ObjectNode) choice.path("message")).put("content", "");
    choice.put("finish_reason", "error");
    choice.putObject("error").put("code", 502).put("message", "Provider returned error");
  }

  /** The text in two parts, cut in the middle, and an empty one between. */
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
