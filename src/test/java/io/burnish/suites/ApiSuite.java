package io.burnish.suites;

import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** What clients see, and what is read of what they send. */
@Suite
@SelectPackages({
  "io.burnish.access",
  "io.burnish.api",
  "io.burnish.callback",
  "io.burnish.client",
  "io.burnish.directory",
  "io.burnish.fuzz",
  "io.burnish.intake",
  "io.burnish.loops",
  "io.burnish.metrics",
  "io.burnish.observability",
  "io.burnish.record",
  "io.burnish.settings",
  "io.burnish.traces"
})
class ApiSuite {}
