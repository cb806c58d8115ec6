import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Discounts of our own making, each of another content, readable by the simulator's rules. */
final class Records {

  /** Words of text in a record as long as scraped ones are. */
  static final int LONG = 170;

  /** Words of text in a record that is soon told. */
  static final int SHORT = 10;

  /** Tokens of a long record, question and answer, less what a call costs by itself; about. */
  static final double TOKENS = 450;

  /** Options of a job that takes each record for a new one. */
  static final String AS_THEY_COME = "{\"dedupe\":\"none\"}";

  private static final String[] HEBREW =
      ("המבצע תקף לכל הסניפים בארץ חברי המועדון נהנים ממשלוח מהיר לא כולל כפל הנחות ומבצעים ההטבה אישית ואינה ניתנת להעברה"
              + " יש להציג תעודה בקופה לפני התשלום החנות רשאית להפסיק את המבצע בכל עת מגוון רחב של מוצרים לבית ולמשפחה")
          .split(" ");
  private static final String[] ENGLISH =
      ("the offer holds in all branches and online members enjoy quick delivery while stocks last please show your card"
              + " before you pay the shop may end the offer at any time a wide choice for home and family")
          .split(" ");

  private final Random random;

  Records(long seed) {
    random = new Random(seed);
  }

  /**
   * A job's body.
   *
   * @param count records in it
   * @param words words of text in each; 0: a title and a price alone
   * @param options of the job, as JSON
   */
  String job(int count, int words, String options) {
    return body(some(count, words).toString(), options);
  }

  /** A job's body with these records, a JSON array. */
  static String body(String records, String options) {
    return "{\"options\":" + options + ",\"records\":" + records + "}";
  }

  /** Records as JSON. */
  List<String> some(int count, int words) {
    return IntStream.range(0, count).mapToObj(id -> record(id, words)).toList();
  }

  private String record(int id, int words) {
    boolean hebrew = random.nextBoolean();
    int percent = 5 + random.nextInt(60);
    return """
        {"club_name":"Bench","category":"home","discount_id":"%d","title":"%s","price":"%s","discount_type":"percentage",\
        "description":"%s","terms_and_conditions":"%s","discount_link":"https://bench.example.com/%d","image_link":"N/A",\
        "provider_link":"TEL","coupon_code":"N/A","valid_until":"N/A","usage_limit":"1","location":"N/A"}"""
        .formatted(
            id,
            "Shop " + word() + " " + word(),
            hebrew ? percent + "% הנחה" : percent + "% off",
            text(hebrew, words * 2 / 3),
            text(hebrew, words / 3),
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

  private String text(boolean hebrew, int words) {
    StringBuilder text = new StringBuilder();
    String[] from = hebrew ? HEBREW : ENGLISH;
    for (int i = 0; i < words; i++) {
      text.append(i == 0 ? "" : " ").append(from[random.nextInt(from.length)]);
    }
    return words == 0 ? "N/A" : text.toString();
  }
}
