package io.burnish.suites;

import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The HTTP API, and who may use it. */
@Suite
@SelectPackages({"io.burnish.access", "io.burnish.api"})
class ApiSuite {}
