package io.burnish.client.settings;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line; null means that an option is not given. Filled in by picocli. */
@Command(
    name = "./build.sh",
    customSynopsis = {
      "./build.sh 2 [options]   enhance the discounts below the data directory",
      "       ./build.sh 1 [options]   store what was enhanced before (enhanced_*.json); no model is asked",
      "       ./build.sh list          the jobs of the service at BURNISH_URL",
      "       ./build.sh show|cancel|retry ID"
    },
    sortOptions = false,
    usageHelpWidth = 100,
    usageHelpAutoWidth = false,
    footer = {
      "",
      "BURNISH_URL    a running Burnish to talk to; without it a local one is built, started and stopped",
      "BURNISH_STATE  where an interrupted run is remembered, and the local service keeps its database",
      "               and its log (default: .burnish)",
      "GROQ_API_KEY   your key, for the local one; without it the offline provider answers",
      "",
      "exit status: 0 all succeeded, 2 some failed, 1 could not run, 130 interrupted"
    })
public final class Options {

  /** What to do, such as {@code 2} or {@code list}. */
  @Parameters(index = "0", hidden = true)
  public String action = "";

  /** The job of a command; empty: none is given. */
  @Parameters(index = "1", arity = "0..1", hidden = true)
  public String id = "";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "where the *.json files are (default: DISCOUNT_DATA_DIR, else examples/discounts)")
  @Nullable String dataDir;

  @Option(names = "--reset-tracking", description = "forget what was processed or failed before")
  boolean resetTracking;

  @Option(names = "--retry-failed", description = "send again what failed in an earlier run")
  boolean retryFailed;

  @Option(
      names = "--priority",
      paramLabel = "P",
      description = "low, normal or high: the job's share of the calls (default: normal)")
  @Nullable String priority;

  @Option(
      names = "--max-cost",
      paramLabel = "USD",
      description = "spend so many US$ at most, such as 0.50; then the job is paused")
  @Nullable String maxCost;

  @Option(
      names = "--max-results",
      paramLabel = "N",
      description = "send the first N records only (default: MAX_RESULTS, else all)")
  @Nullable String maxResults;

  @Option(
      names = "--dry-run",
      description =
          "print what the job would take: calls, tokens, cost, time; nothing is sent to a model")
  boolean dryRun;

  @Option(
      names = "--no-wait",
      description =
          "end when the job is posted; the same command without it fetches the results (needs BURNISH_URL)")
  boolean noWait;

  @Option(names = "--cancel-on-interrupt", description = "Ctrl-C cancels the job")
  boolean cancelOnInterrupt;

  /** Whether the output is JSON. */
  @Option(
      names = "--json",
      description = "print what the service answers as JSON (list, show, cancel, retry, --dry-run)")
  public boolean json;

  @Option(
      names = "--tracking-state",
      paramLabel = "FILE",
      description =
          "take over the old script's groq_tracking_state.json first, and send each discount_id once, as that script did: what the file lists is not sent again")
  @Nullable String trackingState;

  @Option(
      names = "--export-state",
      paramLabel = "FILE",
      description =
          "write what is processed or failed by the end of the run to FILE, in the form of groq_tracking_state.json")
  @Nullable String exportState;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description =
          "certificates (PEM) to trust for an https BURNISH_URL, besides those that Java trusts (default: BURNISH_CA_FILE)")
  @Nullable String caFile;

  @Option(
      names = "--log-level",
      paramLabel = "L",
      description =
          "DEBUG, INFO, WARNING or ERROR, for the local service (default: LOG_LEVEL, else INFO)")
  @Nullable String logLevel;

  /** Whether the options are printed, and nothing is done. */
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this")
  public boolean help;
}
