package io.burnish.profile.discount;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.amount.AmountKind;
import io.burnish.profile.Evidence;
import io.burnish.profile.Violation;
import io.burnish.profile.discount.text.DiscountType;
import io.burnish.profile.discount.text.OfferText;
import io.burnish.profile.discount.text.TextSection;
import io.burnish.profile.discount.text.TextSection.Kind;
import io.burnish.record.RecordJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceEvidenceTest {

  private static final AnswerRules RULES = new AnswerRules(List.of("home"), List.of("Family"));

  @ParameterizedTest(name = "{1} as {0} in: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "percentage|25|25% off everything",
        "percentage|25|25 percent off everything",
        "percentage|25|Save 25 per cent today",
        "percentage|12.5|12.5% cashback",
        "percentage|12.5|12,5% Rabatt",
        "percentage|10|10% - 20% on shoes",
        "percentage|10|10-20% on shoes",
        "percentage|20|10%-20 on shoes",
        "percentage|3|3%-5%",
        "percentage|10|10 to 20% off",
        "percentage|30|30 off",
        "percentage|15|**15%** OFF with code",
        "percentage|15|<b>15</b>% off",
        "percentage|15|%15 הנחה",
        "percentage|7|7 אחוז הנחה",
        "percentage|7|7 אחוזים הנחה",
        "percentage|7|הנחה של 7%",
        "percentage|7|עד 7% הנחה על הכול",
        "percentage|7|7\u200f%\u00a0הנחה",
        "percentage|7|7 אֲחוּזִים",
        "percentage|50|second month at half price",
        "percentage|50|הפריט בחצי מחיר",
        "percentage|100|100% off with the code",
        "percentage|100|Free for a year",
        "percentage|100|חודש ראשון חינם",
        "percentage|100|ייעוץ ללא עלות",
        "fixed_amount|2345|מ-2,345 $ לאדם",
        "fixed_amount|2345|from $2,345 per person",
        "fixed_amount|2345|2.345 €",
        "fixed_amount|2345.5|2.345,50 €",
        "fixed_amount|2345|2\u00a0345 €",
        "fixed_amount|340|חופשה ב-340 ש\"ח לזוג",
        "fixed_amount|340|חופשה ב-340 ש&quot;ח לזוג",
        "fixed_amount|340|חופשה ב340 ש״ח לזוג",
        "fixed_amount|340|חופשה ב340 ש''ח לזוג",
        "fixed_amount|340|340 שח כולל מע\"מ",
        "fixed_amount|340|340 שקלים בלבד",
        "fixed_amount|340|₪340",
        "fixed_amount|340|340* ₪",
        "fixed_amount|340|&#8362;340",
        "fixed_amount|170500|170,500",
        "fixed_amount|5400|5,400 מקדמה",
        "fixed_amount|19.9|19.90",
        "fixed_amount|31|31-37",
        "fixed_amount|37|31-37",
        "fixed_amount|8123|8123",
        "fixed_amount|99|99 ₪ במקום 149 ₪ (33% חיסכון)",
        "percentage|33|99 ₪ במקום 149 ₪ (33% חיסכון)",
        "fixed_amount|120|€120-240 a year",
        "fixed_amount|240|€120-240 a year",
        "fixed_amount|1200|Rs. 1,200 off",
        "fixed_amount|1200|LKR 1,200 off",
        "fixed_amount|1200|Php1,200 discount",
        "fixed_amount|3|Save $3.00 on 2 packs",
        "fixed_amount|250000|עד 250 אלף ₪",
        "fixed_amount|0.07|7 אג' הנחה לכל ליטר",
        "fixed_amount|1|1 ₪ לחודש",
        "Cost|5400|5,400 מקדמה",
        "Cost|12|12 ₪ דמי טיפול",
        "buy_one_get_one|1|1+1 על כל התפריט",
        "buy_one_get_one|1|1 + 1 on all drinks",
        "buy_one_get_one|1|אחד פלוס אחד",
        "buy_one_get_one|1|המוצר השני חינם",
        "buy_one_get_one|1|קנו זוג, השני במתנה",
        "buy_one_get_one|1|2 ב-1 על כל הספרים",
        "buy_one_get_one|1|שניים במחיר אחד",
        "buy_one_get_one|1|Buy one, get one free",
        "buy_one_get_one|1|Buy 1 Get 1",
        "buy_one_get_one|1|Buy any pizza and get a second one free",
        "buy_one_get_one|1|2 for 1 tickets",
        "buy_one_get_one|1|Two for the price of one",
        "buy_one_get_one|1|BOGO weekend",
      })
  void what_the_price_field_says_is_accepted(String type, String price, String text) {
    assertThat(objections(type, price, Kind.PRICE, text)).isEmpty();
  }

  @ParameterizedTest(name = "{1} as {0} in: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "fixed_amount|2346|מ-2,345 $ לאדם|price_not_in_source",
        "fixed_amount|345|מ-2,345 $ לאדם|price_not_in_source",
        "fixed_amount|2|מ-2,345 $ לאדם|price_not_in_source",
        "fixed_amount|40|חופשה ב-340 ש\"ח|price_not_in_source",
        "fixed_amount|149|99 ₪ במקום 149 ₪|price_does_not_fit_type",
        "fixed_amount|149|99 במקום 149|price_does_not_fit_type",
        "fixed_amount|149|was $149, now $99|price_does_not_fit_type",
        "fixed_amount|40|$9 (down from $40)|price_does_not_fit_type",
        "fixed_amount|300|10% הנחה בקנייה מעל 300 ₪|price_does_not_fit_type",
        "fixed_amount|29|30% off $29+ orders|price_does_not_fit_type",
        "fixed_amount|500|15% off, minimum spend of Php 500|price_does_not_fit_type",
        "fixed_amount|7|7 אג' הנחה לכל ליטר|price_not_in_source",
        "fixed_amount|25|25% off|price_does_not_fit_type",
        "Cost|25|25% off|price_does_not_fit_type",
        "percentage|25|25 ₪ בלבד|price_does_not_fit_type",
        "percentage|25|25 יחידות ב-90 ₪|price_does_not_fit_type",
        "fixed_amount|25|25 יחידות ב-90 ₪|price_does_not_fit_type",
        "fixed_amount|12|12 months 0% installment|price_does_not_fit_type",
        "fixed_amount|3|vacuum PX3 for $80|price_does_not_fit_type",
        "fixed_amount|31|תקף עד 31.12.25|price_not_in_source",
        "fixed_amount|20|בשעה 20:30|price_not_in_source",
        "fixed_amount|5551234|call 03-5551234|price_does_not_fit_type",
        "fixed_amount|100|Free for a year|price_does_not_fit_type",
        "percentage|99|Free for a year|price_not_in_source",
        "percentage|100|free shipping, 15% off|price_not_in_source",
        "percentage|100|משלוח חינם, 15% הנחה|price_not_in_source",
        "buy_one_get_one|1|חודש ראשון חינם|buy_one_get_one_not_in_source",
        "buy_one_get_one|1|חודש שני חינם|buy_one_get_one_not_in_source",
        "buy_one_get_one|1|11+12 במאי|buy_one_get_one_not_in_source",
        "buy_one_get_one|1|40% + 1.5%|buy_one_get_one_not_in_source",
        "buy_one_get_one|1|2 for $15|buy_one_get_one_not_in_source",
        "buy_one_get_one|1|buy one get one at 50% off|buy_one_get_one_not_in_source",
        "buy_one_get_one|1|free gift|buy_one_get_one_not_in_source",
      })
  void what_the_price_field_does_not_say_is_refused(
      String type, String price, String text, String rule) {
    assertThat(objections(type, price, Kind.PRICE, text)).containsExactly(rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fixed_amount|19|Shop at 19 Herzl street",
        "fixed_amount|2025|Our collection of 2025 is here",
        "fixed_amount|14|מודל 14 החדש",
        "percentage|14|מודל 14 החדש",
        "percentage|100|Shirts of 100% cotton"
      })
  void a_bare_number_in_prose_is_no_price(String type, String price, String text) {
    assertThat(objections(type, price, Kind.PROSE, text))
        .containsExactly("price_does_not_fit_type");
  }

  @Test
  void a_bare_number_is_a_percentage_where_the_owner_says_so() {
    assertThat(objections("percentage", "40", Kind.PERCENTAGE, "40")).isEmpty();
    assertThat(objections("percentage", "40", Kind.PRICE, "40"))
        .containsExactly("price_does_not_fit_type");
  }

  @Test
  void what_is_free_in_the_small_print_is_the_offer_only_where_nothing_else_is() {
    TextSection smallPrint =
        new TextSection("price", Kind.PROSE, "a complimentary bag for each guest");

    OfferText alone = OfferText.of(List.of(smallPrint));
    OfferText beside =
        OfferText.of(List.of(new TextSection("price", Kind.TITLE, "15% off"), smallPrint));

    assertThat(alone.proves(DiscountType.PERCENTAGE, BigDecimal.valueOf(100))).isTrue();
    assertThat(beside.proves(DiscountType.PERCENTAGE, BigDecimal.valueOf(100))).isFalse();
  }

  @Test
  void a_refusal_names_the_numbers_found() {
    OfferText source =
        OfferText.of(List.of(new TextSection("price", Kind.PRICE, "מ-2,345 $, 20% הנחה")));

    assertThat(RULES.check(answer("fixed_amount", "2346"), source, Set.of()))
        .extracting(Violation::sentence)
        .containsExactly("price 2346 does not stand in the text; numbers found there: 2345, 20");
  }

  @Test
  void a_number_of_another_sense_is_refused_with_its_place() {
    OfferText source =
        OfferText.of(List.of(new TextSection("price", Kind.PRICE, "99 ₪ במקום 149 ₪")));

    assertThat(RULES.check(answer("fixed_amount", "149"), source, Set.of()))
        .extracting(Violation::evidence)
        .containsExactly(new Evidence("price", 11, 16, "149 ₪", AmountKind.MONEY));
  }

  @Test
  void an_accepted_price_has_its_evidence() {
    TextSection text =
        new TextSection("description", Kind.PROSE, "A week for &#8362;1,109, 1+1 on wine");
    OfferText source = OfferText.of(List.of(text));

    assertThat(source.evidenceOf(DiscountType.FIXED_AMOUNT, new BigDecimal("1109")))
        .contains(new Evidence("description", 11, 23, "&#8362;1,109", AmountKind.MONEY));
    assertThat(source.evidenceOf(DiscountType.BUY_ONE_GET_ONE, BigDecimal.ONE))
        .contains(new Evidence("description", 25, 28, "1+1", AmountKind.ONE_PLUS_ONE));
    assertThat(source.evidenceOf(DiscountType.PERCENTAGE, BigDecimal.TEN)).isEmpty();
  }

  @Test
  void a_rule_can_be_switched_off_by_name() {
    OfferText source = OfferText.of(List.of(new TextSection("price", Kind.PRICE, "10% off")));

    assertThat(RULES.check(answer("percentage", "11"), source, Set.of("price_not_in_source")))
        .isEmpty();
    assertThat(RULES.names()).contains("price_not_in_source");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,", "1 ", "9-", "\n \n", "<a ", "buy one ", "%", "\"", "&amp;"})
  void a_text_of_any_length_is_read(String piece) {
    TextSection section =
        new TextSection("price", Kind.PROSE, piece.repeat(20_000 / piece.length()));

    assertThat(OfferText.of(List.of(section)).proves(DiscountType.PERCENTAGE, BigDecimal.TEN))
        .isFalse();
  }

  private static List<String> objections(String type, String price, Kind kind, String text) {
    OfferText source = OfferText.of(List.of(new TextSection("price", kind, text)));
    return RULES.check(answer(type, price), source, Set.of()).stream()
        .map(Violation::rule)
        .toList();
  }

  private static ObjectNode answer(String type, String price) {
    return (ObjectNode)
        RecordJson.read(
            """
            {"price":%s,"discount_type":"%s","category":["home"],"consumer_statuses":["Family"]}
            """
                .formatted(price, type));
  }
}
