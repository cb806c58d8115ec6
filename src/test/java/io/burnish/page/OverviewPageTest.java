package io.burnish.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.burnish.fixtures.Discounts;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** The overview and the models: what the service does now. */
@QuarkusTest
@TestProfile(KeysAndWorker.class)
class OverviewPageTest extends BrowserTest {

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
    page.navigate("./");
    assertThat(page.locator(".connection")).hasText("Live");
    String before = page.locator(".figure.main dd").first().textContent();

    awaitState(post(unique("moving"), Discounts.readable(40)), "completed");

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
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    page.navigate("./");
    assertThat(page.locator("body")).hasCSS("background-color", "rgb(14, 16, 19)");

    page.getByLabel("Colours").selectOption("light");

    assertThat(page.locator("body")).hasCSS("background-color", "rgb(247, 248, 250)");
    page.reload();
    assertThat(page.locator("body")).hasCSS("background-color", "rgb(247, 248, 250)");
  }
}
