import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;

/** The table: rows are printed as they are measured, as Markdown, and kept for the JSON file. */
final class Report {

  private final Options options;
  private final ObjectNode json = Stage.JSON.createObjectNode();
  private final ArrayNode rows;
  private String scenario = "";
  private boolean allReached = true;

  Report(Options options) throws IOException {
    this.options = options;
    Machine machine = Machine.here();
    json.set("machine", Stage.JSON.valueToTree(machine));
    json.put("seconds", options.run().seconds())
        .put("warmUp", options.run().warmUp())
        .put("seed", options.run().seed());
    this.rows = json.putArray("rows");
    System.out.printf(
        "%s, %d s after %d s of warm-up, seed %d%n%n",
        machine.sentence(), options.run().seconds(), options.run().warmUp(), options.run().seed());
    System.out.println("| scenario | measure | must reach | reached | |\n|---|---|---|---|---|");
  }

  /** The rows that follow are of this scenario. */
  void scenario(String name) {
    scenario = name;
  }

  /** A figure that must not be below a limit. */
  void atLeast(String measure, double limit, Unit unit, Figure figure) throws IOException {
    write(measure, "≥ " + unit.text(limit), unit, figure, figure.value() >= limit);
  }

  /** A figure that must not be above a limit. */
  void atMost(String measure, double limit, Unit unit, Figure figure) throws IOException {
    boolean reached = figure.value() <= limit;
    write(measure, limit == 0 ? "0" : "≤ " + unit.text(limit), unit, figure, reached);
  }

  /** A figure that is only told. */
  void told(String measure, Unit unit, Figure figure) throws IOException {
    write(measure, "", unit, figure, true);
  }

  /** The scenario broke off. */
  void notMeasured(Exception cause) throws IOException {
    write("could not be measured", "", Unit.COUNT, new Figure(Double.NaN, cause.toString()), false);
  }

  /**
   * A value, and what a reader should know beside it.
   *
   * @param note may be empty
   */
  record Figure(double value, String note) {

    /** A value that says it all. */
    static Figure of(double value) {
      return new Figure(value, "");
    }
  }

  private void write(String measure, String mustReach, Unit unit, Figure figure, boolean reached)
      throws IOException {
    allReached &= reached;
    String verdict = !reached ? "FAIL" : mustReach.isEmpty() ? "" : "ok";
    String text =
        unit.text(figure.value()) + (figure.note().isEmpty() ? "" : " (" + figure.note() + ")");
    System.out.printf("| %s | %s | %s | %s | %s |%n", scenario, measure, mustReach, text, verdict);
    rows.addObject()
        .put("scenario", scenario)
        .put("measure", measure)
        .put("mustReach", mustReach)
        .put("reached", text)
        .put("value", figure.value())
        .put("verdict", verdict);
    // After each row, so that an interrupted run keeps what was measured.
    if (options.out().isPresent()) {
      Files.writeString(options.out().get(), json.toPrettyString());
    }
  }

  /** Whether every figure was reached. */
  boolean end() {
    return allReached;
  }
}
