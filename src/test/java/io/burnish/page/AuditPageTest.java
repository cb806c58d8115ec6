package io.burnish.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import io.burnish.fixtures.Callers;
import io.burnish.fixtures.Discounts;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The audit: who changed what, and how it ended. */
@QuarkusTest
@TestProfile(KeysAndWorker.class)
class AuditPageTest extends BrowserTest {

  /** The cell of a column in the row about an address. */
  private Locator cell(String column, String address) {
    assertThat(page.locator("tbody tr").first()).isVisible();
    int place = page.locator("thead th").allTextContents().indexOf(column);
    return page.locator("tbody tr")
        .filter(new Locator.FilterOptions().setHasText(address))
        .locator("td")
        .nth(place);
  }

  @Test
  void each_change_is_shown_with_the_status_of_its_response() {
    String done =
        "/jobs/" + awaitState(post(unique("audited"), Discounts.readable(1)), "completed");
    String refused = "/jobs/" + UUID.randomUUID() + "/pause";
    Callers.admin().delete(done).then().statusCode(204);
    Callers.admin().post(refused).then().statusCode(404);
    // The status is written after the response is sent.
    await().until(() -> !Callers.admin().get("/audit").asString().contains("\"status\":null"));

    page.navigate("page/audit");

    assertThat(cell("Status", done)).hasText("204");
    assertThat(cell("Status", refused)).hasText("404");
    assertThat(cell("Operation", refused)).hasText("POST /jobs/{id}/pause");
    assertThat(cell("Who", refused)).hasText("BURNISH_ADMIN_KEY admin");
  }

  @Test
  void a_change_without_a_response_has_no_status() {
    String address = "/jobs/" + UUID.randomUUID() + "/pause";
    Callers.admin().post(address).then().statusCode(404);
    page.route(
        "**/audit?**",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(
                        route.fetch().text().replaceAll("\"status\":\\d+", "\"status\":null"))));

    page.navigate("page/audit");

    assertThat(cell("Status", address)).hasText("–");
  }
}
