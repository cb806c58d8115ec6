package io.burnish.models;

import io.burnish.models.ModelStates.RefusedField;
import io.burnish.provider.RequestField;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Which fields of a request each model refuses, as it told: they are left out for a day, then tried
 * again. Shared by replicas through the database; what can't be written there is written with the
 * next {@link #update}. Thread-safe.
 */
@Singleton
class Capabilities {

  private static final Logger LOG = Logger.getLogger(Capabilities.class);
  private static final Duration KEPT = Duration.ofDays(1);

  private final ModelStates states;
  private final Clock clock;
  private final Map<String, Map<RequestField, RefusedField>> byModel = new HashMap<>();
  private final List<RefusedField> unwritten = new ArrayList<>();
  private long changes;

  /** Held while something is written, so that nothing is written after it was forgotten. */
  private final Object writing = new Object();

  Capabilities(ModelStates states, Clock clock) {
    this.states = states;
    this.clock = clock;
  }

  /** The fields that are not sent to the model now. */
  Set<RequestField> leftOut(String model) {
    Set<RequestField> fields = EnumSet.noneOf(RequestField.class);
    all(model).forEach(refused -> fields.add(refused.field()));
    return fields;
  }

  /** The same with what was said and until when, in the order of the fields. */
  synchronized List<RefusedField> all(String model) {
    Instant now = clock.instant();
    return byModel.getOrDefault(model, Map.of()).values().stream()
        .filter(refused -> refused.until().isAfter(now))
        .sorted(Comparator.comparing(RefusedField::field))
        .toList();
  }

  /** The model refused a field: it is left out from now on. Said and written once. */
  void leaveOut(String model, RequestField field, String reason) {
    Instant now = clock.instant();
    RefusedField refused = new RefusedField(model, field, reason, now, now.plus(KEPT));
    if (leftOut(model).contains(field)) {
      return;
    }
    synchronized (this) {
      put(refused);
      unwritten.add(refused);
      changes++;
    }
    LOG.warnf(
        "Model %s refuses the field %s (%s). It is left out until %s, and %s is sent in its place; DELETE /models/%s/state has it tried again at once",
        model, field.word(), reason, refused.until(), field.substitute(), model);
    write();
  }

  /** How often something was learned or forgotten here. */
  synchronized long changes() {
    return changes;
  }

  /**
   * Takes over what the database knows.
   *
   * @param before the number of {@link #changes} before it was read; when it is another one by now,
   *     what was read may be out of date, and is dropped
   */
  void update(List<RefusedField> known, long before) {
    write();
    synchronized (this) {
      if (changes != before) {
        return;
      }
      byModel.clear();
      known.forEach(this::put);
      unwritten.forEach(this::put);
    }
  }

  /** All fields are sent to the model again; waits until nothing more is written about it. */
  void reset(String model) {
    synchronized (writing) {
      synchronized (this) {
        changes++;
        byModel.remove(model);
        unwritten.removeIf(refused -> refused.model().equals(model));
      }
    }
  }

  private void put(RefusedField refused) {
    byModel
        .computeIfAbsent(refused.model(), m -> new EnumMap<>(RequestField.class))
        .put(refused.field(), refused);
  }

  private void write() {
    synchronized (writing) {
      writeAll();
    }
  }

  private void writeAll() {
    List<RefusedField> toWrite;
    synchronized (this) {
      toWrite = List.copyOf(unwritten);
    }
    for (RefusedField refused : toWrite) {
      try {
        states.saveRefusal(refused.model(), refused.field(), refused.reason());
      } catch (RuntimeException e) {
        LOG.warnf(
            "That model %s refuses %s could not be stored; it is tried again with the next look: %s",
            refused.model(), refused.field().word(), e.getMessage());
        return;
      }
      synchronized (this) {
        unwritten.remove(refused);
      }
    }
  }
}
