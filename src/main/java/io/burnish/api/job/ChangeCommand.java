package io.burnish.api.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.api.input.CommandFields;
import io.burnish.intake.BudgetReader;
import io.burnish.intake.Intake;
import io.burnish.job.control.JobChanges;
import io.burnish.job.control.JobChanges.Change;
import io.burnish.job.spec.JobPriority;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the changes of a job: fields that are absent stay, fields that are null are cleared. */
final class ChangeCommand {

  private ChangeCommand() {}

  private static final List<String> FIELDS =
      List.of("name", "priority", "deadline", "maxTokens", "maxCost");

  /**
   * Reads the changes.
   *
   * @param whyNoCost why no job can have a {@code maxCost}; empty when one can
   */
  static JobChanges of(ObjectNode body, Supplier<Optional<String>> whyNoCost) {
    CommandFields fields = new CommandFields(body, FIELDS);
    if (body.isEmpty()) {
      fields.refuse("the body", "changes nothing; known are " + String.join(", ", FIELDS));
    }
    JobChanges changes =
        new JobChanges(
            change(fields, "name", ChangeCommand::name),
            priority(fields),
            change(fields, "deadline", ChangeCommand::deadline),
            change(fields, "maxTokens", ChangeCommand::maxTokens),
            change(fields, "maxCost", ChangeCommand::maxCost));
    if (changes.maxCost() != null && changes.maxCost().value() != null) {
      whyNoCost.get().ifPresent(why -> fields.refuse("maxCost", why));
    }
    fields.throwIfAny();
    return changes;
  }

  private static <T> @Nullable Change<T> change(
      CommandFields fields, String field, Function<CommandFields, @Nullable T> value) {
    return fields.has(field) ? new Change<>(value.apply(fields)) : null;
  }

  private static @Nullable Long maxTokens(CommandFields fields) {
    return BudgetReader.tokens(fields.value("maxTokens"), why -> fields.refuse("maxTokens", why))
        .orElse(null);
  }

  private static @Nullable BigDecimal maxCost(CommandFields fields) {
    return BudgetReader.cost(fields.value("maxCost"), why -> fields.refuse("maxCost", why))
        .orElse(null);
  }

  private static @Nullable String name(CommandFields fields) {
    String name = fields.text("name");
    if (name != null) {
      Intake.whyInvalidName(name).ifPresent(why -> fields.refuse("name", why));
    }
    return name;
  }

  private static @Nullable JobPriority priority(CommandFields fields) {
    if (!fields.has("priority")) {
      return null;
    }
    JobPriority priority = JobPriority.of(fields.value("priority").asText()).orElse(null);
    if (priority == null) {
      fields.refuse("priority", "must be \"low\", \"normal\" or \"high\"");
    }
    return priority;
  }

  private static @Nullable Instant deadline(CommandFields fields) {
    if (fields.value("deadline").isNull()) {
      return null;
    }
    try {
      return Intake.deadline(fields.value("deadline").textValue());
    } catch (IllegalArgumentException e) {
      fields.refuse("deadline", String.valueOf(e.getMessage()));
      return null;
    }
  }
}
