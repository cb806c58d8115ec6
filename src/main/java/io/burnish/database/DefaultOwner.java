package io.burnish.database;

/**
 * The owner of rows that were written without access control, or before there were owners: the
 * default of the columns that name an owner.
 */
public final class DefaultOwner {

  /** Its name. */
  public static final String NAME = "default";

  private DefaultOwner() {}

  /** Whether that is its name. */
  public static boolean is(String owner) {
    return owner.equals(NAME);
  }
}
