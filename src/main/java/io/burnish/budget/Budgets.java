package io.burnish.budget;

import io.burnish.database.Sql;
import io.burnish.job.control.BudgetPause;
import io.burnish.models.ModelChain;
import io.burnish.prices.Prices;
import io.burnish.queue.ItemReservations;
import io.burnish.queue.ItemReservations.Reservation;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.ClaimedItem.Budget;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds jobs to their budgets. Before each HTTP call its worst case is reserved in the items that
 * it is about; what is spent, by the ledger, and what is reserved never exceed the budget together.
 * A call that several jobs share is paid by each for its records. Thread-safe, and exact over
 * replicas: reservations of a job come one at a time.
 */
@Singleton
public class Budgets {

  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended('burnish.job_budget.' || ?, 0))";

  private final Sql sql;
  private final Prices prices;
  private final ModelChain models;
  private final ItemReservations items;
  private final BudgetPause pause;

  Budgets(Sql sql, Prices prices, ModelChain models, ItemReservations items, BudgetPause pause) {
    this.sql = sql;
    this.prices = prices;
    this.models = models;
    this.items = items;
    this.pause = pause;
  }

  /** Why no job can have a {@code maxCost}, as a sentence; empty when one can. */
  public Optional<String> whyNoCost() {
    List<String> left = models.models();
    return left.stream().anyMatch(this::hasPrice)
        ? Optional.empty()
        : Optional.of(
            "needs the price of a model, and none of %s has one: set BURNISH_PRICES"
                .formatted(String.join(", ", left)));
  }

  private boolean hasPrice(String model) {
    return prices.of(model).isPresent();
  }

  /**
   * Whether the model may be asked about an item: one of a job with {@code maxCost} needs a price.
   */
  public boolean mayAsk(String model, ClaimedItem item) {
    return item.budget() != Budget.COST || hasPrice(model);
  }

  /** Pauses the job of an item about which no model may be asked, because none has a price. */
  public void pauseForPrice(ClaimedItem item) {
    sql.run(
        connection -> {
          Spending spending = Spending.of(connection, item.jobId(), List.of());
          pause.pause(
              item.jobId(),
              spending.budget(),
              "it has maxCost, and no model that is left has a price");
          return null;
        });
  }

  /**
   * Reserves what calls about these items use, in place of what was reserved for the items before.
   * A job whose budget does not allow a call about one record is paused, once none of its calls is
   * in flight.
   *
   * @param called the items, in the order of their refs
   * @param calls those that are not in the ledger yet, each with what it may use at most
   * @return what was reserved, or which budgets do not allow it
   * @throws io.burnish.database.DatabaseException when the database does not answer; nothing is
   *     reserved then
   */
  public Result reserve(List<ClaimedItem> called, List<TokenUse> calls) {
    Map<UUID, List<ClaimedItem>> byJob =
        called.stream()
            .filter(item -> item.budget() != Budget.NONE)
            .collect(Collectors.groupingBy(ClaimedItem::jobId, TreeMap::new, Collectors.toList()));
    if (byJob.isEmpty()) {
      return Result.RESERVED;
    }
    List<TokenUse> perRecord = calls.stream().map(call -> call.perRecord(called.size())).toList();
    return sql.run(connection -> reserve(connection, byJob, perRecord));
  }

  /**
   * The result of {@link #reserve}.
   *
   * @param over jobs whose budget does not allow the calls; nothing is reserved if there is one
   * @param leaseHeld whether all items are still those of this worker
   */
  public record Result(Set<UUID> over, boolean leaseHeld) {

    static final Result RESERVED = new Result(Set.of(), true);
  }

  private Result reserve(
      Connection connection, Map<UUID, List<ClaimedItem>> byJob, List<TokenUse> perRecord)
      throws SQLException {
    long tokens = perRecord.stream().mapToLong(TokenUse::tokens).sum();
    Optional<BigDecimal> cost = Prices.sum(perRecord.stream().map(call -> call.cost(prices)));
    Set<UUID> over = new HashSet<>();
    for (Map.Entry<UUID, List<ClaimedItem>> job : byJob.entrySet()) {
      if (!isAllowed(connection, job.getKey(), job.getValue(), tokens, cost)) {
        over.add(job.getKey());
      }
    }
    if (!over.isEmpty()) {
      return new Result(over, true);
    }
    BigDecimal costEach = cost.orElse(BigDecimal.ZERO);
    List<Reservation> reservations = new ArrayList<>();
    byJob
        .values()
        .forEach(
            claims ->
                claims.forEach(
                    item ->
                        reservations.add(
                            new Reservation(item.id(), item.fence(), tokens, costEach))));
    return new Result(Set.of(), items.reserve(reservations) == reservations.size());
  }

  private boolean isAllowed(
      Connection connection,
      UUID job,
      List<ClaimedItem> claims,
      long tokens,
      Optional<BigDecimal> cost)
      throws SQLException {
    lock(connection, job);
    Spending spending = Spending.of(connection, job, claims.stream().map(ClaimedItem::id).toList());
    @Nullable String why =
        spending.whyNot(
            tokens * claims.size(),
            cost.map(each -> each.multiply(BigDecimal.valueOf(claims.size()))),
            prices);
    if (why != null && claims.size() == 1 && spending.nothingReserved()) {
      pause.pause(job, spending.budget(), why);
    }
    return why == null;
  }

  private static void lock(Connection connection, UUID job) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setString(1, job.toString());
      statement.execute();
    }
  }
}
