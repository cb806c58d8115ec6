package io.burnish.tracking;

import io.burnish.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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
    for (Table table : Table.values()) {
      if (table.mayHave(owner)) {
        deleted +=
            key == null
                ? walk(sql, provider, table)
                : sql.run(connection -> statement(provider, table).delete(connection));
      }
    }
    if (profile == null && state == null && key == null) {
      for (Table table : List.of(Table.IMPORTED_KEYS, Table.IMPORTED_KEYS_OF_OWNERS)) {
        if (table.mayHave(owner)) {
          sql.run(
              connection ->
                  ofOwner(
                          new Statement(
                              "DELETE FROM " + table.countsOf429 + " WHERE provider = ?", provider),
                          table)
                      .delete(connection));
        }
      }
    }
    return deleted;
  }

  private int walk(Sql sql, String provider, Table table) {
    int deleted = 0;
    Optional<Place> place = Optional.of(new Place(profile == null ? "" : profile, ""));
    while (place.isPresent()) {
      Place from = place.get();
      Optional<Place> to = sql.run(connection -> next(connection, provider, table, from));
      deleted += sql.run(connection -> between(provider, table, from, to).delete(connection));
      place = to.filter(next -> profile == null || next.profile().equals(profile));
    }
    return deleted;
  }

  /** The last position of the next chunk; empty at the end of the table. */
  private Optional<Place> next(Connection connection, String provider, Table table, Place from)
      throws SQLException {
    Statement statement =
        ofOwner(
                new Statement(
                        "SELECT profile, %s FROM %s WHERE (profile, %s) > (?, %s)"
                            .formatted(table.read, table.name, table.column, table.bound),
                        from.profile(),
                        from.key())
                    .and(
                        table.ofProvider,
                        Collections.nCopies(table.ofProvider.isEmpty() ? 0 : 1, provider)),
                table)
            .and(" ORDER BY profile, %s OFFSET %d LIMIT 1".formatted(table.column, CHUNK - 1));
    try (PreparedStatement prepared = statement.prepare(connection);
        ResultSet row = prepared.executeQuery()) {
      return row.next()
          ? Optional.of(new Place(row.getString(1), row.getString(2)))
          : Optional.empty();
    }
  }

  private Statement between(String provider, Table table, Place from, Optional<Place> to) {
    Statement statement =
        statement(provider, table)
            .and(
                " AND (profile, %s) > (?, %s)".formatted(table.column, table.bound),
                from.profile(),
                from.key());
    return to.map(
            last ->
                statement.and(
                    " AND (profile, %s) <= (?, %s)".formatted(table.column, table.bound),
                    last.profile(),
                    last.key()))
        .orElse(statement);
  }

  private Statement ofOwner(Statement statement, Table table) {
    return owner == null || !table.hasOwners ? statement : statement.and(" AND owner = ?", owner);
  }

  private Statement statement(String provider, Table table) {
    Statement statement =
        ofOwner(
            new Statement("DELETE FROM " + table.name + " WHERE provider = ?", provider), table);
    if (profile != null) {
      statement = statement.and(" AND profile = ?", profile);
    }
    if (key != null) {
      statement = statement.and(table.ofKey, Collections.nCopies(table.placesOfKey, key));
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

  /** A statement under construction, with its parameters. */
  private record Statement(String text, List<String> values) {

    Statement(String text, String... values) {
      this(text, List.of(values));
    }

    Statement and(String more, String... moreValues) {
      return and(more, List.of(moreValues));
    }

    Statement and(String more, List<String> moreValues) {
      List<String> all = new ArrayList<>(values);
      all.addAll(moreValues);
      return new Statement(text + more, all);
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
      PreparedStatement statement = connection.prepareStatement(text);
      for (int i = 0; i < values.size(); i++) {
        statement.setString(i + 1, values.get(i));
      }
      return statement;
    }

    int delete(Connection connection) throws SQLException {
      try (PreparedStatement statement = prepare(connection)) {
        return statement.executeUpdate();
      }
    }
  }

  /** A table that is read in the order of its primary key. */
  private enum Table {
    /** Its key begins with the profile. */
    CONTENTS(
        "enhancement",
        "",
        "fingerprint",
        "encode(fingerprint, 'hex')",
        "decode(?, 'hex')",
        """
         AND (profile, fingerprint) IN (
          SELECT profile, fingerprint FROM enhancement WHERE left(record_key, 200) = left(?, 200) AND record_key = ?
          UNION ALL
          SELECT profile, fingerprint FROM enhancement_key WHERE left(record_key, 200) = left(?, 200) AND record_key = ?)
        """,
        4,
        true,
        ""),

    /** Of the default owner. Its key begins with the provider. */
    IMPORTED_KEYS(
        "imported_key",
        " AND provider = ?",
        "record_key",
        "record_key",
        "?",
        " AND record_key = ?",
        1,
        false,
        "imported_429_count"),

    /** Of the other owners. Its key begins with the owner. */
    IMPORTED_KEYS_OF_OWNERS(
        "imported_key_of_owner",
        " AND provider = ?",
        "record_key",
        "record_key",
        "?",
        " AND record_key = ?",
        1,
        true,
        "imported_429_count_of_owner");

    final String name;
    final String ofProvider;
    final String column;
    final String read;
    final String bound;
    final String ofKey;
    final int placesOfKey;
    final boolean hasOwners;
    final String countsOf429;

    Table(
        String name,
        String ofProvider,
        String column,
        String read,
        String bound,
        String ofKey,
        int placesOfKey,
        boolean hasOwners,
        String countsOf429) {
      this.name = name;
      this.ofProvider = ofProvider;
      this.column = column;
      this.read = read;
      this.bound = bound;
      this.ofKey = ofKey;
      this.placesOfKey = placesOfKey;
      this.hasOwners = hasOwners;
      this.countsOf429 = countsOf429;
    }

    /** Whether rows of the owner may be in it; null: of any owner. */
    boolean mayHave(@Nullable String owner) {
      return owner == null
          || this == CONTENTS
          || hasOwners != owner.equals(TrackingScope.DEFAULT_OWNER);
    }
  }
}
