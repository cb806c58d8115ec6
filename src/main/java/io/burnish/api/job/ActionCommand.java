package io.burnish.api.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.api.input.CommandFields;
import io.burnish.api.input.QueryValues;
import io.burnish.job.state.JobFilter;
import io.burnish.job.state.JobOutcome;
import io.burnish.job.state.JobState;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An action on several jobs.
 *
 * @param action {@code cancel}, {@code pause}, {@code resume}, {@code retry} or {@code delete}
 * @param ids of the jobs; empty when there is a filter
 * @param filter conditions that the jobs meet; null when there are ids
 */
record ActionCommand(String action, List<UUID> ids, @Nullable JobFilter filter) {

  static final Set<String> ACTIONS =
      new TreeSet<>(Set.of("cancel", "pause", "resume", "retry", "delete"));

  private static final int MOST_IDS = 1_000;

  static ActionCommand of(ObjectNode body) {
    CommandFields fields = new CommandFields(body, List.of("action", "ids", "filter"));
    String action = fields.word("action", ACTIONS);
    if (!fields.has("action")) {
      fields.refuse("action", "is missing; known are " + String.join(", ", ACTIONS));
    }
    Set<UUID> ids = new LinkedHashSet<>();
    for (String id : fields.texts("ids", MOST_IDS)) {
      try {
        ids.add(UUID.fromString(id));
      } catch (IllegalArgumentException e) {
        fields.refuse("ids", "\"%s\" is not the id of a job".formatted(id));
      }
    }
    if (fields.has("ids") == fields.has("filter")) {
      fields.refuse("ids", "give ids or filter, and not both");
    }
    JobFilter filter = fields.has("filter") ? filter(fields) : null;
    fields.throwIfAny();
    return new ActionCommand(String.valueOf(action), List.copyOf(ids), filter);
  }

  /** The conditions of GET /jobs; an empty filter would concern every job, and is refused. */
  private static @Nullable JobFilter filter(CommandFields fields) {
    if (!(fields.value("filter") instanceof ObjectNode object) || object.isEmpty()) {
      fields.refuse("filter", "must be an object with at least one condition of GET /jobs");
      return null;
    }
    CommandFields given =
        new CommandFields(
            object,
            List.of("state", "outcome", "name", "profile", "createdAfter", "createdBefore"));
    QueryValues values = new QueryValues();
    JobFilter filter =
        new JobFilter(
            values.oneOf("state", given.text("state"), JobState.values(), JobState::word),
            values.oneOf("outcome", given.text("outcome"), JobOutcome.values(), JobOutcome::word),
            given.text("name"),
            given.text("profile"),
            values.instant("createdAfter", given.text("createdAfter")),
            values.instant("createdBefore", given.text("createdBefore")),
            null);
    given.throwIfAny();
    values.check();
    return filter;
  }

  /**
   * What became of the jobs.
   *
   * @param matched how many there are
   * @param done for how many the action was done, or had been done before
   * @param refused those whose state does not allow it
   * @param unknown ids of no job
   */
  record Result(int matched, int done, List<Refused> refused, List<UUID> unknown) {}

  /** A job whose state does not allow the action, and the reason as a sentence. */
  record Refused(UUID id, String detail) {}
}
