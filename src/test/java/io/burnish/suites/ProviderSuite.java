package io.burnish.suites;

import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Calls of models: what is asked, what comes back, and the quotas. */
@Suite
@SelectPackages({
  "io.burnish.amount",
  "io.burnish.enhancement",
  "io.burnish.models",
  "io.burnish.prices",
  "io.burnish.profile",
  "io.burnish.provider",
  "io.burnish.quota",
  "io.burnish.simulator"
})
class ProviderSuite {}
