package io.burnish.suites;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** The worker end to end, with settings and a provider that only one class has. */
@Suite
@SelectClasses(
    names = {
      "io.burnish.worker.DefaultPlanTest",
      "io.burnish.worker.FixedPacingTest",
      "io.burnish.worker.NoQuotaTest",
      "io.burnish.worker.ClaimOrderTest",
      "io.burnish.worker.ProviderOdditiesTest",
      "io.burnish.worker.SlowProviderTest",
      "io.burnish.worker.TroubledModelsTest"
    })
class OddProviderSuite {}
