package io.burnish.suites;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The worker, but for what {@link OddProviderSuite} and {@link StorageSuite} have of it. */
@Suite
@SelectPackages({
  "io.burnish.attempt",
  "io.burnish.budget",
  "io.burnish.completion",
  "io.burnish.dedup",
  "io.burnish.dispatch",
  "io.burnish.estimate",
  "io.burnish.retention",
  "io.burnish.worker"
})
@ExcludeClassNamePatterns(
    ".*\\.(ClaimLoop|ClaimOrder|Completer|DefaultPlan|FixedPacing|InFlightItems|NoQuota|ProviderOddities|QuarantinedJobs|SlowProvider|TroubledModels)Test")
class WorkerSuite {}
