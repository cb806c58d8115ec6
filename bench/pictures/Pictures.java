import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Posts jobs of made-up discounts, and takes the pictures of the page; {@code run} starts it. */
final class Pictures {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  /** Time until a page has drawn its plots. */
  private static final Duration DRAWN = Duration.ofSeconds(2);

  private static final int[] PRICES = {15, 19, 20, 25, 29, 35, 39, 49, 59, 64, 79, 89, 99};
  private static final List<String> CLUBS =
      List.of("Lamp Corner", "Trail & Tent", "Blue Cup Coffee", "Page Turner Books", "North Wind");
  private static final List<String> HEBREW_CLUBS =
      List.of("תיאטרון הלילך", "מסעדת הגן", "מלון הכרמל", "חנות הספרים", "מועדון הכושר");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Random random = new Random(7);
  private final Map<String, String> ids = new HashMap<>();
  private final String url;
  private final String adminKey;

  private Pictures(String url, String adminKey) {
    this.url = url;
    this.adminKey = adminKey;
  }

  public static void main(String... args) throws Exception {
    Pictures pictures = new Pictures(args[0], args[1]);
    pictures.postJobs();
    Thread.sleep(Duration.ofMinutes(Long.parseLong(args[2])).toMillis());
    pictures.take(Path.of(args[3]));
  }

  private void postJobs() throws Exception {
    String dana =
        found(
            "\"secret\":\"(bk_[^\"]+)\"",
            send(
                "POST",
                "/keys",
                adminKey,
                "{\"name\":\"Dana Levi\",\"role\":\"submit\",\"owner\":\"default\"}"));
    post("Nightly clubs", adminKey, "", english(320, 1_000));
    post("מועדון שבע הרוחות", adminKey, "", hebrew(120, 2_000));
    post("Store front sync", adminKey, "", english(64, 3_000));
    post("Spring campaign, dry", adminKey, ",\"maxTokens\":14000", english(240, 4_000));
    post("Market stalls", adminKey, "", english(48, 5_000));
    post("Hotels, autumn", dana, "", english(600, 6_000));
    send("POST", "/jobs/" + ids.get("Hotels, autumn") + "/pause", dana, "");
    post("Full catalogue", adminKey, ",\"priority\":\"low\"", english(9_000, 50_000));
  }

  private void take(Path directory) throws Exception {
    String full = "page/jobs/" + ids.get("Full catalogue");
    String record = "page/jobs/" + ids.get("מועדון שבע הרוחות") + "/items/10";
    try (Playwright playwright = Playwright.create();
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox")))) {
      String session = session();
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        String name = scheme.name().toLowerCase();
        Browser.NewContextOptions options =
            new Browser.NewContextOptions().setColorScheme(scheme).setLocale("en");
        try (BrowserContext wide = browser.newContext(options.setViewportSize(1280, 1040));
            BrowserContext low = browser.newContext(options.setViewportSize(1280, 690));
            BrowserContext phone = browser.newContext(options.setViewportSize(390, 800))) {
          for (BrowserContext context : List.of(wide, low, phone)) {
            context.addCookies(List.of(new Cookie("burnish-session", session).setUrl(url)));
          }
          picture(wide, "page/overview", directory.resolve("overview-" + name + ".png"));
          picture(low, "page/jobs", directory.resolve("jobs-" + name + ".png"));
          picture(wide, full, directory.resolve("job-" + name + ".png"));
          picture(wide, record, directory.resolve("record-hebrew-" + name + ".png"));
          picture(phone, record, directory.resolve("record-phone-" + name + ".png"));
        }
      }
    }
  }

  private void picture(BrowserContext context, String address, Path file) {
    Page page = context.newPage();
    page.navigate(url + "/" + address);
    page.waitForTimeout(DRAWN.toMillis());
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
    page.close();
    System.out.println(file);
  }

  private void post(String name, String key, String options, String records) throws Exception {
    String body =
        "{\"name\":\"%s\",\"options\":{\"dedupe\":\"none\"%s},\"records\":%s}"
            .formatted(name, options, records);
    ids.put(name, found("\"id\":\"([0-9a-f-]{36})\"", send("POST", "/jobs", key, body)));
  }

  private String english(int count, int from) {
    return list(
        count,
        i -> {
          String club = CLUBS.get(random.nextInt(CLUBS.size()));
          int price = PRICES[random.nextInt(PRICES.length)];
          String title =
              switch (random.nextInt(3)) {
                case 0 -> "Save " + Math.min(price, 60) + "% on all of it";
                case 1 -> "$" + price + " instead of $" + (price + 20) + " for two";
                default -> club + ": " + Math.min(price, 60) + "% off the second item";
              };
          String text = "For members of the club, in all branches (" + letters(from + i) + ").";
          return discount(club, from + i, title, text, "While stocks last.");
        });
  }

  private String hebrew(int count, int from) {
    return list(
        count,
        i -> {
          int price = PRICES[i % PRICES.length];
          String title =
              i % 3 == 1
                  ? price + " ₪ לכרטיס במקום " + (price + 30) + " ₪"
                  : Math.min(price, 60) + "% הנחה על כל התפריט";
          String text =
              i % 3 == 1
                  ? "הצגה לכל המשפחה; המחיר לחברי המועדון: %d ₪ בלבד (במקום %d ₪). #%d"
                      .formatted(price, price + 30, from + i)
                  : "בתוקף בימי חול (" + letters(from + i) + ").";
          return discount(
              HEBREW_CLUBS.get(i / 3 % HEBREW_CLUBS.size()),
              from + i,
              title,
              text,
              "עד גמר המלאי.");
        });
  }

  private static String list(int count, java.util.function.IntFunction<String> record) {
    return IntStream.range(0, count).mapToObj(record).collect(Collectors.joining(",", "[", "]"));
  }

  /** A word for a number: a digit could be taken for a price. */
  private static String letters(int number) {
    return String.valueOf(number)
        .chars()
        .mapToObj(digit -> String.valueOf((char) (digit - '0' + 'a')))
        .collect(Collectors.joining());
  }

  private static String discount(String club, int id, String title, String text, String terms) {
    return """
        {"club_name":"%1$s","category":"home","discount_id":"%2$d","title":"%3$s","price":"N/A",\
        "discount_type":"N/A","description":"%4$s","terms_and_conditions":"%5$s",\
        "discount_link":"https://club.example.com/%2$d","image_link":"https://img.example.com/%2$d.jpg",\
        "provider_link":"https://shop.example.org/","coupon_code":"N/A","valid_until":"31.12.27",\
        "usage_limit":"1","location":"N/A"}"""
        .formatted(club, id, title, text, terms);
  }

  private String session() throws Exception {
    HttpResponse<String> response = exchange("POST", "/session", adminKey, "");
    return found("burnish-session=([^;]+)", response.headers().firstValue("set-cookie").orElse(""));
  }

  private String send(String method, String path, String key, String body) throws Exception {
    return exchange(method, path, key, body).body();
  }

  private HttpResponse<String> exchange(String method, String path, String key, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IOException(
          method + " " + path + ": " + response.statusCode() + " " + response.body());
    }
    return response;
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException(pattern + " is not in " + text);
    }
    return matcher.group(1);
  }
}
