package io.burnish.api.view;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.api.view.JobView.Cost;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Api;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.PostedJob;
import io.burnish.job.state.Counts;
import io.burnish.job.usage.FileUsages;
import io.burnish.job.usage.ModelUsage;
import io.burnish.prices.Prices;
import io.burnish.record.RecordJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(JobCostsTest.Priced.class)
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class JobCostsTest {

  private static final ModelUsage PRICED = new ModelUsage("a", 3, 9, 1, 1_000_000, 100_000, 0);
  private static final ModelUsage UNPRICED = new ModelUsage("b", 1, 1, 0, 10, 10, 0);

  @Inject FileUsages files;

  /** Simulated answers cost nothing by default. */
  public static class Priced implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("burnish.prices.models", "simulated/openai/gpt-oss-120b=3/1/7");
    }
  }

  private Cost cost(Counts counts, int open, ModelUsage... usage) {
    return new JobCosts(files, new Prices("a=1/0.5/2")).of(counts, open, List.of(usage));
  }

  @Test
  void each_open_item_is_expected_to_cost_what_a_decided_one_did() {
    assertThat(cost(new Counts(100, 8, 2, 0, 0), 90, PRICED))
        .isEqualTo(new Cost(new BigDecimal("1.200000"), new BigDecimal("10.800000"), 9_900_000L));
  }

  @Test
  void what_is_to_come_is_not_known_before_an_item_is_decided() {
    assertThat(cost(new Counts(100, 0, 0, 0, 0), 100))
        .isEqualTo(new Cost(new BigDecimal("0.000000"), null, null));
  }

  @Test
  void nothing_is_to_come_of_a_job_without_open_items() {
    assertThat(cost(new Counts(2, 0, 2, 0, 0), 0))
        .isEqualTo(new Cost(new BigDecimal("0.000000"), new BigDecimal("0.000000"), 0L));
  }

  @Test
  void a_model_without_a_price_makes_the_cost_unknown_but_not_the_tokens() {
    assertThat(cost(new Counts(4, 2, 0, 0, 0), 2, PRICED, UNPRICED))
        .isEqualTo(new Cost(null, null, 1_100_020L));
  }

  @Test
  void a_job_shows_what_it_its_models_and_its_files_cost() {
    String id =
        Api.post(
            "{\"files\":[{\"name\":\"a.json\",\"records\":%s},{\"name\":\"b.json\",\"records\":%s}]}"
                .formatted(
                    Discounts.list(Discounts.readable("1"), Discounts.readable("2")),
                    Discounts.list(Discounts.readable("3"))));
    Api.ended(id);
    JsonNode job = RecordJson.read(given().get("/jobs/" + id).asString());
    BigDecimal spent =
        BigDecimal.valueOf(
            3 * job.at("/tokens/prompt").asLong() + 7 * job.at("/tokens/completion").asLong(), 6);

    assertThat(spent).isPositive();
    assertThat(job.at("/cost/spent").decimalValue()).isEqualByComparingTo(spent);
    assertThat(job.at("/cost/toCome").decimalValue()).isZero();
    assertThat(job.at("/models/simulated~1openai~1gpt-oss-120b/cost").decimalValue())
        .isEqualByComparingTo(spent);
    BigDecimal first = job.at("/files/0/cost").decimalValue();
    BigDecimal second = job.at("/files/1/cost").decimalValue();
    assertThat(first.add(second)).isEqualByComparingTo(spent);
    assertThat(first).isGreaterThan(second);
    assertThat(new PostedJob(id).text())
        .contains("Cost: US$ %s so far, US$ 0.000000 to come\n".formatted(spent));
    assertThat(listed(id).path("cost")).isEqualTo(job.path("cost"));
  }

  @Test
  void a_job_without_a_call_costs_nothing_in_the_list() {
    String id = Api.post("{\"mode\":\"store\",\"records\":[{}]}");

    assertThat(listed(id).at("/cost/spent").decimalValue()).isZero();
  }

  private static JsonNode listed(String id) {
    for (JsonNode job : RecordJson.read(given().get("/jobs").asString()).path("jobs")) {
      if (job.path("id").asText().equals(id)) {
        return job;
      }
    }
    throw new AssertionError("job " + id + " is not in the list");
  }
}
