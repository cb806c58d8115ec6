package io.burnish.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Debian's chromium, driven by Playwright, which downloads nothing. Fields of its type are set. */
public class Chromium implements QuarkusTestResourceLifecycleManager {

  private static final Path EXECUTABLE = Path.of("/usr/bin/chromium");

  private @Nullable Playwright playwright;
  private @Nullable Browser browser;

  /** Whether the browser is there; without it the tests of the page are skipped. */
  public static boolean isPresent() {
    return Files.isExecutable(EXECUTABLE);
  }

  @Override
  public Map<String, String> start() {
    if (isPresent()) {
      playwright =
          Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
      browser =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(EXECUTABLE)
                      .setArgs(List.of("--no-sandbox")));
    }
    return Map.of();
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(browser, new TestInjector.MatchesType(Browser.class));
  }

  @Override
  public void stop() {
    if (playwright != null) {
      playwright.close();
    }
  }
}
