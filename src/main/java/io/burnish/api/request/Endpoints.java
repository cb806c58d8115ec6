package io.burnish.api.request;

import io.burnish.api.access.AuditResource;
import io.burnish.api.access.CallbackSecretResource;
import io.burnish.api.access.KeyResource;
import io.burnish.api.access.SessionResource;
import io.burnish.api.events.EventResource;
import io.burnish.api.events.JobEventResource;
import io.burnish.api.input.QueryNames;
import io.burnish.api.items.FailureResource;
import io.burnish.api.items.ItemResource;
import io.burnish.api.job.ControlResource;
import io.burnish.api.job.JobListResource;
import io.burnish.api.job.JobResource;
import io.burnish.api.post.PostResource;
import io.burnish.api.status.JobHistoryResource;
import io.burnish.api.status.ModelsResource;
import io.burnish.api.status.ProfileResource;
import io.burnish.api.status.StatusResource;
import io.burnish.api.tracking.TrackingResource;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;

/** All endpoints of the API, read from the annotations of the resources. */
final class Endpoints {

  /** All resources; a test compares the list with the package. */
  static final List<Class<?>> RESOURCES =
      List.of(
          PostResource.class,
          JobListResource.class,
          JobResource.class,
          ControlResource.class,
          JobEventResource.class,
          EventResource.class,
          FailureResource.class,
          ItemResource.class,
          JobHistoryResource.class,
          ProfileResource.class,
          StatusResource.class,
          ModelsResource.class,
          TrackingResource.class,
          CallbackSecretResource.class,
          KeyResource.class,
          SessionResource.class,
          AuditResource.class);

  static final List<Endpoint> ALL =
      RESOURCES.stream()
          .flatMap(resource -> Arrays.stream(resource.getDeclaredMethods()))
          .flatMap(method -> Endpoint.of(method).stream())
          .toList();

  private Endpoints() {}

  /**
   * A parameter of a query.
   *
   * @param name case-sensitive
   * @param repeatable whether it may be given several times
   */
  record Parameter(String name, boolean repeatable) {

    static Map<String, Parameter> of(Method method) {
      Stream<Parameter> bound =
          Arrays.stream(method.getParameters())
              .filter(parameter -> parameter.isAnnotationPresent(RestQuery.class))
              .map(
                  parameter ->
                      new Parameter(parameter.getName(), List.class == parameter.getType()));
      QueryNames names = method.getAnnotation(QueryNames.class);
      Stream<Parameter> read =
          names == null
              ? Stream.of()
              : Stream.concat(
                  Arrays.stream(names.value()).map(name -> new Parameter(name, false)),
                  Arrays.stream(names.repeatable()).map(name -> new Parameter(name, true)));
      Map<String, Parameter> parameters = new LinkedHashMap<>();
      Stream.concat(bound, read).forEach(parameter -> parameters.put(parameter.name(), parameter));
      return parameters;
    }
  }

  /** The endpoints at an address; none when no resource has the address. */
  static List<Endpoint> at(String path) {
    List<Endpoint> matching =
        ALL.stream().filter(endpoint -> endpoint.pattern().matcher(path).matches()).toList();
    int literals = matching.stream().mapToInt(Endpoint::literals).max().orElse(0);
    return matching.stream().filter(endpoint -> endpoint.literals() == literals).toList();
  }

  /** Value of the header Allow for these methods. */
  static String allow(List<Endpoint> endpoints) {
    TreeSet<String> methods =
        endpoints.stream().map(Endpoint::method).collect(Collectors.toCollection(TreeSet::new));
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    methods.add("OPTIONS");
    return String.join(", ", methods);
  }
}
