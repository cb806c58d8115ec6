package io.burnish.profile.discount;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.Violation;
import io.burnish.profile.discount.text.OfferText;
import io.burnish.profile.discount.text.TextSection;
import io.burnish.record.RecordJson;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerRulesTest {

  private static final AnswerRules RULES =
      new AnswerRules(
          List.of("home", "Cars", "books", "Insurance", "lifestyle", "electronics"),
          List.of("Family", "Single"));
  private static final String ANSWER =
      "{\"price\":20,\"discount_type\":\"percentage\",\"category\":[\"home\"],"
          + "\"consumer_statuses\":[\"Family\"]}";
  private static final OfferText SOURCE =
      OfferText.of(
          List.of(new TextSection("price", TextSection.Kind.PRICE, "20% off, 1+1 on books")));

  @Test
  void an_answer_that_holds_to_every_rule_is_accepted() {
    assertThat(violations(ANSWER)).isEmpty();
  }

  @Test
  void fields_nobody_asked_for_are_passed_over() {
    assertThat(violations(ANSWER.replace("{\"price\"", "{\"why\":null,\"price\""))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"price\":20|\"price\":null|price_not_answered",
        "\"price\":20|\"cost\":20|field_missing",
        "\"price\":20|\"price\":\"20\"|price_not_a_number",
        "\"price\":20|\"price\":true|price_not_a_number",
        "\"price\":20|\"price\":[20]|price_not_a_number",
        "\"price\":20|\"price\":0|price_out_of_range",
        "\"price\":20|\"price\":-20|price_out_of_range",
        "\"price\":20|\"price\":101|price_out_of_range",
        "\"price\":20|\"price\":0.5|price_out_of_range",
        "\"price\":20|\"price\":1e999999999|price_out_of_range",
        "\"price\":20|\"price\":1e-999999999|price_out_of_range",
        "\"price\":20|\"price\":21|price_not_in_source",
        "percentage|Percentage|discount_type_unknown",
        "percentage|percent|discount_type_unknown",
        "percentage|cost|discount_type_unknown",
        "\"percentage\"|3|discount_type_unknown",
        "percentage|buy_one_get_one|price_out_of_range",
        "percentage|fixed_amount|price_does_not_fit_type",
        "[\"home\"]|[]|category_invalid",
        "[\"home\"]|\"home\"|category_invalid",
        "[\"home\"]|[\"Home\"]|category_invalid",
        "[\"home\"]|[\"ho\"]|category_invalid",
        "[\"home\"]|[null]|category_invalid",
        "[\"home\"]|[\"home\",\"home\"]|category_invalid",
        "[\"home\"]|[\"home\",\"Cars\",\"books\",\"Insurance\",\"lifestyle\",\"electronics\"]|category_invalid",
        "[\"Family\"]|[\"\"]|consumer_statuses_invalid",
        "[\"Family\"]|[\"Family\",\"\"]|consumer_statuses_invalid",
        "[\"Family\"]|null|field_missing"
      })
  void each_fault_is_refused_by_its_own_rule(String part, String fault, String rule) {
    assertThat(violations(ANSWER.replace(part, fault)))
        .extracting(Violation::rule)
        .containsExactly(rule);
  }

  @Test
  void a_price_of_20_point_0_is_20() {
    assertThat(violations(ANSWER.replace("20", "20.0"))).isEmpty();
  }

  @Test
  void buy_one_get_one_with_price_1_and_its_wording_is_accepted() {
    assertThat(violations(ANSWER.replace("20", "1").replace("percentage", "buy_one_get_one")))
        .isEmpty();
  }

  @Test
  void several_faults_are_told_together() {
    String answer = ANSWER.replace("20", "21").replace("home", "garden");

    assertThat(violations(answer))
        .extracting(Violation::sentence)
        .containsExactly(
            "category cannot hold \"garden\"; allowed are exactly: home, Cars, books, Insurance,"
                + " lifestyle, electronics",
            "price 21 does not stand in the text; numbers found there: 20");
  }

  @Test
  void a_sentence_is_never_longer_than_500_characters() {
    String answer = ANSWER.replace("home", "garden".repeat(1000));

    assertThat(violations(answer)).allMatch(violation -> violation.sentence().length() <= 500);
    assertThat(new Violation("rule", "😀".repeat(400)).sentence()).hasSizeLessThanOrEqualTo(500);
  }

  @Test
  void without_a_text_only_the_form_is_checked() {
    ObjectNode answer = (ObjectNode) RecordJson.read(ANSWER.replace("20", "21"));

    assertThat(RULES.checkForm(answer)).isEmpty();
  }

  private static List<Violation> violations(String answer) {
    return RULES.check((ObjectNode) RecordJson.read(answer), SOURCE, Set.of());
  }
}
