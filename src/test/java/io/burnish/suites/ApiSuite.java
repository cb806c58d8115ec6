package io.burnish.suites;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** The API and the queries, with profiles in which no worker runs, or callers have keys. */
@Suite
@SelectClasses(
    names = {
      "io.burnish.access.key.KeyLookupTest",
      "io.burnish.api.access.KeyResourceTest",
      "io.burnish.api.access.SessionTest",
      "io.burnish.api.body.SlowClientsTest",
      "io.burnish.api.events.WaitTest",
      "io.burnish.api.items.FailureGroupsTest",
      "io.burnish.api.items.ItemResourceTest",
      "io.burnish.api.job.ControlTest",
      "io.burnish.api.job.JobListResourceTest",
      "io.burnish.api.mapping.ReadOnlyDatabaseTest",
      "io.burnish.api.post.FilterTest",
      "io.burnish.api.post.PostResourceTest",
      "io.burnish.api.request.AccessTest",
      "io.burnish.api.request.ForwardedTest",
      "io.burnish.api.request.HttpSurfaceTest",
      "io.burnish.api.request.KeyLimitsTest",
      "io.burnish.api.request.OidcTest",
      "io.burnish.api.status.StatusResourceTest",
      "io.burnish.api.view.ApiOnlyTest",
      "io.burnish.api.view.JobCostsTest",
      "io.burnish.callback.CallbackTest",
      "io.burnish.completion.CompleterTest",
      "io.burnish.database.BoundStatementTest",
      "io.burnish.dedup.QuarantinedJobsTest",
      "io.burnish.directory.DataDirectoryTest",
      "io.burnish.directory.UnsetDirectoryTest",
      "io.burnish.dispatch.call.InFlightItemsTest",
      "io.burnish.job.BudgetReservationTest",
      "io.burnish.job.post.JobStoreTest",
      "io.burnish.ledger.UsageRollupTest",
      "io.burnish.observability.LoggedTextTest",
      "io.burnish.observability.MetricsDocTest",
      "io.burnish.observability.TracesTest",
      "io.burnish.observability.RequestTagsTest",
      "io.burnish.observability.health.StarvedHealthTest",
      "io.burnish.queue.ClaimBytesTest",
      "io.burnish.queue.CountersTest",
      "io.burnish.queue.ItemQueueTest",
      "io.burnish.tracking.TrackingCountsTest",
      "io.burnish.worker.ClaimLoopTest"
    })
class ApiSuite {}
