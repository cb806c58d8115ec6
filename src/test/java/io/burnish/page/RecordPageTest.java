package io.burnish.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.burnish.fixtures.Discounts;
import io.burnish.simulator.faults.InjectedFault;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** One record: proof, changes, attempts; and texts that would do harm. */
@QuarkusTest
@TestProfile(KeysAndWorker.class)
class RecordPageTest extends BrowserTest {

  private Locator field(String name) {
    return page.locator(".record tr")
        .filter(
            new Locator.FilterOptions()
                .setHas(
                    page.getByRole(
                        AriaRole.ROWHEADER,
                        new Page.GetByRoleOptions().setName(name).setExact(true))));
  }

  private Locator source(String name) {
    return field(name).locator("td").first();
  }

  private Locator result(String name) {
    return field(name).locator("td").last();
  }

  private String open(ObjectNode... records) {
    String id = awaitState(post(unique("record"), records), "completed");
    page.navigate("page/jobs/" + id + "/items/0");
    return id;
  }

  @Test
  void the_words_that_prove_a_value_and_what_changed_are_marked() {
    open(Discounts.readable("1", "Save 35% on lamps"));

    assertThat(source("price").locator("mark.proof")).hasText("35%");
    assertThat(source("price").locator("mark.proof"))
        .hasAttribute("title", "proves price (percent)");
    assertThat(result("price").locator("ins")).hasText("35");
    assertThat(result("price")).containsText("changed");
    assertThat(result("category")).containsText("now a list");
    assertThat(result("discount_id")).hasText("as in the source");
    assertThat(page.locator(".attempt")).containsText("Accepted");
  }

  @Test
  void hebrew_reads_from_right_to_left_and_its_numbers_are_marked_whole() {
    ObjectNode record = Discounts.readable("1", "N/A");
    record.put("title", "כרטיס להצגה " + unique("").strip());
    record.put("club_name", "תיאטרון הלילך");
    record.put("description", "מחיר לחברי המועדון: 1,249 ₪ במקום 1,600 ₪, עד 31 בדצמבר.");
    open(record);

    Locator description = source("description").locator(".value");
    assertThat(description).hasCSS("direction", "rtl");
    assertThat(description.locator("mark.proof")).containsText("1,249");
    assertThat(description.locator("mark.proof")).hasCSS("unicode-bidi", "isolate");
    assertThat(source("provider_link").locator(".value")).hasCSS("direction", "ltr");
    assertThat(result("club_name").locator(".value")).hasCSS("direction", "rtl");
    assertThat(result("discount_type").locator(".value")).hasCSS("direction", "ltr");
    Object marked =
        description.locator("mark.proof").evaluate("mark => mark.getClientRects().length");
    Assertions.assertThat(marked).isEqualTo(1);
  }

  @Test
  void a_refused_answer_has_its_false_number_marked() {
    ObjectNode record = Discounts.readable("1");
    simulator.whenAsked(asked -> true, InjectedFault.STUBBORN);
    open(record);

    assertThat(page.locator(".notice.bad")).containsText("does not stand in the text");
    Locator first = page.locator(".attempt").first();
    assertThat(first).containsText("Refused");
    assertThat(first.locator("mark.offence")).hasText("987654.25");
    assertThat(first.locator(".violation")).containsText("price_not_in_source");
    assertThat(first).containsText("tokens");
  }

  /** A link is there once the job is read; before, its text is no link. */
  private Locator link(String text) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(text));
  }

  @Test
  void previous_and_next_walk_through_the_job() {
    open(Discounts.readable(2));
    assertThat(page.getByText("← Previous")).hasAttribute("aria-disabled", "true");

    link("Next →").click();

    assertThat(page.locator("h1")).containsText("Record 1");
    assertThat(page.getByText("Next →")).hasAttribute("aria-disabled", "true");
    link("← Previous").click();
    assertThat(page.locator("h1")).containsText("Record 0");
  }

  @Test
  void scripts_in_texts_are_texts() {
    ObjectNode record = Discounts.readable("<b>7</b>", "20% off");
    record.put(
        "title",
        "<script>window.hacked=1</script><img src=x onerror='window.hacked=1'> " + unique("x"));
    record.put("club_name", "{alert(1)} ${alert(1)} \" onmouseover=\"window.hacked=1");
    record.put("provider_link", "javascript:window.hacked=1");
    String id = open(record);

    assertThat(source("title")).containsText("<script>window.hacked=1</script><img src=x");
    assertThat(page.locator("main script, main img")).hasCount(0);
    assertThat(page.locator("main a[href^='javascript']")).hasCount(0);
    page.navigate("page/jobs/" + id);
    assertThat(page.locator("section[aria-labelledby=items] tbody tr")).containsText("<b>7</b>");
    Assertions.assertThat(page.evaluate("window.hacked")).isNull();
  }

  @Test
  void marks_that_turn_the_direction_are_shown_as_such() {
    ObjectNode record = Discounts.readable("1", "20% off");
    record.put("title", "\u202eelas\u202c \u2066 " + unique("shop"));
    open(record);

    assertThat(source("title").locator(".control").first()).hasText("U+202E");
    Assertions.assertThat(source("title").textContent())
        .doesNotContain("\u202e")
        .doesNotContain("\u2066");
  }

  @Test
  void a_huge_text_is_cut_until_it_is_asked_for() {
    ObjectNode record = Discounts.readable("1", "20% off");
    record.put("title", unique("huge") + " lamp".repeat(40_000));
    open(record);

    Assertions.assertThat(source("title").textContent().length()).isLessThan(2_000);
    source("title").getByText("Show all 200").click();
    Assertions.assertThat(source("title").textContent().length()).isGreaterThan(200_000);
    Object width = page.evaluate("document.documentElement.scrollWidth - innerWidth");
    Assertions.assertThat(((Number) width).intValue()).isLessThanOrEqualTo(0);
  }
}
