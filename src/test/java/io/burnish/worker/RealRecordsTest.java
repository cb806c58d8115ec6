package io.burnish.worker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.fixtures.Api;
import io.burnish.record.RecordJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real scrapes, end to end: nothing lost, nothing altered. They are not ours to ship: the test runs
 * where the folder of {@code -Dburnish.data} is there, and is skipped elsewhere.
 */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class RealRecordsTest {

  private static final Path DATA = Path.of(System.getProperty("burnish.data", "../shared/data"));

  /** What stands in a copied field of the result where the source says N/A. */
  private static final Map<String, String> COPIED =
      Map.of(
          "discount_id", "",
          "title", "",
          "description", "",
          "image_link", "",
          "discount_link", "",
          "terms_and_conditions", "See provider website for details",
          "valid_until", "",
          "coupon_code", "",
          "provider_link", "");

  @ParameterizedTest
  @CsvSource({
    "he_native_all_discounts_2025-08-07.json, 116, 12",
    "nasty_records.json, 172, -1",
    "en_bank_retail_excerpts.json, 51, 0"
  })
  void every_real_record_ends_succeeded_and_unaltered_or_failed_with_a_reason(
      String file, int total, int empty) throws IOException {
    assumeTrue(Files.exists(DATA.resolve(file)), "no real records here");
    List<JsonNode> sources = new ArrayList<>();
    String body = Files.readString(DATA.resolve(file));
    RecordJson.read(body).forEach(sources::add);

    String id = Api.post("{\"options\":{\"dedupe\":\"none\"},\"records\":%s}".formatted(body));

    JsonPath job = Api.ended(id);
    List<JsonNode> results = list(id, "/results");
    List<JsonNode> failures = list(id, "/failures");
    assertThat(sources).hasSize(total);
    assertThat(results.size() + failures.size()).isEqualTo(total);
    assertThat(job.getInt("counts.succeeded")).isEqualTo(results.size());
    assertThat(results.size()).isGreaterThan(total / 2);
    assertThat(failures).allSatisfy(f -> assertThat(f.path("errors")).isNotEmpty());
    if (empty >= 0) {
      assertThat(failures)
          .filteredOn(f -> f.path("errors").toString().contains("are all empty or N/A"))
          .hasSize(empty);
    }
    failures.forEach(failure -> sources.remove(failure.path("record")));
    assertThat(sources).hasSameSizeAs(results);
    for (int i = 0; i < results.size(); i++) {
      isTheSame(sources.get(i), results.get(i));
    }
  }

  private static void isTheSame(JsonNode source, JsonNode result) {
    assertThat(result).hasSize(16);
    COPIED.forEach(
        (field, instead) -> {
          JsonNode value = source.path(field);
          boolean said = !value.isMissingNode() && !value.isNull() && !"N/A".equals(value.asText());
          if (said) {
            assertThat(result.path(field)).isEqualTo(value);
          } else {
            assertThat(result.path(field).asText()).isEqualTo(instead);
          }
        });
    assertThat(result.path("club_name").isArray()).isTrue();
    JsonNode limit = result.path("usage_limit");
    assertThat(limit.isNull() || limit.isIntegralNumber()).isTrue();
    if (!limit.isNull()) {
      assertThat(limit.asText()).isEqualTo(source.path("usage_limit").asText());
    }
  }

  private static List<JsonNode> list(String id, String below) {
    List<JsonNode> list = new ArrayList<>();
    RecordJson.read(given().get("/jobs/" + id + below).asString()).forEach(list::add);
    return list;
  }
}
