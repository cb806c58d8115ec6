package io.burnish.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The overlays as {@code kubectl kustomize} renders them; skipped where kubectl is absent. */
class OverlaysTest {

  private static final Path KUBECTL = Path.of("/usr/bin/kubectl");

  @ParameterizedTest
  @ValueSource(strings = {"local", "production", "split"})
  void each_field_is_one_that_its_kind_has_and_each_variable_is_read(String overlay)
      throws Exception {
    for (Object manifest : rendered(overlay)) {
      if (manifest instanceof ConfigMap settings) {
        assertThat(Variables.readHereOrBelow()).containsAll(settings.getData().keySet());
      }
      if (manifest instanceof Deployment deployment) {
        Container container = container(deployment);
        if (container.getName().equals("burnish")) {
          assertThat(Variables.readHereOrBelow())
              .containsAll(container.getEnv().stream().map(EnvVar::getName).toList());
        }
        assertHardened(deployment, container);
      }
    }
  }

  /** What linters of manifests ask of each container. */
  private static void assertHardened(Deployment deployment, Container container) {
    var pod = deployment.getSpec().getTemplate().getSpec();
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
    assertThat(container.getResources().getLimits()).containsKey("memory");
    assertThat(container.getReadinessProbe()).isNotNull();
    assertThat(container.getImage()).contains(":").doesNotEndWith(":latest");
  }

  @Test
  void production_has_its_secrets_as_files_and_lets_only_the_monitoring_reach_the_metrics()
      throws Exception {
    List<Object> production = rendered("production");
    Container container = container(one(production, Deployment.class));

    assertThat(container.getEnvFrom()).allMatch(from -> from.getSecretRef() == null);
    assertThat(container.getEnv())
        .filteredOn(variable -> variable.getName().endsWith("_FILE"))
        .hasSize(4)
        .allSatisfy(file -> assertThat(file.getValue()).startsWith("/secrets/"));
    assertThat(one(production, Deployment.class).getSpec().getReplicas()).isNull();
    assertThat(one(production, NetworkPolicy.class).getSpec().getIngress())
        .filteredOn(
            rule ->
                rule.getPorts().stream()
                    .anyMatch(port -> "management".equals(port.getPort().getStrVal())))
        .singleElement()
        .satisfies(rule -> assertThat(rule.getFrom()).isNotEmpty());
  }

  @Test
  void split_sends_requests_to_the_api_only_and_only_workers_work() throws Exception {
    List<Object> split = rendered("split");
    Map<String, String> selected = one(split, Service.class).getSpec().getSelector();

    for (Deployment deployment : all(split, Deployment.class)) {
      Map<String, String> labels = deployment.getSpec().getTemplate().getMetadata().getLabels();
      boolean works =
          container(deployment).getEnv().stream()
              .noneMatch(
                  variable ->
                      variable.getName().equals("BURNISH_WORKER_ENABLED")
                          && variable.getValue().equals("false"));
      assertThat(labels.entrySet().containsAll(selected.entrySet())).isNotEqualTo(works);
    }
    assertThat(all(split, Deployment.class)).hasSize(2);
  }

  private static Container container(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
  }

  private static <T> T one(List<Object> manifests, Class<T> kind) {
    assertThat(all(manifests, kind)).hasSize(1);
    return all(manifests, kind).get(0);
  }

  private static <T> List<T> all(List<Object> manifests, Class<T> kind) {
    return manifests.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static List<Object> rendered(String overlay) throws IOException, InterruptedException {
    assumeThat(KUBECTL).exists();
    Path output = Files.createTempFile("burnish-overlay-", ".yaml");
    try {
      Process process =
          new ProcessBuilder(KUBECTL.toString(), "kustomize", "k8s/overlays/" + overlay)
              .redirectOutput(output.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      assertThat(process.waitFor()).isZero();
      Stream<String> documents = Arrays.stream(Files.readString(output).split("(?m)^---\n"));
      return documents.map(Manifests::parse).toList();
    } finally {
      Files.delete(output);
    }
  }
}
