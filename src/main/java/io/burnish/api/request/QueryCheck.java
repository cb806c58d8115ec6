package io.burnish.api.request;

import io.burnish.api.input.QueryNames;
import io.burnish.api.input.QueryValues;
import io.burnish.api.problem.InvalidQueryException;
import io.burnish.api.problem.Problem.Violation;
import io.burnish.api.request.Endpoints.Parameter;
import io.burnish.record.Excerpt;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a query with an unknown parameter, an empty value (such as of an unset shell variable) or
 * a second value, so that a request never affects more than intended.
 */
class QueryCheck {

  /** Violations in a problem; further ones are not listed. */
  private static final int MAX_VIOLATIONS = 100;

  /** Before a body is spooled to disk. */
  private static final int FIRST = Priorities.USER - 1_000;

  /**
   * A dry run is named first, the others by name. The entries of the map have no stable order: it
   * differs from process to process.
   */
  private static final Comparator<String> ORDER =
      Comparator.comparing((String name) -> !isDryRun(name)).thenComparing(Function.identity());

  /** A dry run must not be run and paid for because its name is misspelt. */
  private static final Pattern DRY_RUN = Pattern.compile("dry[-_]?run", Pattern.CASE_INSENSITIVE);

  /**
   * Compares a query with the parameters of the method.
   *
   * @throws InvalidQueryException when the query is wrong; nothing was done
   */
  @ServerRequestFilter(nonBlocking = true, priority = FIRST)
  public void check(ContainerRequestContext request, ResourceInfo resource) {
    Map<String, List<String>> query = request.getUriInfo().getQueryParameters();
    Method method = resource.getResourceMethod();
    // The modules of a page read its query, and ask the API.
    if (!query.isEmpty() && Endpoints.RESOURCES.contains(method.getDeclaringClass())) {
      List<Violation> violations =
          violations(query, Parameter.of(method), method.isAnnotationPresent(QueryNames.class));
      if (!violations.isEmpty()) {
        throw new InvalidQueryException(violations);
      }
    }
  }

  /**
   * The violations in a query, a dry run first, the others by name.
   *
   * @param lenient whether the method itself reports unknown names, with its other violations
   */
  static List<Violation> violations(
      Map<String, List<String>> query, Map<String, Parameter> parameters, boolean lenient) {
    List<Violation> violations = new ArrayList<>();
    for (String name : query.keySet().stream().sorted(ORDER).toList()) {
      if (lenient && !parameters.containsKey(name) && !isDryRun(name)) {
        continue;
      }
      String wrong = wrong(parameters, name, query.get(name));
      if (wrong != null) {
        violations.add(new Violation(Excerpt.of(name), wrong));
      }
      if (violations.size() == MAX_VIOLATIONS) {
        break;
      }
    }
    return violations;
  }

  private static @Nullable String wrong(
      Map<String, Parameter> parameters, String name, List<String> values) {
    Parameter parameter = parameters.get(name);
    if (parameter == null && isDryRun(name)) {
      return parameters.containsKey(QueryValues.DRY_RUN)
          ? "is not a parameter of this address; a dry run is dryRun=true. Nothing was stored, and no model was called"
          : "is not a parameter of this address; a dry run is POST /jobs?dryRun=true. Nothing was done";
    }
    if (parameter == null) {
      return parameters.isEmpty()
          ? "is not a parameter of this address, which takes none"
          : "is not a parameter of this address; known are "
              + String.join(", ", parameters.keySet());
    }
    if (values.size() > 1 && !parameter.repeatable()) {
      return "may be given once";
    }
    if (values.stream().anyMatch(String::isBlank)) {
      return "is empty; leave the parameter out, or give it a value";
    }
    if (values.stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
      return "has the character U+0000, which is never stored";
    }
    return null;
  }

  private static boolean isDryRun(String name) {
    return DRY_RUN.matcher(name).matches();
  }
}
