package io.burnish.page;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;

/**
 * The rules of axe-core in a page that is open. It runs in the page itself: AxeBuilder hands over
 * all that passed, too, and judges it in a second page, which takes ten times as long.
 */
final class Axe {

  private static final String RUN =
      """
      async ([within, rules]) => {
        const options = { resultTypes: ['violations'], ...(rules.length > 0 ? { runOnly: rules } : {}) };
        const { violations } = await axe.run(within, options);
        return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
      }
      """;

  private final Page page;

  /** Adds the rules to the document of the page. */
  Axe(Page page) {
    this.page = page;
    page.evaluate(AxeBuilder.getAxeScript());
  }

  /** What breaks a rule within the elements of a selector, of all rules or of those named. */
  @SuppressWarnings("unchecked")
  List<String> violations(String within, String... rules) {
    return (List<String>) page.evaluate(RUN, List.of(within, List.of(rules)));
  }
}
