package io.burnish.api;

import io.burnish.api.Endpoints.Parameter;
import io.burnish.api.Problem.Violation;
import io.burnish.record.Excerpt;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what a query says beyond the parameters of the method that it is for: a name that is
 * misspelt, an empty value (from a script whose variable is not set), a value too many. So nothing
 * is done to more than was meant.
 */
class QueryCheck {

  /** Violations that are told, of any number. */
  private static final int MOST = 100;

  /** Before a body is taken to disk. */
  private static final int FIRST = Priorities.USER - 1_000;

  /** Who asks what a job would cost must not pay for it, however the word is spelt. */
  private static final Pattern DRY_RUN = Pattern.compile("dry[-_]?run", Pattern.CASE_INSENSITIVE);

  /**
   * Holds a query against the method's parameters.
   *
   * @throws InvalidQueryException when they do not agree; nothing was done
   */
  @ServerRequestFilter(nonBlocking = true, priority = FIRST)
  public void check(ContainerRequestContext request, ResourceInfo resource) {
    Map<String, List<String>> query = request.getUriInfo().getQueryParameters();
    if (!query.isEmpty()) {
      Method method = resource.getResourceMethod();
      List<Violation> violations =
          violations(query, Parameter.of(method), method.isAnnotationPresent(QueryNames.class));
      if (!violations.isEmpty()) {
        throw new InvalidQueryException(violations);
      }
    }
  }

  /**
   * What is wrong with a query.
   *
   * @param lenient whether names that are not known are left to the method, which names them among
   *     its other mistakes
   */
  static List<Violation> violations(
      Map<String, List<String>> query, Map<String, Parameter> parameters, boolean lenient) {
    List<Violation> violations = new ArrayList<>();
    for (var given : query.entrySet()) {
      if (lenient && !parameters.containsKey(given.getKey()) && !isDryRun(given.getKey())) {
        continue;
      }
      String wrong = wrong(parameters, given.getKey(), given.getValue());
      if (wrong != null) {
        violations.add(new Violation(Excerpt.of(given.getKey()), wrong));
      }
      if (violations.size() == MOST) {
        break;
      }
    }
    return violations;
  }

  private static @Nullable String wrong(
      Map<String, Parameter> parameters, String name, List<String> values) {
    Parameter parameter = parameters.get(name);
    if (parameter == null && isDryRun(name)) {
      return "there are no dry runs yet; nothing was stored, and no model is asked. Post without this parameter to have it done";
    }
    if (parameter == null) {
      return parameters.isEmpty()
          ? "there is no such parameter; none is known here"
          : "there is no such parameter; known are " + String.join(", ", parameters.keySet());
    }
    if (values.size() > 1 && !parameter.repeatable()) {
      return "may be given once";
    }
    if (values.stream().anyMatch(String::isBlank)) {
      return "is empty; leave the parameter out, or give it a value";
    }
    if (values.stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
      return "has the character U+0000, which nothing that is kept has";
    }
    return null;
  }

  private static boolean isDryRun(String name) {
    return DRY_RUN.matcher(name).matches();
  }
}
