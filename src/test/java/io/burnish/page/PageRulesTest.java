package io.burnish.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.Sizes;
import io.burnish.fixtures.Callers;
import io.burnish.fixtures.Discounts;
import io.burnish.record.RecordJson;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What holds for each page: accessibility, width of a phone, headers, weight. */
@QuarkusTest
@TestProfile(KeysAndWorker.class)
class PageRulesTest extends BrowserTest {

  private static List<String> addresses = List.of();

  /** Each page, with jobs that are partly failed, succeeded, paused and cancelled. */
  private List<String> addresses() {
    if (addresses.isEmpty()) {
      String name = unique("rules");
      ObjectNode[] records = Discounts.readable(3);
      String refused = records[1].path("title").asText();
      simulator.whenAsked(asked -> asked.contains(refused), InjectedFault.STUBBORN);
      String partial = awaitState(post(name + " partial", records), "completed");
      awaitState(post(name + " done", Discounts.readable(1)), "completed");
      postPaused(name + " paused", 2);
      String cancelled = postPaused(name + " cancelled", 2);
      Callers.admin().post("/jobs/" + cancelled + "/cancel").then().statusCode(200);
      Callers.admin().post("/jobs/" + cancelled + "/pause").then().statusCode(409);
      addresses =
          List.of(
              "./",
              "page/jobs?name=" + name,
              "page/jobs/" + partial,
              "page/jobs/" + partial + "/items/1",
              "page/jobs/" + partial + "/items/0",
              "page/models",
              "page/keys",
              "page/audit",
              "page/sign-in");
    }
    // All rows of the audit have the same parts: a few of them tell as much as a hundred.
    page.route(
        "**/audit?limit=100",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setResponse(
                        route.fetch(new Route.FetchOptions().setUrl(root + "audit?limit=12")))));
    return addresses;
  }

  @Test
  void axe_finds_no_violation_in_light_and_dark() {
    List<String> violations = new ArrayList<>();
    for (String address : addresses()) {
      page.navigate(address);
      assertThat(page.locator("h1")).isVisible();
      assertThat(page.locator(".loading")).hasCount(0);
      Axe axe = new Axe(page);
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
      axe.violations("html").forEach(found -> violations.add(address + " light " + found));
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      axe.violations("html", "color-contrast")
          .forEach(found -> violations.add(address + " dark " + found));
    }
    assertThat(violations).isEmpty();
  }

  @Test
  void axe_finds_no_violation_in_dialogs() {
    List<String> violations = new ArrayList<>();
    Map.of("page/jobs", "New job", "page/keys", "New key", "page/models", "Forget what was learned")
        .forEach(
            (address, opens) -> {
              page.navigate(address);
              button(opens).first().click();
              assertThat(dialog()).isVisible();
              new Axe(page)
                  .violations("dialog[open]")
                  .forEach(found -> violations.add(address + " " + found));
            });
    assertThat(violations).isEmpty();
  }

  @Test
  void nothing_is_wider_than_a_phone() {
    List<String> addresses = addresses();
    page.setViewportSize(360, 740);
    for (String address : addresses) {
      page.navigate(address);
      assertThat(page.locator("h1")).isVisible();
      assertThat(page.locator(".loading")).hasCount(0);

      Object over = page.evaluate("document.documentElement.scrollWidth - innerWidth");
      assertThat(((Number) over).intValue()).as(address).isLessThanOrEqualTo(0);
    }
  }

  @Test
  void what_is_shown_is_copied_as_a_command_and_as_json() {
    try (var allowed =
        context(
            new Browser.NewContextOptions()
                .setPermissions(List.of("clipboard-read", "clipboard-write")))) {
      page = allowed.newPage();
      page.navigate("page/models");

      exact("Copy").click();
      assertThat(page.locator(".toast")).hasText("Copied.");
      assertThat(clipboard())
          .isEqualTo("curl -H \"Authorization: Bearer $BURNISH_API_KEY\" '" + root + "models'");
      exact("Copy JSON").click();
      page.waitForCondition(() -> clipboard().startsWith("["));
      assertThat(RecordJson.read(clipboard()).path(0).path("model").asText())
          .isEqualTo("simulated/openai/gpt-oss-120b");
    }
  }

  private Locator exact(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private String clipboard() {
    return String.valueOf(page.evaluate("navigator.clipboard.readText()"));
  }

  @Test
  void the_page_works_below_a_path_of_a_proxy() {
    context.route(
        root + "burnish/**",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setResponse(
                        route.fetch(
                            new Route.FetchOptions()
                                .setUrl(route.request().url().replace("/burnish/", "/"))))));
    List<String> outside = new ArrayList<>();
    page.onRequest(
        request -> {
          if (!request.url().startsWith(root + "burnish/")) {
            outside.add(request.url());
          }
        });

    page.navigate("burnish/page/models");

    assertThat(page.locator("article.model")).hasCount(3);
    assertThat(page.locator(".curl code")).containsText(root + "burnish/models");
    assertThat(page.evaluate("document.querySelector('nav a').href"))
        .isEqualTo(root + "burnish/page/overview");
    assertThat(outside).isEmpty();
  }

  @Test
  void documents_and_their_parts_have_the_security_headers() {
    for (String address :
        List.of("./", "page/jobs", "page/assets/main.js", "webjars/lit-html/lit-html.js")) {
      Response response = page.navigate(address);

      Map<String, String> headers = response.headers();
      assertThat(headers.get("content-security-policy"))
          .as(address)
          .contains("default-src 'none'", "frame-ancestors 'none'", "script-src 'self'")
          .doesNotContain("unsafe");
      assertThat(headers).containsEntry("x-content-type-options", "nosniff");
      assertThat(headers).containsEntry("referrer-policy", "same-origin");
    }
  }

  @Test
  void a_first_visit_is_below_100_kilobytes() {
    List<Request> finished = new CopyOnWriteArrayList<>();
    try (var fresh = context(new Browser.NewContextOptions())) {
      Page first = fresh.newPage();
      first.onRequestFinished(
          request -> {
            if (!request.url().endsWith("/events")) {
              finished.add(request);
            }
          });
      first.navigate("./");
      assertThat(first.locator("article.model").first()).isVisible();
      first.waitForLoadState(LoadState.LOAD);

      // The browser tells the sizes only while its context is open.
      assertThat(finished.stream().mapToInt(PageRulesTest::size).sum()).isBetween(20_000, 100_000);
    }
  }

  private static int size(Request request) {
    Sizes sizes = request.sizes();
    return sizes.responseBodySize + sizes.responseHeadersSize;
  }
}
