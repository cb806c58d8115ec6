package io.burnish.api.status;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class ProfileResourceTest {

  private final Profile discount = Profiles.named("discount").orElseThrow();

  @Test
  void each_profile_is_listed_with_its_versions_and_sizes() {
    JsonPath profiles = given().get("/profiles").then().statusCode(200).extract().jsonPath();

    assertThat(profiles.getList("name")).isEqualTo(List.copyOf(Profiles.names()));
    assertThat(profiles.getList("findAll{it.isDefault}.name"))
        .containsExactly(Profiles.defaultName());
    assertThat(profiles.getInt("[0].version")).isEqualTo(discount.version());
    assertThat(profiles.getString("[0].promptVersion")).isEqualTo(discount.promptVersion());
    assertThat(profiles.getString("[0].proofVersion")).isEqualTo(discount.proofVersion());
    assertThat(profiles.getInt("[0].sizes.prompt")).isEqualTo(discount.sizes().prompt());
  }

  @Test
  void each_rule_has_a_sentence_and_says_whether_it_can_be_off() {
    JsonPath profiles = given().get("/profiles").then().extract().jsonPath();

    assertThat(profiles.getList("[0].rules.findAll{it.canBeOff}.name"))
        .isEqualTo(discount.ruleNames());
    assertThat(profiles.getList("[0].rules.findAll{!it.canBeOff}.name"))
        .contains("nothing_to_enhance", "missing_discount_id");
    assertThat(profiles.getList("[0].rules.sentence", String.class))
        .doesNotHaveDuplicates()
        .allMatch(sentence -> sentence.length() > 10 && !sentence.endsWith("."));
  }

  @Test
  void it_takes_no_parameters() {
    given()
        .get("/profiles?name=discount")
        .then()
        .statusCode(422)
        .body("violations[0].field", equalTo("name"));
  }
}
