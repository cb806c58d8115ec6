package io.burnish.attempt;

import io.burnish.profile.Profiles;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.PastCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The refused answers of one record, and what follows from them for the next call. Plain and
 * immutable.
 */
public final class RecordHistory {

  /** Refused answers in company by one model, after which that model is asked about it alone. */
  private static final int TRIES_IN_COMPANY = 2;

  private final List<Refusal> refusals;

  private RecordHistory(List<Refusal> refusals) {
    this.refusals = List.copyOf(refusals);
  }

  /**
   * One refused answer.
   *
   * @param model the model that gave it
   * @param records how many records the call was about
   * @param answer what it said of the record, as JSON; null when it said nothing of it
   * @param errors why it was refused, a sentence each
   * @param codes the code of each of {@code errors}; empty where a version before stored them
   */
  record Refusal(
      String model, int records, @Nullable String answer, List<String> errors, List<String> codes) {

    /** Whether it gave no value, as if the record contained none. */
    boolean isUnanswered() {
      return codes.stream().anyMatch(Profiles::isUnanswered);
    }

    /**
     * Whether both say the same: the same answer, or one that is wrong in the same way. The
     * sentences name the wrong values. An answer without the record is never the same as another.
     */
    boolean repeats(Refusal earlier) {
      return answer != null
          && earlier.answer != null
          && (answer.equals(earlier.answer)
              || Set.copyOf(errors).equals(Set.copyOf(earlier.errors)));
    }
  }

  public static RecordHistory of(ClaimedItem item) {
    return new RecordHistory(
        item.history().stream()
            .filter(PastCall::refused)
            .map(
                call ->
                    new Refusal(
                        call.model(), call.records(), call.answer(), call.errors(), call.codes()))
            .toList());
  }

  /** The same with one refused answer more. */
  RecordHistory and(Refusal latest) {
    List<Refusal> all = new ArrayList<>(refusals);
    all.add(latest);
    return new RecordHistory(all);
  }

  /** Whether any answer was refused. */
  public boolean hasRejections() {
    return !refusals.isEmpty();
  }

  /**
   * The models that are not asked about the record again: each gave an answer that had been refused
   * before, or had its tries.
   *
   * @param models the models that can be asked; a single one is given as many tries as the record
   *     has attempts
   * @param triesPerModel refused answers of one model at most
   */
  Set<String> exhausted(List<String> models, int triesPerModel) {
    Set<String> exhausted = new HashSet<>();
    for (int i = 0; i < refusals.size(); i++) {
      Refusal refusal = refusals.get(i);
      boolean repeated = refusals.subList(0, i).stream().anyMatch(refusal::repeats);
      if (repeated || (models.size() > 1 && tries(refusal.model()) >= triesPerModel)) {
        exhausted.add(refusal.model());
      }
    }
    return exhausted;
  }

  private long tries(String model) {
    return refusals.stream().filter(refusal -> refusal.model().equals(model)).count();
  }

  /** Whether the model is asked about the record without others from now on. */
  public boolean needsOwnCall(String model) {
    return refusals.stream()
            .filter(refusal -> Objects.equals(refusal.model(), model) && refusal.records() > 1)
            .count()
        >= TRIES_IN_COMPANY;
  }

  /**
   * The code that the record fails by: that of the latest refusal. That of an answer without a
   * value counts only if each model gave one; else another refusal decides.
   *
   * @throws IndexOutOfBoundsException when no answer was refused
   */
  String code() {
    return refusals.get(deciding()).codes().get(0);
  }

  /** Why the record fails: the reasons of the deciding refusal, then those of all others. */
  List<String> allReasons() {
    int deciding = deciding();
    List<String> all = new ArrayList<>(refusals.get(deciding).errors());
    all.addAll(reasons(deciding));
    return all;
  }

  private int deciding() {
    int latest = refusals.size() - 1;
    if (!refusals.get(latest).isUnanswered()
        || modelsThat(Refusal::isUnanswered).equals(models())) {
      return latest;
    }
    return IntStream.rangeClosed(0, latest)
        .map(i -> latest - i)
        .filter(i -> !refusals.get(i).isUnanswered() && !refusals.get(i).codes().isEmpty())
        .findFirst()
        .orElse(latest);
  }

  private Set<String> models() {
    return modelsThat(refusal -> true);
  }

  private Set<String> modelsThat(Predicate<Refusal> did) {
    return refusals.stream().filter(did).map(Refusal::model).collect(Collectors.toSet());
  }

  /**
   * Why each answer was refused, oldest first: {@code attempt n, model: sentence}. What a model was
   * told before is not repeated.
   */
  List<String> reasons() {
    return reasons(-1);
  }

  private List<String> reasons(int without) {
    List<String> reasons = new ArrayList<>();
    Set<List<String>> told = new HashSet<>();
    for (int i = 0; i < refusals.size(); i++) {
      String model = refusals.get(i).model();
      for (String error : i == without ? List.<String>of() : refusals.get(i).errors()) {
        if (told.add(List.of(model, error))) {
          reasons.add("attempt %d, %s: %s".formatted(i + 1, model, error));
        }
      }
    }
    return reasons;
  }
}
