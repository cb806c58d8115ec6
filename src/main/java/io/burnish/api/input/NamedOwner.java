package io.burnish.api.input;

import io.burnish.access.caller.Caller;
import io.burnish.api.problem.InvalidQueryException;
import io.burnish.record.Excerpt;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The owner that a request is about, by its query parameter {@code owner}. */
public final class NamedOwner {

  private static final String OWNER = "owner";

  private NamedOwner() {}

  /**
   * One owner: that of the caller, or the one that is named. Only administrators may name another
   * than their own.
   *
   * @param named value of the query parameter; null: none
   */
  public static String of(Caller caller, @Nullable String named) {
    if (named == null) {
      return caller.owner();
    }
    Optional<String> only = caller.onlyOwner();
    if (only.isPresent() && !only.get().equals(named)) {
      throw new InvalidQueryException(
          OWNER, "may only name the caller's own owner; an administrator may name another");
    }
    if (named.isEmpty() || named.equals(Caller.ALL_OWNERS) || named.indexOf('\0') >= 0) {
      throw new InvalidQueryException(
          OWNER, "\"%s\" is not the name of one owner".formatted(Excerpt.of(named)));
    }
    return named;
  }
}
