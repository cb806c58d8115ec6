import io.burnish.amount.AmountReader;
import io.burnish.amount.phrase.Lexicon;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Measures the reading of amounts; {@code bench/amounts} runs it. */
final class Amounts {

  private static final int LONG_TEXT = 1_500;
  private static final int MEGABYTE = 1_000_000;

  private static final List<String> WORDS =
      List.of(
          "חופשה",
          "זוגית",
          "בצפון",
          "כולל",
          "ארוחת",
          "בוקר",
          "לחברי",
          "המועדון",
          "בלבד",
          "הנחה",
          "על",
          "מגוון",
          "המוצרים",
          "באתר",
          "ובסניפים",
          "בתוקף",
          "עד",
          "גמר",
          "המלאי",
          "ללא",
          "כפל",
          "מבצעים",
          "members",
          "enjoy",
          "free",
          "delivery",
          "with",
          "every",
          "order",
          "travel",
          "books");

  private static final List<String> AMOUNTS =
      List.of("1,290 ₪", "15%", "ב-99.90", "31.12.2026", "03-5550100", "1+1", "במקום 149 ₪", "$20");

  private static final List<String> ODD =
      List.of(
          "1", "א", "a", "1,", "1 ", "9-", "<a ", "buy one ", "&amp;", "~~", "1+1 ", "free ", "1/");

  private Amounts() {}

  public static void main(String... args) {
    int seconds = Integer.parseInt(args[0]);
    List<String> texts = texts(new Random(Long.parseLong(args[1])));
    long bytes =
        texts.stream().mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length).sum();
    AmountReader reader = new AmountReader(Lexicon.builtIn());

    read(reader, texts, seconds / 2.0);
    double rate = read(reader, texts, seconds) * bytes / MEGABYTE;
    System.out.printf("| long Hebrew texts | %.1f MB/s |%n", rate);
    for (String piece : ODD) {
      String text = piece.repeat(MEGABYTE / piece.length());
      long started = System.nanoTime();
      reader.read(text);
      System.out.printf(
          "| a million characters of \"%s\" | %.2f s |%n",
          piece, (System.nanoTime() - started) / 1e9);
    }
  }

  /** Rounds over all texts a second. */
  private static double read(AmountReader reader, List<String> texts, double seconds) {
    long started = System.nanoTime();
    int rounds = 0;
    int amounts = 0;
    double passed;
    do {
      for (String text : texts) {
        amounts += reader.read(text).size();
      }
      rounds++;
      passed = (System.nanoTime() - started) / 1e9;
    } while (passed < seconds);
    if (amounts == 0) {
      throw new IllegalStateException("no amount was found");
    }
    return rounds / passed;
  }

  private static List<String> texts(Random random) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder();
      while (text.length() < LONG_TEXT) {
        List<String> from = random.nextInt(12) == 0 ? AMOUNTS : WORDS;
        text.append(from.get(random.nextInt(from.size())));
        text.append(random.nextInt(15) == 0 ? ".\n" : " ");
      }
      texts.add(text.toString());
    }
    return texts;
  }
}
