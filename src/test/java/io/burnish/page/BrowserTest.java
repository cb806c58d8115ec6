package io.burnish.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import io.burnish.fixtures.Authenticated;
import io.burnish.fixtures.Callers;
import io.burnish.fixtures.Discounts;
import io.burnish.fixtures.TokenIssuer;
import io.burnish.record.RecordJson;
import io.burnish.simulator.Simulator;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A test in a browser that is signed in as an administrator. It fails when the page logs an error,
 * breaks its own security policy, or asks another host.
 */
@NeedsChromium
abstract class BrowserTest {

  /** Refusals that a test provokes; the browser logs each. */
  private static final Pattern REFUSAL =
      Pattern.compile("the server responded with a status of (401|403|404|409|422)");

  private static final Pattern DISCONNECTED = Pattern.compile("ERR_INTERNET_DISCONNECTED");

  @TestHTTPResource("/")
  URL root;

  Browser browser;
  Simulator simulator;

  BrowserContext context;
  Page page;

  /** One context for all tests of a browser: the assets of the page are loaded once. */
  private static @Nullable BrowserContext shared;

  /** The session of the administrator in the shared context. */
  private static List<Cookie> signedIn = List.of();

  private static final List<String> errors = new CopyOnWriteArrayList<>();
  private static final List<String> expected = new CopyOnWriteArrayList<>();

  @BeforeEach
  void open_the_browser() {
    PlaywrightAssertions.setDefaultAssertionTimeout(15_000);
    simulator.clear();
    errors.clear();
    expected.clear();
    if (shared == null || shared.browser() != browser) {
      shared = context(new Browser.NewContextOptions());
      signedIn = shared.cookies();
    }
    context = shared;
    context.clearCookies();
    context.addCookies(signedIn);
    page = context.newPage();
  }

  @AfterEach
  void nothing_was_wrong_in_the_browser() {
    simulator.clear();
    context.pages().forEach(Page::close);
    context.unrouteAll();
    context.setOffline(false);
    assertThat(errors).isEmpty();
  }

  /** Lets the time of the page go on, so that it does at once what it does after a while. */
  void later(Duration time) {
    page.clock().fastForward(time.toMillis());
  }

  /** A context of its own, signed in with the admin key. */
  BrowserContext context(Browser.NewContextOptions options) {
    BrowserContext made = browser.newContext(options.setBaseURL(root.toString()).setLocale("en"));
    made.addCookies(List.of(cookie(session(Authenticated.ADMIN_KEY))));
    watch(made);
    return made;
  }

  /** What is wrong in the context fails the test. */
  void watch(BrowserContext made) {
    made.setDefaultTimeout(15_000);
    made.onConsoleMessage(this::check);
    made.onWebError(error -> errors.add(error.error()));
    made.onRequest(
        request -> {
          String address = request.url();
          if (!address.startsWith(root.toString())
              && !address.startsWith("blob:" + root)
              && !(request.isNavigationRequest() && address.startsWith(TokenIssuer.address()))) {
            errors.add("asks " + address);
          }
        });
  }

  /** The browser may log answers with this status. */
  void expectStatus(int status) {
    expected.add("the server responded with a status of " + status);
  }

  private void check(ConsoleMessage message) {
    String text = message.text();
    if (Set.of("error", "warning").contains(message.type())
        && !REFUSAL.matcher(text).find()
        && expected.stream().noneMatch(text::contains)
        && !DISCONNECTED.matcher(text).find()) {
      errors.add(text);
    }
  }

  /** The id of a new session. */
  static String session(String key) {
    return Callers.with(key)
        .post("/session")
        .then()
        .statusCode(204)
        .extract()
        .cookie("burnish-session");
  }

  Cookie cookie(String session) {
    return new Cookie("burnish-session", session).setUrl(root.toString());
  }

  Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  /** Lets the page believe that its tab is hidden, or is seen again. */
  void hide(boolean hidden) {
    page.evaluate(
        "hidden => { Object.defineProperty(document, 'hidden', {configurable: true, get: () => hidden});"
            + " document.dispatchEvent(new Event('visibilitychange')); }",
        hidden);
  }

  /** The open dialog. */
  Locator dialog() {
    return page.locator("dialog[open]");
  }

  /** Posts records as a job of this name; its id. */
  static String post(String name, ObjectNode... records) {
    return Callers.admin()
        .body(
            "{\"name\":\"%s\",\"options\":{\"dedupe\":\"none\"},\"records\":%s}"
                .formatted(name, Discounts.list(records)))
        .post("/jobs")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  /** Posts a job that is paused before its first call, because that would exceed its budget. */
  static String postPaused(String name, int records) {
    String id =
        Callers.admin()
            .body(
                "{\"name\":\"%s\",\"options\":{\"dedupe\":\"none\",\"maxTokens\":1},\"records\":%s}"
                    .formatted(name, Discounts.list(Discounts.readable(records))))
            .post("/jobs")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    return awaitState(id, "paused");
  }

  /** Lets a job go on that was paused by its budget. */
  static void raiseBudget(String id) {
    Callers.admin().body("{\"maxTokens\":100000000}").patch("/jobs/" + id).then().statusCode(200);
  }

  /** Waits until a job has this state. */
  static String awaitState(String id, String state) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> state.equals(now(id, "/state")));
    return id;
  }

  /** One value of a job as it is now. */
  static String now(String id, String pointer) {
    return RecordJson.read(Callers.admin().get("/jobs/" + id).asString()).at(pointer).asText();
  }

  /** A name that no other job has. */
  static String unique(String name) {
    return name + " " + Long.toString(System.nanoTime(), 36);
  }
}
