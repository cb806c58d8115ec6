package io.burnish.api.request;

import io.burnish.access.caller.Caller;
import io.burnish.api.problem.Problem;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ResourceInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses a request that reached a resource although {@link RequestCheck} found no endpoint at its
 * address. Such a request was not admitted: no limit was applied, and the audit does not have it.
 * It happens when the framework reads an address otherwise than {@link Endpoints}.
 */
class AdmittedCheck {

  /** Before each other filter of ours, such as the one that takes the body. */
  private static final int FIRST = Priorities.USER - 2_000;

  /**
   * Looks for the caller that an admitted request has.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem (404) when it has none
   */
  @ServerRequestFilter(nonBlocking = true, priority = FIRST)
  public void check(RoutingContext request, ResourceInfo resource) {
    Class<?> type = resource.getResourceMethod().getDeclaringClass();
    if (Endpoints.RESOURCES.contains(type) && Caller.find(request).isEmpty()) {
      throw Problem.noResource();
    }
  }
}
