package io.burnish.simulator.faults;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The faults that were injected by the control API or a test. Thread-safe. */
public final class FaultScript {

  private final Queue<InjectedFault> next = new ConcurrentLinkedQueue<>();
  private final List<Trigger> triggers = new CopyOnWriteArrayList<>();

  private record Trigger(Predicate<String> model, Predicate<String> record, InjectedFault fault) {}

  /** Injects faults into the next calls, one each. */
  public void next(List<InjectedFault> faults) {
    next.addAll(faults);
  }

  /** Injects a fault into calls that ask about such a record. */
  public void whenAsked(Predicate<String> record, InjectedFault fault) {
    triggers.add(new Trigger(model -> true, record, fault));
  }

  /** Injects a fault into calls to a model. */
  public void whenCalled(String name, InjectedFault fault) {
    triggers.add(new Trigger(name::equals, record -> true, fault));
  }

  /** Removes all faults. */
  public void clear() {
    next.clear();
    triggers.clear();
  }

  /** The records of all triggers of this kind, because a call may ask about several. */
  private Predicate<String> about(String model, Trigger first) {
    return record ->
        triggers.stream()
            .filter(trigger -> trigger.fault() == first.fault())
            .anyMatch(trigger -> trigger.model().test(model) && trigger.record().test(record));
  }

  /** The fault of a call; one that was injected for the next call is used up. */
  public Optional<PlannedFault> faultFor(String model, List<String> records) {
    return Optional.ofNullable(next.poll())
        .map(PlannedFault::of)
        .or(
            () ->
                triggers.stream()
                    .filter(trigger -> trigger.model().test(model))
                    .filter(trigger -> records.stream().anyMatch(trigger.record()))
                    .findFirst()
                    .map(trigger -> new PlannedFault(trigger.fault(), about(model, trigger))));
  }
}
