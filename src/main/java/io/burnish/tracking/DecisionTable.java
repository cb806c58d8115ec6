package io.burnish.tracking;

import io.burnish.database.DefaultOwner;
import org.jspecify.annotations.Nullable;

/** A table of decisions, which a deletion reads in the order of its primary key. */
enum DecisionTable {
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

  DecisionTable(
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
    return owner == null || this == CONTENTS || hasOwners != DefaultOwner.is(owner);
  }
}
