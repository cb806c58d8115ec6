import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Hebrew sentences of our own, as shops write them. */
final class Sentences {

  private static final String[] SENTENCES = {
    "ההטבה תקפה בכל סניפי הרשת עד DATE או עד גמר המלאי, לפי המוקדם מביניהם.",
    "לשאלות ולהזמנות אפשר לפנות למוקד השירות בטלפון PHONE בימים ראשון עד חמישי בין 9:00 ל-17:00.",
    "בקנייה מעל PRICE ₪ המשלוח עד הבית כלול, ובכל הזמנה אחרת ייגבו דמי משלוח של PRICE ₪.",
    "מחיר הערכה המלאה בקטלוג הוא PRICE ₪, והוא כולל מס כחוק ושנת אחריות של היבואן.",
    "חברי מועדון שהצטרפו לפני DATE צוברים נקודה על כל COUNT שקלים שהם משלמים בקופה.",
    "המימוש מותנה בהצגת תעודה מזהה וקופון מודפס, ואין כפל מבצעים, הנחות או שוברים.",
    "הזמנת מקום מראש היא חובה, ואפשר לבטל אותה ללא חיוב עד COUNT ימים לפני המועד.",
    "ביטול מאוחר יותר כרוך בדמי טיפול של PRICE ₪ לכל משתתף, לפי התקנון שבאתר.",
    "המתחם פתוח לציבור מיום DATE, והכניסה לעגלות ולכיסאות גלגלים היא מהשער המזרחי.",
    "לקבוצות של COUNT אנשים ויותר יש מסלול נפרד, ופרטיו נמסרים בטלפון PHONE בלבד.",
    "התמונות להמחשה, הצבעים עשויים להשתנות, והחברה אינה אחראית לטעויות סופר.",
    "כל הזמנה מגיעה באריזת קרטון ממוחזר, עם חוברת הדרכה בעברית ובערבית ועם שקית בד קטנה.",
    "המלאי בכל סניף הוא COUNT יחידות לפחות, ולקוח רשאי לקנות שתיים מהן ביום אחד.",
    "תושבי הצפון והדרום יקבלו את המוצר בתוך COUNT ימי עסקים, ותושבי המרכז מוקדם יותר.",
    "התשלום בכרטיס אשראי יכול להתחלק עד COUNT תשלומים שווים, בלי ריבית ובלי הצמדה.",
    "מי שכבר קיבל מתנת הצטרפות בשווי PRICE ₪ אינו זכאי למתנה נוספת באותה שנה.",
    "הסדנה נפתחת בסיור קצר בגן הירק, ואחריו לומדים לאפות לחם מחמצת בתנור אבנים.",
    "בסוף היום מקבל כל משתתף שתיל של נענע או של רוזמרין, ומחברת מתכונים לבית.",
    "המקום כשר, יש בו חניה נוחה, והוא נמצא במרחק הליכה קצר מתחנת הרכבת.",
    "הרשת רשאית לשנות את תנאי המבצע או להפסיק אותו בכל עת, בהודעה באתר מיום DATE."
  };

  private Sentences() {}

  /** At least so many characters, in whole sentences. */
  static String of(int characters, Random random) {
    StringBuilder text = new StringBuilder();
    while (text.length() < characters) {
      text.append(text.isEmpty() ? "" : " ").append(sentence(random));
    }
    return text.toString();
  }

  private static String sentence(Random random) {
    String sentence = SENTENCES[random.nextInt(SENTENCES.length)];
    for (Blank blank : blanks(random)) {
      while (sentence.contains(blank.name())) {
        sentence = sentence.replaceFirst(blank.name(), blank.filling().get());
      }
    }
    return sentence;
  }

  private record Blank(String name, Supplier<String> filling) {}

  private static List<Blank> blanks(Random random) {
    return List.of(
        new Blank("PRICE", () -> String.valueOf(20 + random.nextInt(900))),
        new Blank("COUNT", () -> String.valueOf(2 + random.nextInt(30))),
        new Blank("PHONE", () -> "03-555" + (1_000 + random.nextInt(9_000))),
        new Blank(
            "DATE", () -> "%d.%d.2027".formatted(1 + random.nextInt(28), 1 + random.nextInt(12))));
  }
}
