import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Discounts of our own making, each of another content, readable by the simulator's rules. */
final class Records {

  /** Tokens of a long record, question and answer, less what a call costs by itself; about. */
  static final double TOKENS = 450;

  /** Options of a job that takes each record for a new one. */
  static final String AS_THEY_COME = "{\"dedupe\":\"none\"}";

  private final Random random;

  Records(long seed) {
    random = new Random(seed);
  }

  /**
   * A job's body.
   *
   * @param count records in it
   * @param text of each
   * @param options of the job, as JSON
   */
  String job(int count, Text text, String options) {
    return body(some(count, text).toString(), options);
  }

  /** A job's body with these records, a JSON array. */
  static String body(String records, String options) {
    return "{\"options\":" + options + ",\"records\":" + records + "}";
  }

  /** Records as JSON. */
  List<String> some(int count, Text text) {
    return IntStream.range(0, count).mapToObj(id -> record(id, text)).toList();
  }

  /** Records with so many characters of text in each, as JSON. */
  List<String> some(int count, int characters) {
    return new ArrayList<>(
        IntStream.range(0, count)
            .mapToObj(id -> record(id, true, () -> Sentences.of(characters, random), () -> "N/A"))
            .toList());
  }

  /** Records whose texts name another percentage beside the price, as JSON. */
  List<String> withTwoPrices(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            id -> {
              String other = "Last year members got %d%% off.".formatted(66 + random.nextInt(30));
              return record(id, false, () -> other, () -> "N/A");
            })
        .toList();
  }

  /** Short records of different contents, one a line. */
  String lines(int count) {
    StringBuilder lines = new StringBuilder();
    for (int id = 0; id < count; id++) {
      lines.append(
          "{\"discount_id\":\"%d\",\"title\":\"Shop %s %s\",\"price\":\"%d%% off\"}\n"
              .formatted(id, word(), word(), 5 + random.nextInt(60)));
    }
    return lines.toString();
  }

  private String record(int id, Text text) {
    boolean hebrew = random.nextBoolean() || text == Text.LONG_HEBREW;
    return record(
        id, hebrew, () -> text.thirds(2, hebrew, random), () -> text.thirds(1, hebrew, random));
  }

  private String record(
      int id, boolean hebrew, Supplier<String> description, Supplier<String> terms) {
    int percent = 5 + random.nextInt(60);
    return """
        {"club_name":"Bench","category":"home","discount_id":"%d","title":"%s","price":"%s","discount_type":"percentage",\
        "description":"%s","terms_and_conditions":"%s","discount_link":"https://bench.example.com/%d","image_link":"N/A",\
        "provider_link":"TEL","coupon_code":"N/A","valid_until":"N/A","usage_limit":"1","location":"N/A"}"""
        .formatted(
            id,
            "Shop " + word() + " " + word(),
            hebrew ? percent + "% הנחה" : percent + "% off",
            description.get(),
            terms.get(),
            id);
  }

  /** So many that none comes twice. */
  private String word() {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      word.append((char) ('a' + random.nextInt(26)));
    }
    return word.toString();
  }
}
