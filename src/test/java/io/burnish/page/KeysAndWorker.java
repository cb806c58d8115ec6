package io.burnish.page;

import io.burnish.fixtures.Authenticated;
import io.burnish.fixtures.TokenIssuer;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/**
 * The whole service with keys and sign-in, and a browser. One profile for all tests of the page.
 */
public class KeysAndWorker implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    return Authenticated.ACCESS;
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(Chromium.class), new TestResourceEntry(TokenIssuer.class));
  }
}
