package io.burnish.estimate;

import io.burnish.estimate.Estimate.ModelPart;
import io.burnish.estimate.Estimate.RejectedFile;
import io.burnish.estimate.Estimate.Tokens;
import io.burnish.estimate.Timeline.Part;
import io.burnish.prices.Prices;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes an estimate of a batch and the calls about it, with their cost. Thread-safe. */
@Singleton
class Costing {

  private final Prices prices;

  Costing(Prices prices) {
    this.prices = prices;
  }

  Estimate estimate(Batch batch, List<RejectedFile> files, Timeline.Result result, Instant now) {
    Map<String, ModelPart> models = models(result);
    return new Estimate(
        batch.records(),
        batch.rejected(),
        files,
        batch.duplicates(),
        batch.known(),
        batch.toAsk(),
        models.values().stream().mapToLong(ModelPart::calls).sum(),
        tokens(models),
        cost(models),
        batch.toAsk() == 0 ? null : instant(now, result.startsAt()),
        instant(now, result.endsAt()),
        Double.isInfinite(result.endsAt()) ? null : Math.round(result.endsAt()),
        models,
        result.parts().stream().mapToLong(part -> part.model.experience().calls()).max().orElse(0));
  }

  private Map<String, ModelPart> models(Timeline.Result result) {
    Map<String, ModelPart> models = new LinkedHashMap<>();
    result.parts().stream()
        .filter(part -> part.calls > 0)
        .forEach(part -> models.put(part.model.model(), of(part)));
    return models;
  }

  private ModelPart of(Part part) {
    Tokens tokens =
        new Tokens(Math.round(part.prompt), Math.round(part.completion), Math.round(part.cached));
    return new ModelPart(
        (long) Math.ceil(part.calls - 1e-6),
        Math.round(part.records),
        tokens,
        prices
            .cost(part.model.model(), tokens.prompt(), tokens.cached(), tokens.completion())
            .orElse(null));
  }

  private static Tokens tokens(Map<String, ModelPart> models) {
    return new Tokens(
        models.values().stream().mapToLong(model -> model.tokens().prompt()).sum(),
        models.values().stream().mapToLong(model -> model.tokens().completion()).sum(),
        models.values().stream().mapToLong(model -> model.tokens().cached()).sum());
  }

  private static @Nullable BigDecimal cost(Map<String, ModelPart> models) {
    return Prices.sum(models.values().stream().map(model -> Optional.ofNullable(model.cost())))
        .orElse(null);
  }

  private static @Nullable Instant instant(Instant now, double seconds) {
    return Double.isInfinite(seconds) ? null : now.plusMillis(Math.round(seconds * 1e3));
  }
}
