package io.burnish.suites;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * What is read of what clients send, what is written for them, and what operators see; but for what
 * {@link ApiSuite} has of it.
 */
@Suite
@SelectPackages({
  "io.burnish.callback",
  "io.burnish.client",
  "io.burnish.directory",
  "io.burnish.intake",
  "io.burnish.loops",
  "io.burnish.metrics",
  "io.burnish.observability",
  "io.burnish.record",
  "io.burnish.settings",
  "io.burnish.traces"
})
@ExcludeClassNamePatterns(
    ".*\\.(Callback|DataDirectory|ProviderHealth|Readiness|RequestTags|StarvedHealth|UnsetDirectory)Test")
class IntakeSuite {}
