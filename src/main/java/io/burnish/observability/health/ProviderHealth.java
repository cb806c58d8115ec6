package io.burnish.observability.health;

import io.burnish.models.health.ModelStatus;
import io.burnish.models.health.ModelStatuses;
import io.burnish.provider.wire.ProviderConfig;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * What this replica knows of the provider: whether the key is refused, and which models can be
 * called. Data only, and always up: jobs are accepted and wait meanwhile, and a restart does not
 * help. Messages of the provider are in the log and in {@code GET /models}. Runs on the event loop.
 */
@Readiness
@ApplicationScoped
class ProviderHealth implements AsyncHealthCheck {

  private final ProviderConfig provider;
  private final ModelStatuses statuses;

  ProviderHealth(ProviderConfig provider, ModelStatuses statuses) {
    this.provider = provider;
    this.statuses = statuses;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return Uni.createFrom().item(this::now);
  }

  private HealthCheckResponse now() {
    List<ModelStatus> models = statuses.all();
    List<String> blocked = statuses.blocked();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("Provider")
            .up()
            .withData("endpoint", provider.endpoint())
            .withData(
                "account",
                statuses.isAccountRefused()
                    ? "refused; check GROQ_API_KEY, GROQ_BASE_URL and the account"
                    : "not refused")
            .withData(
                "modelsLeft", models.stream().filter(model -> !model.decommissioned()).count());
    models.forEach(
        model ->
            response.withData(
                model.model(),
                model.decommissioned()
                    ? "decommissioned; remove it from BURNISH_MODELS"
                    : describe(model, blocked.contains(model.model()))));
    return response.build();
  }

  private static String describe(ModelStatus model, boolean blocked) {
    String state =
        blocked ? "unknown at this address or not permitted for this account" : "cooldown";
    return model
        .cooldownUntil()
        .map(until -> "%s; next call after %s".formatted(state, until))
        .orElse(blocked ? state + "; called with the next record" : "can be called");
  }
}
