package io.burnish.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.record.RecordJson;
import io.quarkus.logging.json.runtime.JsonFormatter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.MDC;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What reaches the JSON log of the image. */
class JsonLogLinesTest {

  private static final String FORGED = "x\n{\"level\":\"ERROR\",\"message\":\"forged\"}";

  private final SafeLogLines filter = new SafeLogLines();
  private final JsonFormatter json = new JsonFormatter();

  @AfterEach
  void clear() {
    MDC.clear();
  }

  @Test
  void job_item_and_model_are_fields() {
    MDC.put("job", "01a21f92-31d2-7f29-bc9f-32ceb15b480b");
    MDC.put("item", "17,18");
    MDC.put("model", "openai/gpt-oss-120b");

    JsonNode fields = RecordJson.read(line("%s is accepted", "Job 01a21f92")).path("mdc");

    assertThat(fields.path("job").asText()).isEqualTo("01a21f92-31d2-7f29-bc9f-32ceb15b480b");
    assertThat(fields.path("item").asText()).isEqualTo("17,18");
    assertThat(fields.path("model").asText()).isEqualTo("openai/gpt-oss-120b");
  }

  @Test
  void text_from_outside_makes_no_second_line() {
    MDC.put("model", FORGED);

    String line = line("Job \"%s\" is accepted", FORGED);

    assertThat(line.stripTrailing()).doesNotContain("\n");
    assertThat(RecordJson.read(line).path("message").asText())
        .startsWith("Job \"x\\n{")
        .endsWith("is accepted");
    assertThat(RecordJson.read(line).path("level").asText()).isEqualTo("INFO");
  }

  @Test
  void the_image_writes_json() throws IOException {
    assertThat(Files.readString(Path.of("src/main/docker/Dockerfile.jvm")))
        .contains("\nENV QUARKUS_LOG_CONSOLE_JSON_ENABLED=true\n");
    assertThat(
            ConfigProvider.getConfig().getValue("quarkus.log.console.json.enabled", Boolean.class))
        .as("elsewhere")
        .isFalse();
  }

  private String line(String message, Object... values) {
    ExtLogRecord line =
        new ExtLogRecord(Level.INFO, message, FormatStyle.PRINTF, getClass().getName());
    line.setLoggerName("io.burnish.job.stored.JobLog");
    line.setParameters(values);
    filter.isLoggable(line);
    line.copyAll();
    return json.format(line);
  }
}
