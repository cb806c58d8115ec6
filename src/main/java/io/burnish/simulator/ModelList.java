package io.burnish.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The models as the provider lists them. Stateless.
 *
 * <p>Source: Groq API reference, models, read 2026-11. When a model was made is not known here.
 */
final class ModelList {

  private ModelList() {}

  /** All that are not shut down. */
  static Reply all(Behaviour manner) {
    ObjectNode list = CompletionBody.JSON.createObjectNode().put("object", "list");
    var data = list.putArray("data");
    KnownModel.all().stream()
        .filter(model -> isThere(model, manner))
        .forEach(model -> data.add(json(model, manner)));
    return Reply.json(200, list);
  }

  /** One of them; 404 when it is none of them. */
  static Reply one(String name, Behaviour manner) {
    Optional<KnownModel> model = KnownModel.named(name).filter(m -> isThere(m, manner));
    return model
        .map(known -> Reply.json(200, json(known, manner)))
        .orElseGet(() -> ErrorBodies.notFound(name));
  }

  private static boolean isThere(KnownModel model, Behaviour manner) {
    return !manner.decommissioned().contains(model.name());
  }

  private static ObjectNode json(KnownModel model, Behaviour manner) {
    return CompletionBody.JSON
        .createObjectNode()
        .put("id", model.name())
        .put("object", "model")
        .put("created", 0)
        .put("owned_by", model.owner())
        .put("active", true)
        .put("context_window", model.contextWindow())
        .putNull("public_apps")
        .put("max_completion_tokens", manner.maxOutputOf(model.name()));
  }
}
