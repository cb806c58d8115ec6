package io.burnish.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;

/** Options as they are in the job's row: JSON, which other versions write and read too. */
@Singleton
class JobOptionsCodec {

  private final ObjectMapper json;

  JobOptionsCodec(ObjectMapper json) {
    this.json = json;
  }

  String written(JobOptions options) {
    try {
      return json.writeValueAsString(options);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("job options could not be written", e);
    }
  }

  /**
   * What {@link #written} wrote.
   *
   * @throws UnreadableJobException when another version wrote it, in a form that this one does not
   *     know
   */
  JobOptions read(String stored) {
    try {
      JobOptions options = json.readValue(stored, JobOptions.class);
      if (options == null || options.dedupe() == null || options.rulesOff() == null) {
        throw new IllegalStateException("something is missing");
      }
      return options;
    } catch (JsonProcessingException | IllegalStateException e) {
      throw UnreadableJobException.ofOptions(stored, e);
    }
  }
}
