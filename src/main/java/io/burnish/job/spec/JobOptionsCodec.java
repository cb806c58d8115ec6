package io.burnish.job.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;

/** The JSON of options in the job's row. Other versions write and read it too. */
@Singleton
public class JobOptionsCodec {

  private final ObjectMapper json;

  JobOptionsCodec(ObjectMapper json) {
    this.json = json;
  }

  /** The options as JSON. */
  public String write(JobOptions options) {
    try {
      return json.writeValueAsString(options);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("job options could not be written", e);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws UnreadableJobException when another version wrote them in a form that this one does not
   *     know
   */
  public JobOptions read(String stored) {
    try {
      JobOptions options = json.readValue(stored, JobOptions.class);
      if (options == null || options.dedupe() == null || options.rulesOff() == null) {
        throw new IllegalStateException("dedupe or rulesOff is missing");
      }
      return options;
    } catch (JsonProcessingException | IllegalStateException e) {
      throw UnreadableJobException.ofOptions(stored, e);
    }
  }
}
