package io.burnish.api.request;

import io.burnish.access.caller.Role;
import io.burnish.api.input.CommandBody;
import io.burnish.api.request.Endpoints.Parameter;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One method of a resource, as its annotations declare it.
 *
 * @param path template, with a leading slash
 * @param method of HTTP
 * @param produces media types of the responses, JSON first; empty when they have none
 * @param consumes media types of the body; empty when any is accepted
 * @param takesBody whether a body is read
 * @param optionalBody whether a request may have no body, and then any Content-Type
 * @param role that a caller must have
 * @param parameters of the query, by name
 * @param pattern matches the path of a request
 */
record Endpoint(
    String path,
    String method,
    List<String> produces,
    List<String> consumes,
    boolean takesBody,
    boolean optionalBody,
    Role role,
    Map<String, Parameter> parameters,
    Pattern pattern) {

  /** A variable of a template, and the expression that it must match, if it names one. */
  private static final Pattern VARIABLE = Pattern.compile("\\{\\w+(?::([^}]+))?}");

  static Optional<Endpoint> of(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
        .filter(verb -> verb != null)
        .findFirst()
        .map(verb -> of(method, verb.value()));
  }

  private static Endpoint of(Method method, String verb) {
    String path = path(method.getDeclaringClass()) + path(method);
    return new Endpoint(
        path,
        verb,
        types(method, Produces.class, Produces::value).stream()
            .sorted((one, other) -> Boolean.compare(other.endsWith("/json"), one.endsWith("/json")))
            .toList(),
        types(method, Consumes.class, Consumes::value).stream()
            .filter(type -> !type.equals("*/*"))
            .toList(),
        method.isAnnotationPresent(Consumes.class),
        method.isAnnotationPresent(CommandBody.Command.class),
        role(method),
        Parameter.of(method),
        pattern(path));
  }

  /** The role that {@code @RolesAllowed} names; without one, a method is for administrators. */
  private static Role role(Method method) {
    return types(method, RolesAllowed.class, RolesAllowed::value).stream()
        .flatMap(word -> Role.of(word).stream())
        .findFirst()
        .orElse(Role.ADMIN);
  }

  /** The operation in the audit and in docs/security.md, such as {@code GET /jobs/{id}}. */
  String operation() {
    return method + " " + VARIABLE.matcher(path).replaceAll(variable -> name(variable.group()));
  }

  private static String name(String variable) {
    return Matcher.quoteReplacement(variable.replaceFirst(":.*", "}"));
  }

  private static String path(AnnotatedElement element) {
    Path path = element.getAnnotation(Path.class);
    return path == null ? "" : "/" + path.value().replaceAll("^/|/$", "");
  }

  private static <A extends java.lang.annotation.Annotation> List<String> types(
      Method method, Class<A> annotation, Function<A, String[]> value) {
    @Nullable A of = method.getAnnotation(annotation);
    @Nullable A ofAll = method.getDeclaringClass().getAnnotation(annotation);
    A nearest = of == null ? ofAll : of;
    return nearest == null ? List.of() : List.of(value.apply(nearest));
  }

  private static Pattern pattern(String template) {
    StringBuilder expression = new StringBuilder();
    int from = 0;
    var variable = VARIABLE.matcher(template);
    while (variable.find()) {
      expression.append(Pattern.quote(template.substring(from, variable.start())));
      expression
          .append('(')
          .append(Optional.ofNullable(variable.group(1)).orElse("[^/]+"))
          .append(')');
      from = variable.end();
    }
    return Pattern.compile(expression.append(Pattern.quote(template.substring(from))) + "/?");
  }

  /** Characters of the path outside of variables: of several endpoints that match, the most win. */
  int literals() {
    return VARIABLE.matcher(path).replaceAll("").length();
  }
}
