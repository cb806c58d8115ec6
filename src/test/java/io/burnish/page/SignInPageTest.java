package io.burnish.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.burnish.fixtures.Callers;
import io.burnish.fixtures.Discounts;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Who is signed in, and what each role sees; the pages of administrators. */
@QuarkusTest
@TestProfile(KeysAndWorker.class)
class SignInPageTest extends BrowserTest {

  private void signIn(String key) {
    page.getByLabel("Key", new Page.GetByLabelOptions().setExact(true)).fill(key);
    page.keyboard().press("Enter");
  }

  private void signInAs(String role, String owner) {
    context.clearCookies();
    page.navigate("page/jobs");
    signIn(Callers.key(role, owner).secret());
    assertThat(page.locator("h1")).hasText("Jobs");
  }

  @Test
  void a_key_opens_a_session_that_leads_back_to_the_page() {
    context.clearCookies();
    page.navigate("page/jobs?name=x");
    assertThat(page.locator("h1")).hasText("Sign in");

    signIn("bk_0123456789012345678901234567890123456789012");
    assertThat(page.locator("#problem")).containsText("This key is not valid");
    String key = Callers.key("submit", unique("shop").replace(" ", "")).secret();
    signIn(key);

    assertThat(page).hasURL(Pattern.compile("/page/jobs\\?name=x$"));
    Cookie cookie = context.cookies().get(0);
    Assertions.assertThat(cookie.httpOnly).isTrue();
    Assertions.assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);
    Assertions.assertThat(cookie.value).doesNotContain(key);
    Assertions.assertThat(page.evaluate("document.cookie")).isEqualTo("");
  }

  @Test
  void signing_out_ends_the_session() {
    signInAs("read", "shop");

    button("Sign out").click();

    assertThat(page.locator("h1")).hasText("Sign in");
    page.navigate("./");
    assertThat(page.locator("h1")).hasText("Sign in");
  }

  @Test
  void a_page_of_another_site_is_no_way_back() {
    context.clearCookies();
    page.navigate("page/sign-in?to=https://evil.example/");

    signIn(Callers.key("read", "shop").secret());

    assertThat(page).hasURL(Pattern.compile("/page/overview$"));
  }

  @Test
  void a_revoked_key_ends_its_session() {
    Callers.Key key = Callers.key("read", "shop");
    context.clearCookies();
    page.navigate("page/jobs");
    signIn(key.secret());
    assertThat(page.locator("h1")).hasText("Jobs");

    Callers.admin().delete("/keys/" + key.id()).then().statusCode(200);
    page.reload();

    assertThat(page.locator("h1")).hasText("Sign in");
  }

  private void signInByProvider(String person, String roles, String answer) {
    page.getByText("Sign in with your account").click();
    page.getByLabel("Name").fill(person);
    page.getByLabel("Roles").fill(roles);
    button(answer).click();
  }

  @Test
  void a_person_signs_in_by_the_provider_and_comes_back_as_the_owner_that_it_names() {
    String person = unique("ada").replace(" ", "");
    context.clearCookies();
    page.navigate("page/jobs?name=x");

    signInByProvider(person, "other submit", "Log in");

    assertThat(page).hasURL(Pattern.compile("/page/jobs\\?name=x$"));
    assertThat(button("Sign out")).hasAttribute("title", Pattern.compile(person));
    Assertions.assertThat(context.cookies())
        .extracting(cookie -> cookie.name)
        .containsExactly("burnish-session");
    Assertions.assertThat(context.cookies().get(0).sameSite).isEqualTo(SameSiteAttribute.STRICT);
    page.navigate("page/keys");
    assertThat(page.locator("h1")).hasText("Your key may not see this");
    Assertions.assertThat(
            Callers.admin()
                .get("/audit?limit=200")
                .jsonPath()
                .getList("entries.findAll { it.owner == '%s' }.operation".formatted(person)))
        .containsExactly("GET /page/sign-in/oidc");
    button("Sign out").click();
    assertThat(page.locator("h1")).hasText("Sign in");
  }

  @Test
  void a_refusal_of_the_provider_or_a_person_without_a_role_opens_no_session_and_says_why() {
    context.clearCookies();
    page.navigate("page/jobs");

    signInByProvider("eve", "", "Refuse");
    assertThat(page.locator("#problem")).containsText("did not sign you in");
    signInByProvider("eve", "king", "Log in");
    assertThat(page.locator("#problem")).containsText("no role or no owner");
    Assertions.assertThat(context.cookies()).isEmpty();

    signInByProvider("eve", "read", "Log in");
    assertThat(page).hasURL(Pattern.compile("/page/jobs$"));
  }

  @Test
  void an_answer_that_no_sign_in_of_this_browser_began_opens_no_session() {
    context.clearCookies();

    page.navigate("page/sign-in/oidc?code=stolen&state=other");

    assertThat(page.locator("#problem")).containsText("Start again");
    Assertions.assertThat(context.cookies()).isEmpty();
  }

  @Test
  void a_reader_sees_its_jobs_and_no_action_and_no_page_of_administrators() {
    String secret = Callers.key("submit", "reader-shop").secret();
    String id = Callers.post(secret, Discounts.readable("1"));
    signInAs("read", "reader-shop");

    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(button("New job")).hasCount(0);
    assertThat(page.locator("tbody button, tbody input")).hasCount(0);
    assertThat(page.locator("nav a")).hasText(new String[] {"Overview", "Jobs", "Models"});
    page.navigate("page/jobs/" + id);
    assertThat(page.locator("h1")).containsText("Unnamed job");
    assertThat(page.locator(".title button")).hasCount(0);
    int status = page.navigate("page/keys").status();
    Assertions.assertThat(status).isEqualTo(403);
    assertThat(page.locator("h1")).hasText("Your key may not see this");
  }

  @Test
  void an_administrator_creates_rotates_and_revokes_a_key() {
    String name = unique("client");
    page.navigate("page/keys");

    button("New key").click();
    dialog().locator("input[name=name]").fill(name);
    dialog().locator("input[name=owner]").fill("shop");
    dialog().getByLabel("Open jobs").fill("3");
    dialog().locator("button.primary").click();
    assertThat(dialog().locator(".secret")).containsText(Pattern.compile("^bk_"));
    dialog().getByText("I have copied it").click();

    Locator row = page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(name));
    assertThat(row).containsText("Active");
    assertThat(row).containsText("3 open jobs");
    row.getByText("Rotate").click();
    assertThat(dialog()).containsText("Rotate the key “" + name + "”?");
    dialog().locator("button.primary").click();
    assertThat(dialog().locator(".secret")).containsText(Pattern.compile("^bk_"));
    dialog().getByText("I have copied it").click();
    row.getByText("Revoke").click();
    dialog().locator("button.danger").click();
    assertThat(row).containsText("Revoked");

    page.navigate("page/audit");
    assertThat(page.locator("tbody tr").first()).containsText("DELETE /keys/{id}");
  }
}
