package io.burnish.api;

import io.quarkiverse.resteasy.problem.HttpProblem;
import org.jboss.logging.Logger;

/** One line for each request that was refused; the filter of log lines makes it safe. */
final class RefusalLog {

  private static final Logger LOG = Logger.getLogger(RefusalLog.class);

  private RefusalLog() {}

  static void refused(HttpProblem problem) {
    LOG.debugf("A request was refused with %d: %s", problem.getStatusCode(), problem.getDetail());
  }
}
