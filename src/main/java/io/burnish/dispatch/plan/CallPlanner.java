package io.burnish.dispatch.plan;

import io.burnish.enhancement.Enhancer;
import io.burnish.models.Admission;
import io.burnish.models.Admission.Admitted;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Plans calls for each model, by its limits and by how its last packs did, and has them admitted.
 * Thread-safe.
 */
@Singleton
public class CallPlanner {

  private final int pack;
  private final Admission admission;
  private final Packer packer;

  public CallPlanner(DispatchConfig config, Admission admission) {
    this.pack = config.pack();
    this.admission = admission;
    this.packer = new Packer(pack);
  }

  /**
   * Calls that were admitted, and what they are to be like.
   *
   * @param admitted the calls; none when no model has room
   * @param plan records and tokens of each; {@link Packer.Plan#NOTHING} when none was admitted
   */
  public record Planned(Admitted admitted, Packer.Plan plan) {}

  /** Records that so many calls can be about at most. */
  public int mostRecords(int calls) {
    return calls * pack;
  }

  /** Whether the first model has no limits: nothing is reserved then. */
  public boolean isUnlimited() {
    return admission.isUnlimited();
  }

  /**
   * Plans and admits calls about {@code records} records of usual size, by any model.
   *
   * @param mostCalls calls at most; over 0
   */
  public Planned admit(int records, int mostCalls) {
    return admit(admission.models(), records, mostCalls);
  }

  /** As {@link #admit(int, int)}, by one of these models. */
  public Planned admit(Collection<String> models, int records, int mostCalls) {
    Map<String, Packer.Plan> plans = new HashMap<>();
    List<Admission.Plan> wanted =
        configured(models).stream()
            .map(
                model -> {
                  Packer.Plan plan = plan(model);
                  plans.put(model, plan);
                  int calls = Math.min(mostCalls, ceil(records, plan.records()));
                  return new Admission.Plan(
                      model, calls, charge(model, plan.promptTokens(), plan.records()));
                })
            .toList();
    Admitted admitted = admission.admit(wanted);
    return new Planned(admitted, plans.getOrDefault(admitted.model(), Packer.Plan.NOTHING));
  }

  /** Admits one call with a prompt of this size about one record, by one of these models. */
  public Admitted admitOne(Collection<String> models, int promptTokens) {
    return admission.admit(
        configured(models).stream()
            .map(model -> new Admission.Plan(model, 1, charge(model, promptTokens, 1)))
            .toList());
  }

  private List<String> configured(Collection<String> models) {
    return admission.models().stream().filter(models::contains).toList();
  }

  private static int ceil(int records, int each) {
    return (records + each - 1) / each;
  }

  private Packer.Plan plan(String model) {
    return packer.plan(
        model,
        (promptTokens, records) -> charge(model, promptTokens, records),
        admission.largest(model));
  }

  /** What the next calls to a model about records of these sizes are to be like. */
  public Packer.Plan plan(String model, Packer.Sizes sizes) {
    return packer.plan(
        model,
        (promptTokens, records) -> charge(model, promptTokens, records),
        admission.largest(model),
        sizes);
  }

  /** Tokens that the model will count for a prompt of which we count so many. */
  public long promptTokens(String model, int promptTokens) {
    return admission.charge(model, promptTokens, 0);
  }

  /** Tokens that a call is charged at admission. */
  public long charge(String model, int promptTokens, int records) {
    return admission.charge(model, promptTokens, Enhancer.answerTokens(records));
  }

  /** Whether the tokens of a call to the model are limited, so that its size must be exact. */
  public boolean isLimited(String model) {
    return admission.largest(model) != Long.MAX_VALUE;
  }

  /** Gives back admitted calls that are not sent, and tokens in all. */
  public void refund(String model, int calls, long tokens) {
    admission.refund(model, calls, tokens);
  }

  /** Writes the usage of calls that is not written yet, so that other replicas see it. */
  public void flush() {
    admission.flush();
  }

  /** An answer about so many records came, and so many of them were refused. */
  public void judged(String model, int records, int refused) {
    packer.judged(model, records, refused);
    if (refused > 0) {
      admission.invalid();
    }
  }

  /** Puts records together to packs. */
  public Packer packer() {
    return packer;
  }
}
