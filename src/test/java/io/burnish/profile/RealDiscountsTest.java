package io.burnish.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.profile.discount.DiscountProfile;
import io.burnish.record.RecordJson;
import io.burnish.record.SourceRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Measures the rules on real records, which are not ours to ship: runs where the folder of {@code
 * -Dburnish.data} is there, and is skipped elsewhere.
 */
class RealDiscountsTest {

  private static final Path DATA = Path.of(System.getProperty("burnish.data", "../shared/data"));
  private static final String NUMBER = "(\\d[\\d,]*(?:\\.\\d+)?)";
  private static final Pattern PERCENTAGE = Pattern.compile(NUMBER + "\\**\\s*(?:%|אחוז)");
  private static final Pattern MONEY =
      Pattern.compile(NUMBER + "\\s*(?:₪|ש\"ח|\\$|€|£)|(?:₪|\\$|€|£|Php ?|Rs\\. ?)" + NUMBER);
  private static final Pattern ALONE = Pattern.compile(NUMBER + "(?:-\\d+)?(?: מקדמה)?");

  private final DiscountProfile profile = new DiscountProfile();

  @Test
  void twelve_of_the_hebrew_records_say_nothing() {
    List<SourceRecord> records = records("he_native_all_discounts_2025-08-07.json");

    assertThat(records).filteredOn(source -> profile.fieldsToRead(source).isEmpty()).hasSize(12);
    assertThat(records)
        .filteredOn(source -> profile.admit(source).toString().contains("nothing_to_enhance"))
        .hasSize(12);
  }

  @Test
  void what_the_price_field_says_first_is_accepted_as_the_answer() {
    List<String> falseAlarms = new ArrayList<>();
    int asked = 0;

    for (SourceRecord source : allRecords()) {
      Optional<ObjectNode> truth = plausibleTruth(source);
      if (truth.isPresent()) {
        asked++;
        List<Violation> violations = profile.check(truth.get(), source, Set.of());
        if (!violations.isEmpty()) {
          falseAlarms.add(truth.get() + " " + violations);
        }
      }
    }

    assertThat(asked).isGreaterThan(200);
    assertThat(falseAlarms).hasSizeLessThanOrEqualTo(asked / 100);
  }

  @Test
  void one_more_than_the_price_field_says_is_refused() {
    List<String> wronglyAccepted = new ArrayList<>();
    int asked = 0;

    for (SourceRecord source : allRecords()) {
      Optional<ObjectNode> truth = plausibleTruth(source);
      if (truth.isPresent()) {
        asked++;
        ObjectNode wrong = truth.get();
        wrong.put("price", wrong.path("price").decimalValue().add(BigDecimal.ONE));
        if (profile.check(wrong, source, Set.of()).isEmpty()) {
          wronglyAccepted.add(source.text("price") + " " + wrong);
        }
      }
    }

    assertThat(wronglyAccepted).hasSizeLessThanOrEqualTo(asked / 50);
  }

  /** What a careful reader takes from the price field alone; empty where that is not plain. */
  private Optional<ObjectNode> plausibleTruth(SourceRecord source) {
    String price = source.text("price").orElse("");
    Matcher percentage = PERCENTAGE.matcher(price);
    if (percentage.find()) {
      return answer(percentage.group(1), "percentage");
    }
    Matcher money = MONEY.matcher(price);
    if (money.find()) {
      String number = money.group(1) != null ? money.group(1) : money.group(2);
      return answer(number, "fixed_amount");
    }
    Matcher alone = ALONE.matcher(price);
    boolean per100 = source.text("discount_type").orElse("").equals("percentage");
    return alone.matches()
        ? answer(alone.group(1), per100 ? "percentage" : "fixed_amount")
        : Optional.empty();
  }

  private static Optional<ObjectNode> answer(String number, String type) {
    JsonNode price = RecordJson.read(number.replace(",", ""));
    if (price.decimalValue().compareTo(BigDecimal.ONE) < 0) {
      return Optional.empty();
    }
    ObjectNode answer = RecordJson.object();
    answer.set("price", price);
    answer.put("discount_type", type);
    answer.putArray("category").add("Consumerism");
    answer.putArray("consumer_statuses").add("Family");
    return Optional.of(answer);
  }

  private static List<SourceRecord> allRecords() {
    List<SourceRecord> records = new ArrayList<>();
    records.addAll(records("he_native_all_discounts_2025-08-07.json"));
    records.addAll(records("nasty_records.json"));
    records.addAll(records("en_bank_retail_excerpts.json"));
    return records;
  }

  private static List<SourceRecord> records(String file) {
    Path path = DATA.resolve(file);
    assumeTrue(Files.exists(path), "no real records here");
    try {
      List<SourceRecord> records = new ArrayList<>();
      for (JsonNode record : RecordJson.read(Files.readString(path))) {
        records.add(SourceRecord.of(RecordJson.write(record)));
      }
      return records;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
