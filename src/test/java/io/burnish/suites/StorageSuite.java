package io.burnish.suites;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * What is kept in the database; and what holds for the sources as a whole. Tests of the worker
 * without a worker share its start.
 */
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
      "io.burnish.TrustedProxiesTest",
      "io.burnish.completion.CompleterTest",
      "io.burnish.dedup.QuarantinedJobsTest",
      "io.burnish.dispatch.InFlightItemsTest",
      "io.burnish.worker.ClaimLoopTest"
    })
class StorageSuite {}
