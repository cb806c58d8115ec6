package io.burnish.suites;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * The HTTP API, and who may use it; and of other rooms, what runs with the same settings, because
 * each set of settings costs a start.
 */
@Suite
@SelectPackages({"io.burnish.access", "io.burnish.api", "io.burnish.fuzz"})
@SelectClasses(
    names = {
      "io.burnish.callback.CallbackTest",
      "io.burnish.directory.DataDirectoryTest",
      "io.burnish.directory.UnsetDirectoryTest",
      "io.burnish.observability.health.ProviderHealthTest",
      "io.burnish.observability.health.ReadinessTest",
      "io.burnish.observability.RequestTagsTest",
      "io.burnish.observability.health.StarvedHealthTest"
    })
class ApiSuite {}
