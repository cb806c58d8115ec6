package io.burnish.suites;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The pages, and providers and models in trouble. */
@Suite
@SelectPackages("io.burnish.page")
@SelectClasses(
    names = {
      "io.burnish.models.OddProviderTest",
      "io.burnish.provider.GroqClientTest",
      "io.burnish.worker.ClaimOrderTest",
      "io.burnish.worker.DefaultPlanTest",
      "io.burnish.worker.NoQuotaTest",
      "io.burnish.worker.ProviderOdditiesTest",
      "io.burnish.worker.SlowProviderTest",
      "io.burnish.worker.TroubledModelsTest"
    })
class ProviderSuite {}
