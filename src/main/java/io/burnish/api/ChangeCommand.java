package io.burnish.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.intake.Intake;
import io.burnish.job.JobChanges;
import io.burnish.job.JobPriority;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the changes of a job: fields that are absent stay, fields that are null are cleared. */
final class ChangeCommand {

  private ChangeCommand() {}

  static JobChanges of(ObjectNode body) {
    CommandFields fields = new CommandFields(body, List.of("name", "priority", "deadline"));
    if (body.isEmpty()) {
      fields.refuse("the body", "changes nothing; known are name, priority, deadline");
    }
    JobChanges changes =
        new JobChanges(
            fields.has("name"),
            name(fields),
            priority(fields),
            fields.has("deadline"),
            deadline(fields));
    fields.throwIfAny();
    return changes;
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
    if (!fields.has("deadline") || fields.value("deadline").isNull()) {
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
