package io.burnish.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.burnish.fixtures.Discounts;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The overview and the models: what the service does now. */
@QuarkusTest
@TestProfile(KeysAndWorker.class)
class OverviewPageTest extends BrowserTest {

  /** Time between two reads of the status. */
  private static final Duration POLL = Duration.ofSeconds(2);

  /** Time after which a page that could not be made is loaded again. */
  private static final Duration RELOAD = Duration.ofSeconds(5);

  private static final Route.FulfillOptions AWAY =
      new Route.FulfillOptions()
          .setStatus(503)
          .setContentType("application/problem+json")
          .setBody("{\"status\":503,\"title\":\"Service Unavailable\"}");

  @Test
  void figures_models_and_the_banner_of_the_simulated_mode_are_shown() {
    awaitState(post(unique("overview"), Discounts.readable(3)), "completed");

    page.navigate("./");

    assertThat(page.getByRole(AriaRole.NOTE)).containsText("Simulated: no model is called");
    assertThat(page.locator(".figure").first()).containsText("Records / min");
    assertThat(page.locator("article.model")).hasCount(3);
    assertThat(page.locator("article.model").first()).containsText("simulated/openai/gpt-oss-120b");
    assertThat(page.locator("#plot-rate canvas")).isVisible();
    assertThat(page.getByText("Heartbeat").first()).isVisible();
  }

  @Test
  void figures_change_while_the_page_is_open() {
    page.clock().install();
    page.navigate("./");
    assertThat(page.locator(".connection")).hasText("Live");
    String before = page.locator(".figure.main dd").first().textContent();

    awaitState(post(unique("moving"), Discounts.readable(40)), "completed");
    later(POLL);

    assertThat(page.locator(".figure.main dd").first()).not().hasText(before);
  }

  @Test
  void a_lost_connection_is_told_and_the_page_comes_back_by_itself() {
    page.navigate("./");
    assertThat(page.locator(".connection")).hasText("Live");

    context.setOffline(true);

    assertThat(page.locator(".connection")).containsText("Connection lost");
    assertThat(page.locator(".attention")).containsText("The service can’t be reached");
    assertThat(page.locator(".figure.main")).isVisible();

    context.setOffline(false);

    assertThat(page.locator(".connection")).hasText("Live");
    assertThat(page.getByText("The service can’t be reached")).hasCount(0);
  }

  @Test
  void nothing_is_asked_while_the_page_is_hidden_and_it_catches_up_when_it_is_seen() {
    page.clock().install();
    page.navigate("./");
    assertThat(page.locator(".connection")).hasText("Live");
    String before = page.locator(".figure.main dd").first().textContent();
    List<String> asked = new CopyOnWriteArrayList<>();

    hide(true);
    assertThat(page.locator(".connection")).hasText("Paused while hidden");
    page.onRequest(request -> asked.add(request.url()));
    awaitState(post(unique("unseen"), Discounts.readable(40)), "completed");
    page.clock().runFor(POLL.multipliedBy(20).toMillis());
    // The only request is that of the test. It is the last: earlier ones would be known by now.
    page.evaluate("() => fetch('page/assets/icon.svg')");
    Assertions.assertThat(asked).containsExactly(root + "page/assets/icon.svg");

    hide(false);
    assertThat(page.locator(".connection")).hasText("Live");
    assertThat(page.locator(".figure.main dd").first()).not().hasText(before);
  }

  @Test
  void a_turn_that_began_before_the_page_was_hidden_asks_nothing_more() {
    postPaused(unique("unseen"), 2);
    List<Route> held = new CopyOnWriteArrayList<>();
    List<String> asked = new CopyOnWriteArrayList<>();
    page.route("**/status", held::add);
    page.navigate("./");
    page.waitForCondition(() -> !held.isEmpty());

    hide(true);
    page.onRequest(request -> asked.add(request.url()));
    held.get(0).resume();
    page.evaluate("() => fetch('status/history?minutes=1').then(answer => answer.text())");
    page.evaluate("() => fetch('page/assets/icon.svg')");

    Assertions.assertThat(asked)
        .containsExactly(root + "status/history?minutes=1", root + "page/assets/icon.svg");
    page.unroute("**/status");
    hide(false);
    assertThat(page.locator(".attention")).containsText("has reached its budget");
  }

  @Test
  void a_database_that_is_away_needs_attention_until_it_is_back() {
    expectStatus(503);
    page.clock().install();
    page.navigate("./");
    assertThat(page.locator(".connection")).hasText("Live");

    page.route("**/status", route -> route.fulfill(AWAY));
    later(POLL);

    assertThat(page.locator(".connection")).containsText("Connection lost");
    assertThat(page.locator(".attention")).containsText("The database is unavailable");
    assertThat(page.locator(".figure.main")).isVisible();

    page.unroute("**/status");
    later(POLL);

    assertThat(page.locator(".connection")).hasText("Live");
    assertThat(page.getByText("The database is unavailable")).hasCount(0);
  }

  @Test
  void a_page_that_could_not_be_made_says_so_and_is_loaded_again_by_itself() {
    expectStatus(503);
    page.clock().install();
    page.route(
        "**/page/overview",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(503)
                    .setContentType("text/html;charset=UTF-8")
                    .setBody(
                        route
                            .fetch()
                            .text()
                            .replace("data-view=\"overview\"", "data-view=\"unavailable\""))));

    page.navigate("page/overview");

    assertThat(page.getByRole(AriaRole.ALERT)).containsText("The service can’t do this now");
    page.unroute("**/page/overview");
    later(RELOAD);
    assertThat(page.locator(".figure.main")).isVisible();
  }

  @Test
  void what_was_learned_of_a_model_can_be_forgotten() {
    page.navigate("page/models");
    assertThat(page.locator("article.model")).hasCount(3);

    page.locator("article.model").first().getByText("Forget what was learned").click();
    assertThat(dialog()).containsText("Forget what was learned of simulated/openai/gpt-oss-120b?");
    dialog()
        .getByText("Forget what was learned", new Locator.GetByTextOptions().setExact(true))
        .click();

    assertThat(page.locator(".toast")).hasText("Forgotten.");
  }

  @Test
  void a_job_that_reached_its_budget_needs_attention() {
    String name = unique("costly");
    postPaused(name, 2);

    page.navigate("page/overview");

    assertThat(page.locator(".attention")).containsText(name + " has reached its budget");
    page.locator(".attention a").first().click();
    assertThat(page.locator(".notice").first()).containsText("The budget is reached");
  }

  @Test
  void the_scheme_follows_the_system_and_the_switch() {
    try (var other = context(new Browser.NewContextOptions())) {
      page = other.newPage();
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      page.navigate("./");
      assertThat(page.locator("body")).hasCSS("background-color", "rgb(14, 16, 19)");

      page.getByLabel("Colours").selectOption("light");

      assertThat(page.locator("body")).hasCSS("background-color", "rgb(247, 248, 250)");
      page.reload();
      assertThat(page.locator("body")).hasCSS("background-color", "rgb(247, 248, 250)");
    }
  }
}
