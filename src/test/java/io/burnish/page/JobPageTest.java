package io.burnish.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import io.burnish.fixtures.Callers;
import io.burnish.fixtures.Discounts;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One job: failures by reason, retries, files, downloads, live. */
@QuarkusTest
@TestProfile(KeysAndWorker.class)
class JobPageTest extends BrowserTest {

  private static final String CODE = "price_not_in_source";

  /** A job of which some records fail, because the provider always invents their price. */
  private String withFailures(String name, int failing, int others) {
    ObjectNode[] records = Discounts.readable(failing + others);
    for (int i = 0; i < failing; i++) {
      String title = records[i].path("title").asText();
      simulator.whenAsked(asked -> asked.contains(title), InjectedFault.STUBBORN);
    }
    return awaitState(post(name, records), "completed");
  }

  private Locator group() {
    return page.locator(".group").filter(new Locator.FilterOptions().setHasText(CODE));
  }

  @Test
  void it_says_who_paused_it_and_when() {
    simulator.whenAsked(asked -> true, InjectedFault.SLOW);
    String id = post(unique("held"), Discounts.readable(800));
    Callers.admin().post("/jobs/" + id + "/pause").then().statusCode(200);

    page.navigate("page/jobs/" + id);

    assertThat(page.locator(".notice").first())
        .containsText(Pattern.compile("paused by BURNISH_ADMIN_KEY, .*(ago|now)"));
  }

  @Test
  void failures_are_grouped_with_examples_that_lead_to_the_record() {
    String id = withFailures(unique("groups"), 2, 3);
    page.navigate("page/jobs/" + id);

    assertThat(group().locator("strong")).hasText("2");
    assertThat(group()).containsText("price stands in the text as a number");
    group().locator(".examples a").first().click();

    assertThat(page.locator("h1")).containsText("Failed");
    assertThat(page.locator(".notice.bad")).containsText(CODE);
  }

  @Test
  void a_group_is_retried() {
    String id = withFailures(unique("retried"), 2, 1);
    page.navigate("page/jobs/" + id);
    assertThat(group()).isVisible();
    simulator.clear();

    group().getByText("Retry 2").click();
    assertThat(dialog()).containsText("Retry 2 records of this group?");
    dialog().locator("button.primary").click();

    assertThat(page.locator("h1 .chip")).hasText("Succeeded");
    Assertions.assertThat(now(id, "/counts/failed")).isEqualTo("0");
  }

  @Test
  void a_group_is_retried_without_its_rule() {
    String id = withFailures(unique("ruleless"), 2, 1);
    page.navigate("page/jobs/" + id);

    group().getByText("Retry without this rule").click();
    assertThat(dialog()).containsText("the rule is not checked: price stands in the text");
    dialog().locator("button.primary").click();

    assertThat(page.locator("h1 .chip")).hasText("Succeeded");
    Assertions.assertThat(now(id, "/counts/succeeded")).isEqualTo("3");
  }

  @Test
  void progress_is_live_also_after_a_lost_connection() {
    String name = unique("lost");
    String id = postPaused(name, 60);
    page.navigate("page/jobs/" + id);
    assertThat(page.locator("h1 .chip")).hasText("Paused");
    assertThat(page.locator(".connection")).hasText("Live");

    context.setOffline(true);
    assertThat(page.locator(".connection")).containsText("Connection lost");
    raiseBudget(id);
    awaitState(id, "completed");
    context.setOffline(false);

    assertThat(page.locator("h1 .chip")).hasText("Succeeded");
    assertThat(page.locator(".figure.main dd").first()).hasText("60");
  }

