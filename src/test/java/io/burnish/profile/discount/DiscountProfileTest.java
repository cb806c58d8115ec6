package io.burnish.profile.discount;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.amount.AmountKind;
import io.burnish.profile.Evidence;
import io.burnish.profile.Judgement;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.profile.Prompt;
import io.burnish.profile.Violation;
import io.burnish.record.Fingerprint;
import io.burnish.record.RecordJson;
import io.burnish.record.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscountProfileTest {

  private static final ObjectNode ANSWER =
      (ObjectNode)
          RecordJson.read(
              "{\"price\":20.0,\"discount_type\":\"percentage\",\"category\":[\"home\"],"
                  + "\"consumer_statuses\":[\"Family\"],\"title\":\"forged\"}");

  private static final ObjectNode NO_PRICE =
      (ObjectNode) RecordJson.read("{\"price\":null,\"discount_type\":\"?\",\"category\":[]}");

  private final Profile profile = Profiles.named("discount").orElseThrow();

  @Test
  void it_is_found_by_its_name() {
    assertThat(Profiles.names()).containsExactly("discount");
    assertThat(profile.name()).isEqualTo("discount");
    assertThat(Profiles.named("coupon")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"\"7\",7", "7,7", "\" 7 \",7"})
  void its_key_is_the_discount_id(String id, String key) {
    assertThat(profile.key(SourceRecord.of("{\"discount_id\":" + id + "}"))).contains(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"discount_id\":null}",
        "{\"discount_id\":\" \"}",
        "{\"discount_id\":\"N/A\"}"
      })
  void a_record_without_id_is_not_admitted(String json) {
    SourceRecord source = SourceRecord.of(json);

    assertThat(profile.key(source)).isEmpty();
    assertThat(profile.admit(source))
        .extracting(Violation::rule)
        .containsExactly("missing_discount_id", "nothing_to_enhance");
  }

  @Test
  void the_model_reads_only_what_says_something() {
    SourceRecord source =
        SourceRecord.of(
            """
            {"discount_id":"5","club_name":["gold","N/A"],"title":"  Sun\\u200b  hats ","price":20,
             "discount_type":"N/A","description":null,"terms_and_conditions":" ",
             "coupon_code":"n/a","image_link":"x","category":"home"}
            """);

    assertThat(RecordJson.write(profile.fieldsToRead(source)))
        .isEqualTo(
            "{\"title\":\"Sun hats\",\"price\":20,\"category\":\"home\",\"club_name\":[\"gold\"]}");
  }

  @Test
  void a_category_and_a_club_are_nothing_to_enhance() {
    SourceRecord source =
        SourceRecord.of(
            "{\"discount_id\":\"5\",\"title\":\"N/A\",\"category\":\"home\",\"club_name\":\"gold\","
                + "\"discount_type\":\"percentage\",\"coupon_code\":\"SUN\"}");

    assertThat(profile.fieldsToRead(source)).isEmpty();
    assertThat(profile.admit(source))
        .extracting(Violation::rule)
        .containsExactly("nothing_to_enhance");
  }

  @Test
  void a_text_by_which_no_answer_could_be_proven_is_not_asked_about() {
    SourceRecord source =
        SourceRecord.of("{\"discount_id\":\"5\",\"title\":\"Special benefits for members\"}");

    assertThat(profile.admit(source))
        .extracting(Violation::rule)
        .containsExactly("no_price_in_source");
    assertThat(profile.admit(source, Set.of("price_not_in_source"))).isEmpty();
    assertThat(profile.admit(source, Set.of("no_price_in_source"))).isEmpty();
  }

  @Test
  void a_price_may_be_proven_by_any_of_the_four_texts() {
    for (String field : List.of("price", "title", "description", "terms_and_conditions")) {
      SourceRecord source = SourceRecord.of("{\"%s\":\"20%% off hats\"}".formatted(field));
      assertThat(profile.check(ANSWER, source, Set.of())).isEmpty();
    }
    SourceRecord elsewhere = SourceRecord.of("{\"title\":\"hats\",\"club_name\":\"20% off\"}");
    assertThat(profile.check(ANSWER, elsewhere, Set.of())).hasSize(1);
  }

  @Test
  void a_null_price_is_believed_where_no_amount_could_be_it_and_the_rest_is_not_judged() {
    SourceRecord source =
        SourceRecord.of("{\"discount_id\":\"5\",\"title\":\"Yoga mat with orders over ₪300\"}");

    Judgement judgement = profile.judge(NO_PRICE, source, Set.of());

    assertThat(profile.admit(source)).isEmpty();
    assertThat(judgement).isInstanceOf(Judgement.Unanswerable.class);
    assertThat(judgement.violations())
        .singleElement()
        .satisfies(reason -> assertThat(reason.rule()).isEqualTo("no_price_in_source"));
  }

  @Test
  void a_null_price_is_refused_with_the_amount_that_could_be_it() {
    SourceRecord source =
        SourceRecord.of("{\"title\":\"Yoga for 3 people\",\"description\":\"only ₪1,109 a year\"}");

    Judgement judgement = profile.judge(NO_PRICE, source, Set.of());

    assertThat(judgement).isInstanceOf(Judgement.Refused.class);
    assertThat(judgement.violations())
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.rule()).isEqualTo("price_not_answered");
              assertThat(violation.sentence())
                  .isEqualTo(
                      "price was null, but \"₪1,109\" in description could be the price of the offer");
              assertThat(violation.evidence())
                  .isEqualTo(new Evidence("description", 5, 11, "₪1,109", AmountKind.MONEY));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Yoga for 3 people|price_not_in_source|no_price_in_source",
        "Yoga for 3 people|price_not_answered|no_price_in_source",
        "Yoga for 3 people|no_price_in_source|price_not_answered",
        "Yoga at ₪99|price_not_in_source|price_not_answered",
        "Yoga at ₪99|price_not_answered|no_price_in_source",
        "Yoga at ₪99|no_price_in_source|price_not_answered",
        "Yoga at ₪99|price_not_answered,no_price_in_source,field_missing|price_not_answered"
      })
  void a_null_price_is_never_accepted_whatever_is_switched_off(
      String title, String off, String rule) {
    SourceRecord source =
        SourceRecord.of(RecordJson.write(RecordJson.object().put("title", title)));

    Judgement judgement = profile.judge(NO_PRICE, source, Set.of(off.split(",")));

    assertThat(judgement.violations()).extracting(Violation::rule).containsExactly(rule);
  }

  @Test
  void where_fields_may_be_missing_a_missing_price_is_a_null_one() {
    ObjectNode answer = ANSWER.deepCopy();
    answer.remove("price");
    SourceRecord source = SourceRecord.of("{\"title\":\"Yoga at ₪99\"}");

    assertThat(profile.check(answer, source, Set.of()))
        .extracting(Violation::rule)
        .containsExactly("field_missing");
    assertThat(profile.check(answer, source, Set.of("field_missing")))
        .extracting(Violation::rule)
        .containsExactly("price_not_answered");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"price\":\"₪1,109\"}|fixed_amount|1109|price|0|₪1,109|money",
        "{\"title\":\"Hats\",\"description\":\"now ₪1,109 only\"}|fixed_amount|1109|description|4|₪1,109|money",
        "{\"title\":\"Hats 20% off\"}|percentage|20|title|5|20%|percent",
        "{\"price\":20}|fixed_amount|20|price|0|20|bare",
        "{\"price\":[20]}|fixed_amount|20|price|1|20|bare",
        "{\"terms_and_conditions\":\"Hats: 1+1\"}|buy_one_get_one|1|terms_and_conditions|6|1+1|one_plus_one",
        "{\"title\":\"Hats half price\"}|percentage|50|title|5|half price|half",
        "{\"title\":\"hats: free\"}|percentage|100|title|6|free|free"
      })
  void what_proves_an_accepted_price_is_shown_in_the_field_as_it_was_written(
      String record, String type, int price, String field, int start, String text, String as) {
    ObjectNode answer = ANSWER.deepCopy().put("price", price).put("discount_type", type);

    Judgement judgement = profile.judge(answer, SourceRecord.of(record), Set.of());

    assertThat(judgement).isInstanceOf(Judgement.Accepted.class);
    assertThat(RecordJson.write(Evidence.json(((Judgement.Accepted) judgement).evidence())))
        .isEqualTo(
            "{\"price\":{\"field\":\"%s\",\"start\":%d,\"end\":%d,\"text\":\"%s\",\"as\":\"%s\"}}"
                .formatted(field, start, start + text.length(), text, as));
  }

  @Test
  void a_price_that_only_a_switched_off_rule_let_through_has_no_evidence() {
    SourceRecord source = SourceRecord.of("{\"title\":\"30% off hats\"}");

    Judgement judgement = profile.judge(ANSWER, source, Set.of("price_not_in_source"));

    assertThat(judgement).isEqualTo(new Judgement.Accepted(Map.of()));
  }

  @Test
  void the_price_may_be_null_in_the_schema_and_the_prompt_says_so() {
    assertThat(RecordJson.read(profile.answerSchema()).findPath("price").toString())
        .isEqualTo("{\"type\":[\"number\",\"null\"]}");
    assertThat(profile.systemPrompt()).contains("No price of the offer in the text: null");
  }

  @Test
  void how_texts_are_read_has_a_version_that_is_no_part_of_the_fingerprint() {
    assertThat(profile.proofVersion()).isNotEmpty().hasSizeLessThanOrEqualTo(100);
    SourceRecord source = SourceRecord.of("{\"title\":\"20% off\"}");
    assertThat(profile.fingerprint("groq", source))
        .isEqualTo(
            Fingerprint.of(
                "groq",
                profile.name(),
                profile.version(),
                profile.promptVersion(),
                profile.fieldsToRead(source)));
  }

  @Test
  void the_merged_record_has_sixteen_fields_in_their_order() {
    SourceRecord source =
        SourceRecord.of(
            """
            {"location":"X","discount_id":"5","club_name":"gold","title":" Sun\\u200b  hats ",
             "usage_limit":"1","valid_until":"N/A","terms_and_conditions":"N/A","price":"20%",
             "provider_link":"TEL","image_link":null,"coupon_code":"","description":"a\\\\b \\"c\\""}
            """);

    assertThat(RecordJson.write(profile.merge(source, ANSWER)))
        .isEqualTo(
            "{\"discount_id\":\"5\",\"title\":\" Sun\u200b  hats \",\"price\":20,"
                + "\"discount_type\":\"percentage\",\"description\":\"a\\\\b \\\"c\\\"\","
                + "\"image_link\":\"\",\"discount_link\":\"\","
                + "\"terms_and_conditions\":\"See provider website for details\","
                + "\"club_name\":[\"gold\"],\"category\":[\"home\"],\"valid_until\":\"\","
                + "\"usage_limit\":1,\"coupon_code\":\"\",\"provider_link\":\"TEL\","
                + "\"consumer_statuses\":[\"Family\"],\"favorites\":[]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1|1",
        "\"1\"|1",
        "\" 12 \"|12",
        "1.0|1",
        "\"N/A\"|null",
        "null|null",
        "\"\"|null",
        "\"two\"|null",
        "1.5|null",
        "true|null",
        "[1]|null",
        "\"99999999999999999999\"|null"
      })
  void a_usage_limit_is_a_whole_number_or_null(String given, String merged) {
    SourceRecord source = SourceRecord.of("{\"usage_limit\":" + given + "}");

    assertThat(profile.merge(source, ANSWER).path("usage_limit").toString()).isEqualTo(merged);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"gold\"|[\"gold\"]",
        "[\"a\",\"b\"]|[\"a\",\"b\"]",
        "\"N/A\"|[]",
        "null|[]",
        "\"\"|[]",
        "[]|[]",
        "7|[7]"
      })
  void a_club_name_becomes_a_list(String given, String merged) {
    SourceRecord source = SourceRecord.of("{\"club_name\":" + given + "}");

    assertThat(profile.merge(source, ANSWER).path("club_name").toString()).isEqualTo(merged);
  }

  @ParameterizedTest
  @CsvSource({
    "20,20",
    "20.0,20",
    "2e1,20",
    "24.90,24.9",
    "1450.00,1450",
    "1e-999999999,1E-999999999"
  })
  void a_price_is_written_without_needless_zeroes(String given, String merged) {
    ObjectNode answer = ANSWER.deepCopy();
    answer.set("price", RecordJson.read(given));

    JsonNode price = profile.merge(SourceRecord.of("{}"), answer).path("price");

    assertThat(RecordJson.write(price)).isEqualTo(merged);
  }

  @Test
  void a_number_in_a_text_field_stays_a_number() {
    SourceRecord source = SourceRecord.of("{\"discount_id\":12,\"title\":1.10}");

    ObjectNode merged = profile.merge(source, ANSWER);

    assertThat(merged.path("discount_id").toString()).isEqualTo("12");
    assertThat(merged.path("title").toString()).isEqualTo("1.10");
  }

  @Test
  void what_is_merged_can_be_stored() {
    SourceRecord source = SourceRecord.of("{\"discount_id\":\"5\",\"title\":\"20% off\"}");

    SourceRecord enhanced = SourceRecord.of(RecordJson.write(profile.merge(source, ANSWER)));

    assertThat(profile.checkEnhanced(enhanced)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "discount_id|\"\"|missing_discount_id",
        "favorites|\"\"|field_type",
        "club_name|\"gold\"|field_type",
        "usage_limit|\"1\"|field_type",
        "title|null|field_type",
        "price|\"20\"|price_not_a_number",
        "price|0|price_out_of_range",
        "price|null|field_missing",
        "category|[]|category_invalid",
        "consumer_statuses|[\"\"]|consumer_statuses_invalid"
      })
  void an_enhanced_record_with_a_fault_is_not_stored(String field, String value, String rule) {
    ObjectNode enhanced = profile.merge(SourceRecord.of("{\"discount_id\":\"5\"}"), ANSWER);
    enhanced.set(field, RecordJson.read(value));

    assertThat(profile.checkEnhanced(SourceRecord.of(RecordJson.write(enhanced))))
        .extracting(Violation::rule)
        .containsExactly(rule);
  }

  @Test
  void an_enhanced_record_needs_all_sixteen_fields() {
    assertThat(profile.checkEnhanced(SourceRecord.of("{\"discount_id\":\"5\"}")))
        .extracting(Violation::rule)
        .containsOnly("field_missing");
  }

  @Test
  void the_schema_keeps_to_the_strict_subset() {
    List<JsonNode> schemas =
        new ArrayList<>(RecordJson.read(profile.answerSchema()).findParents("type"));

    assertThat(schemas)
        .filteredOn(schema -> schema.path("type").asText().equals("object"))
        .hasSize(2)
        .allSatisfy(
            schema -> {
              assertThat(schema.path("additionalProperties").isBoolean()).isTrue();
              assertThat(schema.path("required")).hasSize(schema.path("properties").size());
            });
    assertThat(profile.answerSchema()).doesNotContain("minItems", "minimum", "maxItems");
  }

  @Test
  void the_prompt_mentions_json_and_has_a_version() {
    assertThat(profile.systemPrompt()).contains("JSON");
    assertThat(profile.promptVersion()).matches("[0-9a-f]{12}");
    assertThat(Prompt.of("other").version()).isNotEqualTo(profile.promptVersion());
    assertThat(profile.systemPrompt())
        .contains(DiscountVocabulary.CATEGORIES)
        .contains(DiscountVocabulary.CONSUMER_STATUSES);
  }
}
