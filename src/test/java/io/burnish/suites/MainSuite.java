package io.burnish.suites;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * What no other suite names: tests without the application, and with the application as it is
 * configured by default. Each suite has a process. It builds the application once for each profile
 * of its tests, before the first of them; hence the tests of a profile are in one suite.
 */
@Suite
@SelectPackages("io.burnish")
@ExcludePackages("io.burnish.page")
@ExcludeClassNamePatterns(
    ".*\\.("
        + "Access|ApiOnly|BoundStatement|BudgetReservation|Callback|ClaimBytes|ClaimLoop|"
        + "ClaimOrder|Completer|Control|Counters|DataDirectory|DefaultPlan|FailureGroups|"
        + "Filter|Forwarded|GroqClient|HttpSurface|InFlightItems|ItemQueue|ItemResource|"
        + "JobCosts|JobListResource|JobStore|KeyLimits|KeyLookup|KeyResource|LoggedText|MetricsDoc|NoQuota|"
        + "OddProvider|Oidc|PostResource|ProviderOddities|QuarantinedJobs|ReadOnlyDatabase|"
        + "RequestTags|Session|SlowClients|SlowProvider|StarvedHealth|StatusResource|Traces|"
        + "TrackingCounts|TroubledModels|UnsetDirectory|UsageRollup|Wait"
        + ")Test")
class MainSuite {}
