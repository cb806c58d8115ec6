package io.burnish.suites;

import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The page, in a browser; skipped where there is none. */
@Suite(failIfNoTests = false)
@SelectPackages("io.burnish.page")
class PageSuite {}
