import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the simulator had counted of all models at some moment.
 *
 * @param totals as it tells them
 */
record Calls(JsonNode totals) {

  /** Calls that came: those that were answered, and those that are not yet. */
  long came() {
    return sum("calls") + inFlight();
  }

  /** Calls that are charged for: what was let in, and what is not answered yet. */
  long paid() {
    return sum("admitted") + inFlight();
  }

  /** Calls that are not answered yet. */
  long inFlight() {
    return totals.path("inFlight").asLong();
  }

  /** The most that were open at once. */
  long mostInFlight() {
    return totals.path("mostInFlight").asLong();
  }

  /** Tokens of all prompts and answers, cached ones too. */
  long tokens() {
    return sum("promptTokens") + sum("completionTokens");
  }

  /**
   * Calls that went wrong in one way.
   *
   * @param kind as the simulator counts it: {@code CHOICES_EMPTY}
   */
  long of(String kind) {
    long sum = 0;
    for (JsonNode model : totals.path("models")) {
      sum += model.path("faults").path(kind).asLong();
    }
    return sum;
  }

  /** By the simulator's own clock. */
  double seconds() {
    return totals.path("seconds").asDouble();
  }

  private long sum(String count) {
    long sum = 0;
    for (JsonNode model : totals.path("models")) {
      sum += model.path(count).asLong();
    }
    return sum;
  }
}
