package io.burnish.record;

import java.util.regex.Pattern;

/** Tells what PostgreSQL can store: its text has no NUL, and UTF-8 has no half surrogate pair. */
public final class StorableText {

  private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

  private StorableText() {}

  /** Whether the text can be stored as it is. */
  public static boolean is(String text) {
    return !UNSTORABLE.matcher(text).find();
  }
}
