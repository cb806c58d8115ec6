package io.burnish.queue.completion;

import io.burnish.database.Columns;
import io.burnish.queue.item.ClaimedItem;
import io.burnish.queue.item.Outcome;
import io.burnish.queue.item.Outcome.Enhanced;
import io.burnish.queue.item.Outcome.Failed;
import io.burnish.queue.item.Outcome.Judged;
import io.burnish.queue.item.Outcome.Parked;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of a batch of outcomes, as {@link CompletionStatement} reads them. */
final class OutcomeColumns {

  private OutcomeColumns() {}

  /** Sets the arrays in the order of the statement's {@code unnest}. */
  static void set(PreparedStatement statement, Columns<Outcome> columns) throws SQLException {
    statement.setArray(1, columns.of("int8", outcome -> outcome.item().id()));
    statement.setArray(2, columns.of("int4", outcome -> outcome.item().fence()));
    statement.setArray(3, columns.of("text", outcome -> outcome.decision().state().word()));
    statement.setArray(4, columns.of("int2", outcome -> outcome.judged().isPresent() ? 1 : 0));
    statement.setArray(5, columns.of("text", of(Parked.class, parked -> parked.reason().word())));
    statement.setArray(
        6, columns.of("int8", of(Parked.class, parked -> parked.delay().toMillis())));
    statement.setArray(7, columns.of("text", OutcomeColumns::model));
    statement.setArray(
        8, columns.of("bool", outcome -> outcome.decision() instanceof Enhanced e && e.reused()));
    statement.setArray(9, columns.of("text", of(Failed.class, Failed::code)));
    statement.setArray(10, columns.of("text", of(Enhanced.class, Enhanced::record)));
    statement.setArray(11, columns.lists(of(Failed.class, Failed::errors)));
    statement.setArray(12, columns.of("uuid", judged(Judged::callId)));
    statement.setArray(13, columns.of("bool", judged(Judged::accepted)));
    statement.setArray(14, columns.lists(judged(Judged::errors)));
    statement.setArray(15, columns.of("int4", of(Parked.class, OutcomeColumns::maxPack)));
    statement.setArray(
        16, columns.texts(outcome -> outcome.judged().map(Judged::answer).orElse(null)));
    statement.setArray(
        17, columns.texts(outcome -> outcome.judged().map(Judged::violations).orElse(null)));
    statement.setArray(18, columns.texts(of(Enhanced.class, Enhanced::evidence)));
  }

  private static @Nullable Integer maxPack(Parked parked) {
    return parked.maxPack() == ClaimedItem.UNBOUNDED ? null : parked.maxPack();
  }

  private static @Nullable String model(Outcome outcome) {
    if (outcome.decision() instanceof Enhanced enhanced) {
      return enhanced.model();
    }
    if (outcome.decision() instanceof Failed failed) {
      return failed.model();
    }
    return outcome.judged().map(Judged::model).orElse(null);
  }

  private static <D, V> Function<Outcome, @Nullable V> of(Class<D> kind, Function<D, V> column) {
    return outcome ->
        kind.isInstance(outcome.decision()) ? column.apply(kind.cast(outcome.decision())) : null;
  }

  private static <V> Function<Outcome, @Nullable V> judged(Function<Judged, V> column) {
    return outcome -> outcome.judged().map(column).orElse(null);
  }
}
