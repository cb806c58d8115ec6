package io.burnish.simulator.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.answers.TextNumber.Unit;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a discount by rules, in English or Hebrew. It answers a null price if it can read none.
 * Deterministic.
 */
public final class DiscountReader {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final int MAX_STATUSES = 5;

  /** Vowel points, control characters, and format marks except the joiner of emoji. */
  private static final Pattern INVISIBLE =
      Pattern.compile(
          "[\\u0591-\\u05BD\\u05BF\\u05C1\\u05C2\\u05C4\\u05C5\\u05C7]"
              + "|[\\p{Cf}\\p{Cc}&&[^\\u200D\\u180E\\t\\n\\r]]");

  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\\u180E]+");

  private static final Map<String, Phrases> CATEGORIES =
      words(
          "Travel and Vacation", "טיס|מלון|נופש|חופש|צימר|flight|hotel|trip|travel|vacation|cruise",
          "Cars", "רכב|צמיג|דלק|\\bcar\\b|tyre|tire|fuel|garage",
          "Insurance", "ביטוח|insurance",
          "Finance and Banking", "בנק|הלווא|אשראי חוץ|bank|loan|mortgage|credit line",
          "electronics",
              "מחשב|טלוויזי|אוזני|סלולר|laptop|phone|headphone|television|camera|software|app\\b",
          "books", "ספר(?:ים)?\\b|book",
          "home", "מטבח|רהיט|מזרן|בית\\b|furniture|kitchen|mattress|sofa",
          "Culture and Leisure",
              "הצג|מופע|סרט|קולנוע|מוזיאון|show|concert|museum|theatre|cinema|tickets?",
          "lifestyle", "ספא|כושר|יופי|קוסמט|בושם|spa\\b|gym|beauty|perfume|restaurant|מסעד");

  private static final Map<String, Phrases> STATUSES =
      words(
          "Student", "סטודנט|student|university|course",
          "Senior", "גמלא|אזרח ותיק|ותיקים|senior",
          "Parent", "ילד|תינוק|kids|child|baby|school",
          "Family", "משפח|family|families",
          "Traveler", "טיס|נופש|מלון|flight|hotel|travel|trip|cruise",
          "Tech", "מחשב|סלולר|אוזני|laptop|phone|software|app\\b|headphone",
          "Pets", "כלב|חתול|\\bpets?\\b|\\bdogs?\\b|\\bcats?\\b",
          "Fitness", "כושר|יוגה|ריצה|gym|fitness|yoga|running",
          "Homeowner", "מטבח|רהיט|גינה|furniture|kitchen|garden|mattress",
          "Military/Veteran", "חייל|מילואים|veteran|military",
          "Young", "צעיר|נוער|young|teen");

  private DiscountReader() {}

  private static Map<String, Phrases> words(String... pairs) {
    Map<String, Phrases> words = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      words.put(pairs[i], Phrases.of(pairs[i + 1]));
    }
    return words;
  }

  /** Type and price; the price is null if none can be read. */
  private record Price(String type, @Nullable BigDecimal value) {}

  /** The texts of a record, each cleaned once. */
  private record RecordText(String price, String title, String description, String terms) {

    static RecordText by(JsonNode record) {
      return new RecordText(
          text(record, "price"),
          text(record, "title"),
          text(record, "description"),
          text(record, "terms_and_conditions"));
    }

    String all(String between) {
      return title + between + description + between + terms;
    }
  }

  /** All texts of a record, cleaned, the price first. */
  static String allOf(JsonNode record) {
    RecordText texts = RecordText.by(record);
    return texts.price() + " . " + texts.all(" . ");
  }

  /**
   * The answer to a record. It does not depend on the {@code problems} of a re-ask, so a record
   * that these rules misread is refused each time.
   */
  public static ObjectNode answer(JsonNode record) {
    RecordText texts = RecordText.by(record);
    Price price = price(texts, record.path("discount_type").asText().equals("percentage"));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("ref", record.path("ref"));
    answer.put("price", price.value());
    answer.put("discount_type", price.type());
    String all = Phrases.readable(texts.all(" "));
    String given = record.path("category").asText();
    answer
        .putArray("category")
        .add(CATEGORIES.containsKey(given) ? given : first(CATEGORIES, all).orElse("Consumerism"));
    List<String> statuses =
        STATUSES.entrySet().stream()
            .filter(s -> s.getValue().in(all))
            .map(Map.Entry::getKey)
            .limit(MAX_STATUSES)
            .toList();
    (statuses.isEmpty() ? List.of("Family") : statuses)
        .forEach(answer.putArray("consumer_statuses")::add);
    return answer;
  }

  private static Optional<String> first(Map<String, Phrases> words, String text) {
    return words.entrySet().stream()
        .filter(entry -> entry.getValue().in(text))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Price price(RecordText texts, boolean percentage) {
    return inField(texts.price(), true, percentage)
        .or(() -> inField(texts.title(), false, percentage))
        .or(() -> inField(texts.description(), false, percentage))
        .or(() -> inField(texts.terms(), false, percentage))
        .orElseGet(
            () ->
                first(TextNumbers.in(texts.all(" . ")), Unit.BARE)
                    .filter(value -> value.signum() > 0)
                    .map(value -> new Price("fixed_amount", value))
                    .orElse(new Price("fixed_amount", null)));
  }

  private static Optional<Price> inField(String text, boolean priceField, boolean percentage) {
    if (TextNumbers.oneForAnother(text).isPresent()) {
      return Optional.of(new Price("buy_one_get_one", BigDecimal.ONE));
    }
    List<TextNumber> amounts = TextNumbers.in(text);
    Optional<BigDecimal> percent =
        first(amounts, Unit.PERCENT).filter(DiscountReader::isPercentage);
    if (percent.isPresent()) {
      return Optional.of(new Price("percentage", percent.get()));
    }
    Optional<BigDecimal> money = first(amounts, Unit.MONEY).filter(value -> value.signum() > 0);
    if (money.isPresent()) {
      return Optional.of(new Price("fixed_amount", money.get()));
    }
    Optional<BigDecimal> bare = first(amounts, Unit.BARE).filter(value -> value.signum() > 0);
    if (priceField && bare.isPresent()) {
      boolean asPercent = percentage && isPercentage(bare.get());
      return Optional.of(new Price(asPercent ? "percentage" : "fixed_amount", bare.get()));
    }
    if (TextNumbers.free(text)) {
      return Optional.of(new Price("percentage", HUNDRED));
    }
    return TextNumbers.half(text)
        ? Optional.of(new Price("percentage", BigDecimal.valueOf(50)))
        : Optional.empty();
  }

  private static Optional<BigDecimal> first(List<TextNumber> amounts, Unit unit) {
    return amounts.stream().filter(a -> a.unit() == unit).map(TextNumber::value).findFirst();
  }

  private static boolean isPercentage(BigDecimal value) {
    return value.compareTo(BigDecimal.ONE) >= 0 && value.compareTo(HUNDRED) <= 0;
  }

  private static String text(JsonNode record, String field) {
    String text = record.path(field).asText();
    if (isClean(text)) {
      return text;
    }
    String readable = text.replace("&quot;", "\"").replace("&#39;", "'").replace("&nbsp;", " ");
    String unmarked = INVISIBLE.matcher(readable).replaceAll("");
    return BLANKS.matcher(unmarked).replaceAll(" ").strip();
  }

  /** Whether cleaning would change nothing, as with texts that the sender cleaned. */
  private static boolean isClean(String text) {
    char before = ' ';
    for (int i = 0; i < text.length(); i++) {
      char here = text.charAt(i);
      boolean printable = here > ' ' && here < 0x7F && here != '&';
      boolean hebrew = here >= 'א' && here <= 'ת' || here == '₪';
      if (!printable && !hebrew && (here != ' ' || before == ' ')) {
        return false;
      }
      before = here;
    }
    return text.isEmpty() || before != ' ';
  }
}
