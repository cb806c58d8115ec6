package io.burnish.record;

import java.util.Locale;

/**
 * Names of the files in a data directory: which are input, and what the files beside them are
 * called. The service and its client share this rule.
 */
public final class DataFileNames {

  private static final String ENHANCED = "enhanced_";
  private static final String FAILED = "failed_";

  /** The state file of the script that Burnish replaces. */
  private static final String STATE_FILE = "groq_tracking_state.json";

  private DataFileNames() {}

  /** Name of the file with the enhanced records of an input file. */
  public static String enhanced(String input) {
    return ENHANCED + input;
  }

  /** Name of the file with the failed records of an input file, unchanged. */
  public static String failed(String input) {
    return FAILED + input;
  }

  /** Whether a file holds enhanced records. */
  public static boolean isEnhanced(String name) {
    return name.startsWith(ENHANCED);
  }

  /** Whether a file is written by Burnish or by the script: results, failures, or its state. */
  public static boolean isOutput(String name) {
    return isEnhanced(name) || name.startsWith(FAILED) || name.equals(STATE_FILE);
  }

  /** Whether a file holds a record a line, by its name. */
  public static boolean isLines(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".ndjson") || lower.endsWith(".jsonl");
  }

  /** Whether a file holds records, by its name: .json, .ndjson or .jsonl, in any case. */
  public static boolean isData(String name) {
    return isLines(name) || name.toLowerCase(Locale.ROOT).endsWith(".json");
  }
}
