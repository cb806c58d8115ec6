/** One thing that is measured. */
@FunctionalInterface
interface Scenario {

  /**
   * Starts what it needs on the stage, measures, and writes its rows.
   *
   * @throws Exception when nothing could be measured; that is a row, too
   */
  void run(Stage stage, Report report, Run run) throws Exception;
}