  @Test
  void the_stream_of_events_is_closed_while_the_page_is_hidden_and_opened_when_it_is_seen() {
    page.addInitScript(
        "window.streams = [];"
            + "window.EventSource = class extends EventSource {"
            + " constructor(...its) { super(...its); streams.push(this); } };");
    String id = postPaused(unique("hidden"), 30);
    page.navigate("page/jobs/" + id);
    assertThat(page.locator(".connection")).hasText("Live");
    List<String> asked = new CopyOnWriteArrayList<>();

    hide(true);
    assertThat(page.locator(".connection")).hasText("Paused while hidden");
    page.onRequest(request -> asked.add(request.url()));
    Assertions.assertThat(states()).isEqualTo(List.of(CLOSED));
    raiseBudget(id);
    awaitState(id, "completed");
    assertThat(page.locator("h1 .chip")).hasText("Paused");
    Assertions.assertThat(asked).isEmpty();

    hide(false);
    assertThat(page.locator("h1 .chip")).hasText("Succeeded");
    assertThat(page.locator(".figure.main dd").first()).hasText("30");
    Assertions.assertThat(asked).anyMatch(address -> address.endsWith(id + "/events"));
  }

  private static final int CLOSED = 2;

  /** The states of all streams that the page opened. */
  private Object states() {
    return page.evaluate("streams.map(stream => stream.readyState)");
  }

  @Test
  void a_file_that_is_rejected_says_where_it_is_malformed() {
    String id =
        Callers.admin()
            .contentType("multipart/form-data")
            .multiPart(
                "file",
                "good.json",
                Discounts.list(Discounts.readable(2)).getBytes(),
                "application/json")
            .multiPart(
                "file",
                "broken.json",
                "[{\"discount_id\":\"1\"},\n {\"x\" 1}]".getBytes(),
                "application/json")
            .post("/jobs")
            .then()
            .statusCode(202)
            .extract()
            .path("id");

    page.navigate("page/jobs/" + id);

    Locator broken =
        page.locator("tr").filter(new Locator.FilterOptions().setHasText("broken.json"));
    assertThat(broken).containsText("Rejected");
    assertThat(broken).containsText("line 2");
  }

  @Test
  void results_are_downloaded_in_each_format() throws IOException {
    String id = awaitState(post(unique("downloads"), Discounts.readable(2)), "completed");
    page.navigate("page/jobs/" + id);

    Download json = page.waitForDownload(() -> page.getByText("Results (JSON)").click());
    Download ndjson = page.waitForDownload(() -> page.getByText("Results (NDJSON)").click());
    Download failures =
        page.waitForDownload(() -> page.getByText("Failed records, as posted").click());

    Assertions.assertThat(Files.readString(json.path()))
        .startsWith("[")
        .contains("\"discount_id\"");
    Assertions.assertThat(Files.readAllLines(ndjson.path())).hasSize(2);
    Assertions.assertThat(Files.readString(failures.path()).strip()).isEqualTo("[]");
    assertThat(page.locator(".downloads code")).containsText("/jobs/" + id);
    assertThat(page.locator(".downloads code")).containsText("$BURNISH_API_KEY");
  }

  @Test
  void records_are_searched_by_their_texts() {
    ObjectNode[] records = Discounts.readable(30);
    String id = awaitState(post(unique("searched"), records), "completed");
    page.navigate("page/jobs/" + id);
    Locator rows = page.locator("section[aria-labelledby=items] tbody tr");
    assertThat(rows).hasCount(25);
    page.getByText("More records").click();
    assertThat(rows).hasCount(30);

    page.getByLabel("Search in the texts")
        .fill(records[7].path("title").asText().substring(10, 30));

    assertThat(rows).hasCount(1);
    assertThat(rows.locator("a")).hasText("7");
  }

  @Test
  @Tag("slow")
  void a_job_of_100_000_records_takes_as_few_requests_as_a_small_one() {
    String id = postPaused(unique("large"), 100_000);
    List<String> requests = new ArrayList<>();
    page.onRequest(request -> requests.add(request.url()));
    page.navigate("page/jobs/" + id);

    assertThat(page.locator(".figure.main")).containsText("of 100,000");
    assertThat(page.locator("section[aria-labelledby=items] tbody tr")).hasCount(25);
    Assertions.assertThat(requests.stream().filter(address -> address.contains("/items")))
        .hasSize(1);
    page.navigate("page/jobs/" + id + "/items/99999");
    assertThat(page.locator("h1")).containsText("Record 99,999");
  }

  @Test
  void an_unknown_job_is_told() {
    page.navigate("page/jobs/00000000-0000-0000-0000-000000000000");

    assertThat(page.locator("[role=alert]")).containsText("It is not here");
  }
}
