package io.burnish.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * An action on several jobs.
 *
 * @param action {@code cancel}, {@code pause}, {@code resume}, {@code retry} or {@code delete}
 * @param ids of the jobs
 */
record ActionCommand(String action, List<UUID> ids) {

  static final Set<String> ACTIONS =
      new TreeSet<>(Set.of("cancel", "pause", "resume", "retry", "delete"));

  private static final int MOST_IDS = 1_000;

  static ActionCommand of(ObjectNode body) {
    CommandFields fields = new CommandFields(body, List.of("action", "ids"));
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
    if (!fields.has("ids")) {
      fields.refuse("ids", "is missing: give the ids of the jobs");
    }
    fields.throwIfAny();
    return new ActionCommand(String.valueOf(action), List.copyOf(ids));
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
