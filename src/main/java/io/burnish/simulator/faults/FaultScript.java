package io.burnish.simulator.faults;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** What the simulator was asked to do wrong. Thread-safe. */
public final class FaultScript {

  private final Queue<InjectedFault> next = new ConcurrentLinkedQueue<>();
  private final List<Trigger> triggers = new CopyOnWriteArrayList<>();

  private record Trigger(
      Predicate<String> model, Predicate<String> record, InjectedFault misbehaviour) {}

  public void next(List<InjectedFault> misbehaviours) {
    next.addAll(misbehaviours);
  }

  public void whenAsked(Predicate<String> record, InjectedFault misbehaviour) {
    triggers.add(new Trigger(model -> true, record, misbehaviour));
  }

  public void whenCalled(String name, InjectedFault misbehaviour) {
    triggers.add(new Trigger(name::equals, record -> true, misbehaviour));
  }

  public void forget() {
    next.clear();
    triggers.clear();
  }

  /** The records of all triggers of the same kind: a call may ask about several. */
  private Predicate<String> about(String model, Trigger first) {
    return record ->
        triggers.stream()
            .filter(trigger -> trigger.misbehaviour() == first.misbehaviour())
            .anyMatch(trigger -> trigger.model().test(model) && trigger.record().test(record));
  }

  /** What is to go wrong with a call; uses up one of those that were asked for the next call. */
  public Optional<PlannedFault> misbehaviour(String model, List<String> records) {
    return Optional.ofNullable(next.poll())
        .map(PlannedFault::of)
        .or(
            () ->
                triggers.stream()
                    .filter(trigger -> trigger.model().test(model))
                    .filter(trigger -> records.stream().anyMatch(trigger.record()))
                    .findFirst()
                    .map(
                        trigger ->
                            new PlannedFault(trigger.misbehaviour(), about(model, trigger))));
  }
}
