package io.burnish.simulator.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.http.Reply;
import io.burnish.simulator.model.KnownModel;
import io.burnish.simulator.model.ServedModels;
import java.util.Optional;

/**
 * The models as the provider lists them. Stateless.
 *
 * <p>Source: Groq API reference, models, read 2026-11. The creation times of models are not known
 * here.
 */
public final class ModelList {

  private ModelList() {}

  /** All models that are not decommissioned. */
  public static Reply all(ServedModels models) {
    ObjectNode list = CompletionBody.JSON.createObjectNode().put("object", "list");
    var data = list.putArray("data");
    KnownModel.all().stream()
        .filter(model -> isServed(model, models))
        .forEach(model -> data.add(json(model, models)));
    return Reply.json(200, list);
  }

  /** One model; 404 if it is not served. */
  public static Reply one(String name, ServedModels models) {
    Optional<KnownModel> model = KnownModel.named(name).filter(m -> isServed(m, models));
    return model
        .map(known -> Reply.json(200, json(known, models)))
        .orElseGet(() -> ErrorBodies.notFound(name));
  }

  private static boolean isServed(KnownModel model, ServedModels models) {
    return !models.isDecommissioned(model.name());
  }

  private static ObjectNode json(KnownModel model, ServedModels models) {
    return CompletionBody.JSON
        .createObjectNode()
        .put("id", model.name())
        .put("object", "model")
        .put("created", 0)
        .put("owned_by", model.owner())
        .put("active", true)
        .put("context_window", model.contextWindow())
        .putNull("public_apps")
        .put("max_completion_tokens", models.maxOutputOf(model.name()));
  }
}
