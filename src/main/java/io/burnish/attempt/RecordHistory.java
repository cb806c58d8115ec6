package io.burnish.attempt;

import io.burnish.profile.Profiles;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.PastCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rejected answers of one record, and what they mean for the next call. Immutable. */
public final class RecordHistory {

  /** Rejections of one model in shared calls, after which it is asked about the record alone. */
  private static final int SHARED_TRIES = 2;

  private final List<Rejection> rejections;

  private RecordHistory(List<Rejection> rejections) {
    this.rejections = List.copyOf(rejections);
  }

  /**
   * One rejected answer.
   *
   * @param model the model that gave it
   * @param records number of records in the call
   * @param answer its part about the record, as JSON; null when it has none
   * @param errors why it was rejected, a sentence each
   * @param codes the code of each of {@code errors}; empty when an earlier version stored them
   */
  record Rejection(
      String model, int records, @Nullable String answer, List<String> errors, List<String> codes) {

    /** Whether the answer has no price. */
    boolean namesNoPrice() {
      return codes.stream().anyMatch(Profiles::isUnanswered);
    }

    /**
     * Whether both answers are equal, or have the same errors; their sentences name the wrong
     * values. A missing answer never repeats another.
     */
    boolean repeats(Rejection earlier) {
      return answer != null
          && earlier.answer != null
          && (answer.equals(earlier.answer)
              || Set.copyOf(errors).equals(Set.copyOf(earlier.errors)));
    }
  }

  /** What was asked and refused of a claimed item. */
  public static RecordHistory of(ClaimedItem item) {
    return new RecordHistory(
        item.history().stream()
            .filter(PastCall::refused)
            .map(
                call ->
                    new Rejection(
                        call.model(), call.records(), call.answer(), call.errors(), call.codes()))
            .toList());
  }

  /** This history with one more rejected answer. */
  RecordHistory and(Rejection latest) {
    List<Rejection> all = new ArrayList<>(rejections);
    all.add(latest);
    return new RecordHistory(all);
  }

  /** Whether any answer was rejected. */
  public boolean hasRejections() {
    return !rejections.isEmpty();
  }

  /**
   * The models that are not asked about the record again: each repeated a rejected answer, or had
   * its tries.
   *
   * @param models the models that can be asked; a single one has all attempts of the record
   * @param triesPerModel rejected answers of one model at most
   */
  Set<String> exhausted(List<String> models, int triesPerModel) {
    Set<String> exhausted = new HashSet<>();
    for (int i = 0; i < rejections.size(); i++) {
      Rejection rejection = rejections.get(i);
      boolean repeated = rejections.subList(0, i).stream().anyMatch(rejection::repeats);
      if (repeated || (models.size() > 1 && tries(rejection.model()) >= triesPerModel)) {
        exhausted.add(rejection.model());
      }
    }
    return exhausted;
  }

  private long tries(String model) {
    return rejections.stream().filter(rejection -> rejection.model().equals(model)).count();
  }

  /** Whether the model is asked about the record alone from now on. */
  public boolean needsOwnCall(String model) {
    return rejections.stream()
            .filter(
                rejection -> Objects.equals(rejection.model(), model) && rejection.records() > 1)
            .count()
        >= SHARED_TRIES;
  }

  /**
   * The code that the record fails with: that of the latest rejection. An answer without a price
   * decides only when each model gave one; otherwise another rejection says more.
   *
   * @throws IndexOutOfBoundsException when no answer was rejected
   */
  String code() {
    return rejections.get(deciding()).codes().get(0);
  }

  /** Why the record fails: errors of the deciding rejection, then those of the others. */
  List<String> allReasons() {
    int deciding = deciding();
    List<String> all = new ArrayList<>(rejections.get(deciding).errors());
    all.addAll(reasons(deciding));
    return all;
  }

  private int deciding() {
    int latest = rejections.size() - 1;
    if (!rejections.get(latest).namesNoPrice()
        || modelsWith(Rejection::namesNoPrice).equals(models())) {
      return latest;
    }
    return IntStream.rangeClosed(0, latest)
        .map(i -> latest - i)
        .filter(i -> !rejections.get(i).namesNoPrice() && !rejections.get(i).codes().isEmpty())
        .findFirst()
        .orElse(latest);
  }

  private Set<String> models() {
    return modelsWith(rejection -> true);
  }

  private Set<String> modelsWith(Predicate<Rejection> condition) {
    return rejections.stream().filter(condition).map(Rejection::model).collect(Collectors.toSet());
  }

  /**
   * Why each answer was rejected, oldest first: {@code attempt n, model: sentence}. A repeated
   * error of one model is listed once.
   */
  List<String> reasons() {
    return reasons(-1);
  }

  private List<String> reasons(int without) {
    List<String> reasons = new ArrayList<>();
    Set<List<String>> listed = new HashSet<>();
    for (int i = 0; i < rejections.size(); i++) {
      String model = rejections.get(i).model();
      for (String error : i == without ? List.<String>of() : rejections.get(i).errors()) {
        if (listed.add(List.of(model, error))) {
          reasons.add("attempt %d, %s: %s".formatted(i + 1, model, error));
        }
      }
    }
    return reasons;
  }
}
