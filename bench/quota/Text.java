import java.util.Random;

/** How much a record says. */
enum Text {
  /** A title and a price alone. */
  NONE,
  /** A few words: soon told. */
  SHORT,
  /** 170 words, Hebrew or English, as many as scraped records have. */
  LONG,
  /** 1,500 characters of Hebrew, with prices, conditions, telephone numbers and dates. */
  LONG_HEBREW;

  /** Characters of a long Hebrew text, at least. */
  static final int CHARACTERS = 1_500;

  private static final String[] HEBREW =
      ("המבצע תקף לכל הסניפים בארץ חברי המועדון נהנים ממשלוח מהיר לא כולל כפל הנחות ומבצעים ההטבה אישית ואינה ניתנת להעברה"
              + " יש להציג תעודה בקופה לפני התשלום החנות רשאית להפסיק את המבצע בכל עת מגוון רחב של מוצרים לבית ולמשפחה")
          .split(" ");
  private static final String[] ENGLISH =
      ("the offer holds in all branches and online members enjoy quick delivery while stocks last please show your card"
              + " before you pay the shop may end the offer at any time a wide choice for home and family")
          .split(" ");

  /** A share of it, in thirds. */
  String thirds(int thirds, boolean hebrew, Random random) {
    return switch (this) {
      case NONE -> "N/A";
      case SHORT -> words(10 * thirds / 3, hebrew, random);
      case LONG -> words(170 * thirds / 3, hebrew, random);
      case LONG_HEBREW -> Sentences.of(CHARACTERS * thirds / 3, random);
    };
  }

  private static String words(int words, boolean hebrew, Random random) {
    StringBuilder text = new StringBuilder();
    String[] from = hebrew ? HEBREW : ENGLISH;
    for (int i = 0; i < words; i++) {
      text.append(i == 0 ? "" : " ").append(from[random.nextInt(from.length)]);
    }
    return text.toString();
  }

  /** Records of a measurement: of long Hebrew ones a third, for each is several times as large. */
  int records(int usual) {
    return this == LONG_HEBREW ? usual / 3 : usual;
  }

  /** Behind the name of a measure. */
  String suffix() {
    return this == LONG_HEBREW ? ", long Hebrew texts" : "";
  }
}
