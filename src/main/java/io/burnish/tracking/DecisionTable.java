package io.burnish.tracking;

import io.burnish.database.DefaultOwner;
import org.jspecify.annotations.Nullable;

/** A table of decisions, which a deletion reads in the order of its primary key. */
enum DecisionTable {
  /** Its key begins with the profile. */
  CONTENTS(
      "enhancement",
      "",
      new Column("fingerprint", "encode(fingerprint, 'hex')", "decode(?, 'hex')"),
      new OfKey(
          """
       AND (profile, fingerprint) IN (
        SELECT profile, fingerprint FROM enhancement WHERE left(record_key, 200) = left(?, 200) AND record_key = ?
        UNION ALL
        SELECT profile, fingerprint FROM enhancement_key WHERE left(record_key, 200) = left(?, 200) AND record_key = ?)
      """,
          4),
      true,
      ""),

  /** Of the default owner. Its key begins with the provider. */
  IMPORTED_KEYS(
      "imported_key",
      " AND provider = ?",
      new Column("record_key", "record_key", "?"),
      new OfKey(" AND record_key = ?", 1),
      false,
      "imported_429_count"),

  /** Of the other owners. Its key begins with the owner. */
  IMPORTED_KEYS_OF_OWNERS(
      "imported_key_of_owner",
      " AND provider = ?",
      new Column("record_key", "record_key", "?"),
      new OfKey(" AND record_key = ?", 1),
      true,
      "imported_429_count_of_owner");

  final String name;
  final String ofProvider;
  final Column column;
  final OfKey ofKey;
  final boolean hasOwners;
  final String countsOf429;

  DecisionTable(
      String name,
      String ofProvider,
      Column column,
      OfKey ofKey,
      boolean hasOwners,
      String countsOf429) {
    this.name = name;
    this.ofProvider = ofProvider;
    this.column = column;
    this.ofKey = ofKey;
    this.hasOwners = hasOwners;
    this.countsOf429 = countsOf429;
  }

  /** Whether rows of the owner may be in it; null: of any owner. */
  boolean mayHave(@Nullable String owner) {
    return owner == null || this == CONTENTS || hasOwners != DefaultOwner.is(owner);
  }

  /**
   * The second column of the primary key.
   *
   * @param read the expression that reads it as a text
   * @param bound the expression of a bound text
   */
  record Column(String name, String read, String bound) {}

  /**
   * The condition on rows of one record key.
   *
   * @param places of the key in it
   */
  record OfKey(String condition, int places) {}
}
