package io.burnish.tracking;

import io.burnish.database.BoundStatement;
import io.burnish.database.Sql;
import io.burnish.tracking.decision.TrackedState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A deletion of one provider's decisions. Tables are read in the order of their keys, one chunk per
 * transaction, so that no transaction is long and no deleted row is read again.
 *
 * @param owner only of this owner; null: of all
 * @param profile only of this profile; null: of all
 * @param state only with this state; null: with any
 * @param key only under this key; null: under any, or none
 */
public record TrackingDeletion(
    @Nullable String owner,
    @Nullable String profile,
    @Nullable TrackedState state,
    @Nullable String key) {

  /** Deletes all decisions of all owners. */
  public static final TrackingDeletion EVERYTHING = new TrackingDeletion(null, null, null, null);

  /** Rows per transaction. */
  static final int CHUNK = 10_000;

  /** Deletes contents and imported keys. Returns how many. */
  int delete(Sql sql, String provider) {
    int deleted = 0;
    for (DecisionTable table : DecisionTable.values()) {
      if (table.mayHave(owner)) {
        deleted +=
            key == null
                ? walk(sql, provider, table)
                : sql.run(connection -> statement(provider, table).update(connection));
      }
    }
    if (profile == null && state == null && key == null) {
      for (DecisionTable table :
          List.of(DecisionTable.IMPORTED_KEYS, DecisionTable.IMPORTED_KEYS_OF_OWNERS)) {
        if (table.mayHave(owner)) {
          sql.run(
              connection ->
                  ofOwner(
                          BoundStatement.of(
                              "DELETE FROM " + table.countsOf429 + " WHERE provider = ?", provider),
                          table)
                      .update(connection));
        }
      }
    }
    return deleted;
  }

  private int walk(Sql sql, String provider, DecisionTable table) {
    int deleted = 0;
    Optional<Place> place = Optional.of(new Place(profile == null ? "" : profile, ""));
    while (place.isPresent()) {
      Place from = place.get();
      Optional<Place> to = sql.run(connection -> next(connection, provider, table, from));
      deleted += sql.run(connection -> between(provider, table, from, to).update(connection));
      place = to.filter(next -> profile == null || next.profile().equals(profile));
    }
    return deleted;
  }

  /** The last position of the next chunk; empty at the end of the table. */
  private Optional<Place> next(
      Connection connection, String provider, DecisionTable table, Place from) throws SQLException {
    BoundStatement statement =
        ofOwner(
                BoundStatement.of(
                        "SELECT profile, %s FROM %s WHERE (profile, %s) > (?, %s)"
                            .formatted(
                                table.column.read(),
                                table.name,
                                table.column.name(),
                                table.column.bound()),
                        from.profile(),
                        from.key())
                    .and(
                        table.ofProvider,
                        Collections.nCopies(table.ofProvider.isEmpty() ? 0 : 1, provider)
                            .toArray()),
                table)
            .and(
                " ORDER BY profile, %s OFFSET %d LIMIT 1"
                    .formatted(table.column.name(), CHUNK - 1));
    try (PreparedStatement prepared = statement.prepare(connection);
        ResultSet row = prepared.executeQuery()) {
      return row.next()
          ? Optional.of(new Place(row.getString(1), row.getString(2)))
          : Optional.empty();
    }
  }

  private BoundStatement between(
      String provider, DecisionTable table, Place from, Optional<Place> to) {
    BoundStatement statement =
        statement(provider, table)
            .and(
                " AND (profile, %s) > (?, %s)".formatted(table.column.name(), table.column.bound()),
                from.profile(),
                from.key());
    return to.map(
            last ->
                statement.and(
                    " AND (profile, %s) <= (?, %s)"
                        .formatted(table.column.name(), table.column.bound()),
                    last.profile(),
                    last.key()))
        .orElse(statement);
  }

  private BoundStatement ofOwner(BoundStatement statement, DecisionTable table) {
    return owner == null || !table.hasOwners ? statement : statement.and(" AND owner = ?", owner);
  }

  private BoundStatement statement(String provider, DecisionTable table) {
    BoundStatement statement =
        ofOwner(
            BoundStatement.of("DELETE FROM " + table.name + " WHERE provider = ?", provider),
            table);
    if (profile != null) {
      statement = statement.and(" AND profile = ?", profile);
    }
    if (key != null) {
      statement =
          statement.and(
              table.ofKey.condition(), Collections.nCopies(table.ofKey.places(), key).toArray());
    }
    if (state != null) {
      statement =
          statement.and(
              switch (state) {
                case PROCESSED -> " AND state = 'processed'";
                case FAILED -> " AND state = 'failed'";
              });
    }
    return statement;
  }

  /** A position in a table: a profile, and the rest of the primary key as text. */
  private record Place(String profile, String key) {}
}
