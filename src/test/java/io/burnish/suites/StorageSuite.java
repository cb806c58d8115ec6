package io.burnish.suites;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** What is kept in the database; and what holds for the sources as a whole. */
@Suite
@SelectPackages({
  "io.burnish.cluster",
  "io.burnish.deploy",
  "io.burnish.database",
  "io.burnish.job",
  "io.burnish.ledger",
  "io.burnish.local",
  "io.burnish.queue",
  "io.burnish.suites",
  "io.burnish.tracking"
})
@SelectClasses(
    names = {
      "io.burnish.ArchitectureDocTest",
      "io.burnish.ArchitectureTest",
      "io.burnish.BenchesTest",
      "io.burnish.GlossaryDocTest",
      "io.burnish.LogsDocTest",
      "io.burnish.TrustedProxiesTest"
    })
class StorageSuite {}
