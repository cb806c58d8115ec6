package io.burnish.models.health;

import io.burnish.models.health.ModelStates.RefusedField;
import io.burnish.provider.wire.RequestField;
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
 * The fields of a request that each model refused: they are left out for a day, then tried again.
 * Replicas share them through the database; what cannot be stored is stored by the next {@link
 * #save}. Thread-safe.
 */
@Singleton
public class Capabilities {

  private static final Logger LOG = Logger.getLogger(Capabilities.class);
  private static final Duration RETENTION = Duration.ofDays(1);

  private final ModelStates states;
  private final Clock clock;
  private final Map<String, Map<RequestField, RefusedField>> byModel = new HashMap<>();
  private final List<RefusedField> unsaved = new ArrayList<>();
  private long changes;

  /** Held during a write, so that nothing is stored after a reset. */
  private final Object writing = new Object();

  /** Reads and writes the states of all replicas. */
  public Capabilities(ModelStates states, Clock clock) {
    this.states = states;
    this.clock = clock;
  }

  /** The fields that are not sent to the model now. */
  public Set<RequestField> leftOut(String model) {
    Set<RequestField> fields = EnumSet.noneOf(RequestField.class);
    all(model).forEach(refused -> fields.add(refused.field()));
    return fields;
  }

  /** The same with reason and times, in the order of the fields. */
  public synchronized List<RefusedField> all(String model) {
    Instant now = clock.instant();
    return byModel.getOrDefault(model, Map.of()).values().stream()
        .filter(refused -> refused.until().isAfter(now))
        .sorted(Comparator.comparing(RefusedField::field))
        .toList();
  }

  /** Leaves a refused field out from now on. Logged and stored once. */
  public void leaveOut(String model, RequestField field, String reason) {
    Instant now = clock.instant();
    RefusedField refused = new RefusedField(model, field, reason, now, now.plus(RETENTION));
    if (leftOut(model).contains(field)) {
      return;
    }
    synchronized (this) {
      put(refused);
      unsaved.add(refused);
      changes++;
    }
    LOG.warnf(
        "Model %s refuses the field %s (%s). The field is left out until %s, and %s is sent in its place. DELETE /models/%s/state resets this.",
        model, field.word(), reason, refused.until(), field.substitute(), model);
    save();
  }

  /** Number of changes at this replica: refusals learned, refusals stored, and resets. */
  public synchronized long changes() {
    return changes;
  }

  /**
   * Takes over what is stored in the database.
   *
   * @param before the number of {@link #changes} before the read; if it has changed since, the read
   *     may be outdated and is dropped
   */
  public void update(List<RefusedField> known, long before) {
    synchronized (this) {
      if (changes != before) {
        return;
      }
      byModel.clear();
      known.forEach(this::put);
      unsaved.forEach(this::put);
    }
  }

  /** Stores what could not be stored when it was learned. */
  public void save() {
    synchronized (writing) {
      saveAll();
    }
  }

  /** Sends all fields to the model again; waits for the end of a running write. */
  public void reset(String model) {
    synchronized (writing) {
      synchronized (this) {
        changes++;
        byModel.remove(model);
        unsaved.removeIf(refused -> refused.model().equals(model));
      }
    }
  }

  private void put(RefusedField refused) {
    byModel
        .computeIfAbsent(refused.model(), m -> new EnumMap<>(RequestField.class))
        .put(refused.field(), refused);
  }

  private void saveAll() {
    List<RefusedField> toSave;
    synchronized (this) {
      toSave = List.copyOf(unsaved);
    }
    for (RefusedField refused : toSave) {
      try {
        states.saveRefusal(refused.model(), refused.field(), refused.reason());
      } catch (RuntimeException e) {
        LOG.warnf(
            "Could not store that model %s refuses the field %s: %s. Retry with the next refresh.",
            refused.model(), refused.field().word(), e.getMessage());
        return;
      }
      synchronized (this) {
        unsaved.remove(refused);
        // A read that began before the write lacks this refusal.
        changes++;
      }
    }
  }
}
