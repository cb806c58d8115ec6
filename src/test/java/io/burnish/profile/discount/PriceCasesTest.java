package io.burnish.profile.discount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.Violation;
import io.burnish.record.RecordJson;
import io.burnish.record.SourceRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Measures the rules on price notations that people report; skipped where the file is missing. */
class PriceCasesTest {

  private static final Path CASES =
      Path.of(System.getProperty("burnish.data", "../shared/data"), "price-cases.json");

  private final DiscountProfile profile = new DiscountProfile();

  @Test
  void at_least_95_in_100_of_the_firm_and_likely_cases_hold() throws IOException {
    assumeTrue(Files.exists(CASES), "no price cases here");
    List<String> fallen = new ArrayList<>();
    int asked = 0;

    for (JsonNode price : RecordJson.read(Files.readString(CASES))) {
      if (!price.path("certainty").asText().equals("debatable")) {
        asked++;
        String faults = faults(price);
        if (!faults.isEmpty()) {
          fallen.add(price.path("id").asText() + faults);
        }
      }
    }

    assertThat(asked).isGreaterThan(60);
    assertThat(fallen).as(String.join("\n", fallen)).hasSizeLessThanOrEqualTo(asked / 20);
  }

  private String faults(JsonNode price) {
    SourceRecord source = SourceRecord.of(RecordJson.write(price));
    StringBuilder faults = new StringBuilder();
    for (JsonNode answer : price.path("accept")) {
      List<Violation> violations = profile.check(answer(answer), source, Set.of());
      if (!violations.isEmpty()
          || !profile.admit(source).toString().contains("missing_discount_id")) {
        faults.append(" refuses ").append(answer).append(' ').append(violations);
      }
      if (profile.admit(source).toString().contains("no_price_in_source")) {
        faults.append(" is not asked about");
      }
    }
    for (JsonNode answer : price.path("refuse")) {
      if (profile.check(answer(answer), source, Set.of()).isEmpty()) {
        faults.append(" accepts ").append(answer);
      }
    }
    return faults.toString();
  }

  private static ObjectNode answer(JsonNode price) {
    ObjectNode answer = price.deepCopy();
    answer.putArray("category").add("Consumerism");
    answer.putArray("consumer_statuses").add("Family");
    return answer;
  }
}
