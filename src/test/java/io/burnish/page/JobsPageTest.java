package io.burnish.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.burnish.fixtures.Callers;
import io.burnish.fixtures.Discounts;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The jobs: filter, live progress, actions, a new job. */
@QuarkusTest
@TestProfile(KeysAndWorker.class)
class JobsPageTest extends BrowserTest {

  private Locator row(String name) {
    return page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(name));
  }

  @Test
  void the_filter_is_in_the_address_and_survives_a_reload() {
    String name = unique("filtered");
    awaitState(post(name, Discounts.readable(1)), "completed");
    post(unique("other"), Discounts.readable(1));
    page.navigate("page/jobs");

    page.getByLabel("Search by name").fill(name);
    page.getByLabel("Outcome").selectOption("succeeded");

    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page).hasURL(Pattern.compile("name=filtered.*&outcome=succeeded$"));
    page.reload();
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.getByLabel("Search by name")).hasValue(name);
    page.getByLabel("Search by name").fill("no job has this name");
    assertThat(page.getByText("No job matches")).isVisible();
  }

  @Test
  void progress_is_live() {
    String name = unique("live");
    String id = postPaused(name, 30);
    page.navigate("page/jobs?name=" + name);
    assertThat(row(name)).containsText("Paused");

    raiseBudget(id);

    assertThat(row(name)).containsText("Succeeded");
    assertThat(row(name).getByRole(AriaRole.PROGRESSBAR)).hasAttribute("aria-valuenow", "100");
  }

  @Test
  void a_paused_job_says_who_paused_it_or_why_also_while_the_page_is_open() {
    String name = unique("held");
    postPaused(name + " dry", 5);
    simulator.whenAsked(asked -> true, InjectedFault.SLOW);
    String id = post(name + " open", Discounts.readable(4_000));
    page.navigate("page/jobs?name=" + name);
    assertThat(row(name + " dry").locator(".hold"))
        .hasText(Pattern.compile("budget reached · .*(ago|now)"));
    assertThat(row(name + " open")).isVisible();
    assertThat(row(name + " open").locator(".hold")).hasCount(0);

    Callers.admin().post("/jobs/" + id + "/pause").then().statusCode(200);

    assertThat(row(name + " open").locator(".hold"))
        .hasText(Pattern.compile("by BURNISH_ADMIN_KEY · .*(ago|now)"));
    Callers.admin().post("/jobs/" + id + "/cancel").then().statusCode(200);
    assertThat(row(name + " open").locator(".hold")).hasCount(0);
  }

  @Test
  void an_action_on_one_job_is_confirmed_with_the_number_of_records() {
    String name = unique("one");
    String id = postPaused(name, 20);
    page.navigate("page/jobs?name=" + name);

    row(name).getByText("Cancel").click();

    assertThat(dialog()).containsText("Cancel “" + name + "”?");
    assertThat(dialog()).containsText("20 records not decided yet will be cancelled");
    dialog().getByText("Go back").click();
    Assertions.assertThat(now(id, "/state")).isNotEqualTo("cancelled");
    row(name).getByText("Cancel").click();
    dialog().locator("button.danger").click();
    assertThat(row(name)).containsText("Cancelled");
  }

  @Test
  void actions_on_the_selected_name_how_many_jobs_they_concern() {
    String name = unique("many");
    for (int i = 0; i < 3; i++) {
      postPaused(name + " " + i, 5);
    }
    page.navigate("page/jobs?name=" + name);
    assertThat(page.locator("tbody tr")).hasCount(3);

    page.getByLabel("Select all shown").check();
    assertThat(page.getByRole(AriaRole.TOOLBAR)).containsText("3 jobs selected");
    page.getByRole(AriaRole.TOOLBAR).getByText("Cancel").click();

    assertThat(dialog()).containsText("Cancel 3 jobs?");
    dialog().locator("button.danger").click();
    assertThat(page.locator(".toast")).hasText("Cancelled 3 jobs.");
    assertThat(page.locator("tbody .chip.cancelled")).hasCount(3);
  }

  @Test
  void an_action_concerns_all_that_match_also_those_on_later_pages() {
    String name = unique("matching");
    for (int i = 0; i < 51; i++) {
      Callers.admin()
          .body("{\"name\":\"%s\",\"mode\":\"store\",\"records\":[]}".formatted(name))
          .post("/jobs")
          .then()
          .statusCode(202);
    }
    page.navigate("page/jobs?name=" + name);
    assertThat(page.locator("tbody tr")).hasCount(50);

    page.getByLabel("Select all shown").check();
    page.getByText("Select all that match").click();
    assertThat(page.getByRole(AriaRole.TOOLBAR)).containsText("51 jobs selected");
    page.getByRole(AriaRole.TOOLBAR).getByText("Delete").click();

    assertThat(dialog()).containsText("Delete 51 jobs?");
    dialog().locator("button.danger").click();
    assertThat(page.getByText("No job matches")).isVisible();
  }

  @Test
  void a_file_is_estimated_before_the_job_starts() {
    String records = Discounts.list(Discounts.readable(4));
    page.navigate("page/jobs");

    button("New job").click();
    page.locator("dialog input[type=file]")
        .setInputFiles(
            new FilePayload(
                "lamps.json", "application/json", records.getBytes(StandardCharsets.UTF_8)));

    assertThat(dialog()).containsText("What it would take now");
    Locator start = dialog().getByText("Start: 4 records");
    assertThat(start).isEnabled();
    start.click();
    assertThat(page).hasURL(Pattern.compile("page/jobs/[0-9a-f-]{36}$"));
    assertThat(page.locator("h1")).containsText("lamps");
  }

  @Test
  void a_file_that_is_dropped_and_malformed_says_where() {
    page.navigate("page/jobs");
    assertThat(button("New job")).isVisible();

    page.evaluate(
        """
        () => {
          const data = new DataTransfer();
          data.items.add(new File(['[{"discount_id":"1"},\\n {"discount_id" "2"}]'], 'broken.json'));
          document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
        }
        """);

    assertThat(dialog()).containsText("broken.json");
    assertThat(dialog()).containsText(Pattern.compile("line 2"));
  }

  @Test
  void everything_is_reached_by_the_keyboard() {
    String name = unique("keyboard");
    String id = postPaused(name, 20);
    page.navigate("page/jobs?name=" + name);
    assertThat(row(name)).isVisible();

    page.keyboard().press("Tab");
    assertThat(page.locator(".skip")).isFocused();
    focusByTab("Cancel " + name);
    page.keyboard().press("Enter");
    assertThat(dialog().getByText("Go back")).isFocused();
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");

    assertThat(page.locator(".toast")).containsText("Cancelled");
    awaitState(id, "cancelled");
  }

  /** Presses Tab until the element with this text has the focus. */
  private void focusByTab(String text) {
    for (int i = 0; i < 60; i++) {
      page.keyboard().press("Tab");
      Object focused =
          page.evaluate("document.activeElement.textContent.replace(/\\s+/g, ' ').trim()");
      if (text.equals(focused)) {
        Assertions.assertThat(
                page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
            .isEqualTo("solid");
        return;
      }
    }
    throw new AssertionError("Tab does not reach " + text);
  }

  @Test
  void the_page_is_told_of_newer_jobs() {
    page.navigate("page/jobs");
    assertThat(page.locator(".connection")).hasText("Live");
    String name = unique("newer");

    postPaused(name, 5);

    page.getByText("There are newer jobs").click();
    assertThat(row(name)).isVisible();
  }
}
