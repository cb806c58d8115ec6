package io.burnish.deploy;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The manifests in {@code k8s/base}, read into the Kubernetes client's models. Stricter than the
 * client, which keeps a field that it does not know: here such a field is an error.
 */
final class Manifests {

  private static final Path DIRECTORY = Path.of("k8s/base");

  private static final Map<String, Class<?>> KINDS =
      Map.ofEntries(
          Map.entry("ConfigMap", ConfigMap.class),
          Map.entry("Deployment", Deployment.class),
          Map.entry("HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
          Map.entry("Ingress", Ingress.class),
          Map.entry("Kustomization", Kustomization.class),
          Map.entry("Namespace", Namespace.class),
          Map.entry("NetworkPolicy", NetworkPolicy.class),
          Map.entry("PodDisruptionBudget", PodDisruptionBudget.class),
          Map.entry("Secret", Secret.class),
          Map.entry("Service", Service.class),
          Map.entry("ServiceAccount", ServiceAccount.class));

  private static final ObjectMapper STRICT =
      YAMLMapper.builder()
          .annotationIntrospector(new NoPlaceForTheUnknown())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_IGNORED_PROPERTIES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private Manifests() {}

  /** What the base is made of; the fields that ours has, so that a misspelt one is found. */
  record Kustomization(String apiVersion, String kind, List<String> resources) {}

  /** Names of all files in the directory, those of components left out. */
  static List<String> files() {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a file. */
  static String text(String file) {
    try {
      return Files.readString(DIRECTORY.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file as what it must be. */
  static <T> T read(String file, Class<T> type) {
    return type.cast(parse(text(file)));
  }

  /**
   * A manifest as the model of its kind.
   *
   * @throws UncheckedIOException when it has a field that its kind does not have, or one twice
   */
  static Object parse(String yaml) {
    try {
      String kind = STRICT.readTree(yaml).path("kind").asText();
      Class<?> type = KINDS.get(kind);
      if (type == null) {
        throw new IllegalArgumentException("no model is known for kind '%s'".formatted(kind));
      }
      List<Object> documents = STRICT.readerFor(type).readValues(yaml).readAll();
      if (documents.size() != 1) {
        throw new IllegalArgumentException(
            "a file must hold one manifest, this one holds " + documents.size());
      }
      return documents.get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The client's models put a field that they don't know into a map; without it, it is unknown. */
  private static final class NoPlaceForTheUnknown extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return Boolean.FALSE;
    }
  }
}
