package io.burnish.access.caller;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a caller may do. Each role may do what the ones before it may. */
public enum Role {
  /** Reads jobs and results of its owner, and the state of the service. */
  READ,
  /** Posts and controls jobs of its owner. */
  SUBMIT,
  /** Sees the jobs of all owners; manages keys, tracking and models. */
  ADMIN;

  /** Name of {@link #READ} in annotations. */
  public static final String READS = "read";

  /** Name of {@link #SUBMIT} in annotations. */
  public static final String SUBMITS = "submit";

  /** Name of {@link #ADMIN} in annotations. */
  public static final String ADMINISTERS = "admin";

  /** The role as it is written in the API, in the database and in annotations. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of this word; empty when there is none. */
  public static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }

  /** The words of this role and of all that it includes. */
  Set<String> included() {
    return Arrays.stream(values())
        .filter(role -> role.compareTo(this) <= 0)
        .map(Role::word)
        .collect(Collectors.toUnmodifiableSet());
  }
}
