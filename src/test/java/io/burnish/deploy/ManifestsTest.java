package io.burnish.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.burnish.deploy.Manifests.Kustomization;
import io.burnish.provider.wire.ProviderKind;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the cluster is told fits what the application does. */
class ManifestsTest {

  private static final String KUSTOMIZATION = "kustomization.yaml";
  private static final String EXAMPLE = "secret.example.yaml";

  private final Deployment deployment = Manifests.read("deployment.yaml", Deployment.class);
  private final Service service = Manifests.read("service.yaml", Service.class);
  private final ConfigMap configMap = Manifests.read("configmap.yaml", ConfigMap.class);
  private final Secret secret = Manifests.read(EXAMPLE, Secret.class);
  private final PodSpec pod = deployment.getSpec().getTemplate().getSpec();
  private final Container container = pod.getContainers().get(0);

  static List<String> manifests() {
    return Manifests.files();
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void each_field_is_one_that_its_kind_has(String file) {
    Object manifest = Manifests.parse(Manifests.text(file));

    assertThat(manifest).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "deployment.yaml,     readinessProbe:,     readynessProbe:",
    "deployment.yaml,     runAsNonRoot:,       runAsNonroot:",
    "deployment.yaml,     replicas:,           replica:",
    "deployment.yaml,     configMapRef:,       configMapref:",
    "service.yaml,        targetPort:,         targetport:",
    "configmap.yaml,      data:,               date:",
    "secret.example.yaml, stringData:,         stringdata:",
    "kustomization.yaml,  resources:,          resource:",
    "poddisruptionbudget.yaml, maxUnavailable:, maxUnvailable:",
  })
  void a_misspelt_field_is_refused(String file, String field, String misspelt) {
    String manifest = Manifests.text(file);

    String spoilt = manifest.replace(field, misspelt);

    assertThatThrownBy(() -> Manifests.parse(spoilt))
        .hasCauseInstanceOf(UnrecognizedPropertyException.class)
        .hasMessageContaining(misspelt.replace(":", ""));
  }

  @Test
  void a_field_that_is_there_twice_is_refused() {
    String manifest = Manifests.text("service.yaml");

    String spoilt = manifest + "kind: Service\n";

    assertThatThrownBy(() -> Manifests.parse(spoilt)).hasMessageContaining("Duplicate");
  }

  @Test
  void the_base_is_all_there_is_but_the_example_of_a_secret() {
    Kustomization base = Manifests.read(KUSTOMIZATION, Kustomization.class);

    List<String> others =
        Manifests.files().stream()
            .filter(file -> !file.equals(KUSTOMIZATION) && !file.equals(EXAMPLE))
            .toList();

    assertThat(base.resources()).containsExactlyInAnyOrderElementsOf(others);
  }

  @Test
  void each_variable_is_one_that_the_application_reads() {
    List<String> named = container.getEnv().stream().map(EnvVar::getName).toList();

    assertThat(Variables.read())
        .containsAll(named)
        .containsAll(configMap.getData().keySet())
        .containsAll(secret.getStringData().keySet());
  }

  @Test
  void a_variable_that_nothing_reads_would_be_found() {
    assertThat(Variables.read())
        .contains("GROQ_API_KEY", "BURNISH_WORKER_DRAIN", "QUARKUS_HTTP_PORT", "HOSTNAME")
        .doesNotContain("BURNISH_CONCURENCY", "QUARKUS_DATASOURCE_URL")
        .as("fixed when the application is built")
        .doesNotContain("QUARKUS_DATASOURCE_DB_KIND");
  }

  @Test
  void each_variable_that_the_document_names_is_one_that_the_application_reads()
      throws IOException {
    String document = Files.readString(Path.of("docs/cluster.md"));

    assertThat(Variables.namedIn(document)).contains("QUARKUS_DATASOURCE_JDBC_URL");
    assertThat(Variables.readHereOrBelow()).containsAll(Variables.namedIn(document));
  }

  @Test
  void no_pod_forgets_what_was_processed_each_time_it_starts() {
    assertThat(configMap.getData()).doesNotContainKey("RESET_GROQ_TRACKING");
  }

  @Test
  void the_values_of_the_base_are_ones_that_the_application_takes() {
    Map<String, String> values = configMap.getData();

    assertThat(Arrays.stream(ProviderKind.values()).map(ProviderKind::word))
        .contains(values.get("BURNISH_PROVIDER"));
    assertThat(Integer.parseInt(values.get("BURNISH_CONCURRENCY"))).isPositive();
    assertThat(values.get("LOG_LEVEL")).isIn("DEBUG", "INFO", "WARNING", "ERROR");
    assertThat(values.get("QUARKUS_DATASOURCE_JDBC_URL")).startsWith("jdbc:postgresql://");
  }

  @Test
  void the_container_finds_its_variables() {
    assertThat(container.getEnvFrom())
        .anySatisfy(
            from ->
                assertThat(from.getConfigMapRef())
                    .isNotNull()
                    .returns(configMap.getMetadata().getName(), ref -> ref.getName()))
        .anySatisfy(
            from ->
                assertThat(from.getSecretRef())
                    .isNotNull()
                    .returns(secret.getMetadata().getName(), ref -> ref.getName()));
  }

  @Test
  void each_probe_calls_its_endpoint() {
    String port = container.getPorts().get(0).getName();

    assertProbe(container.getStartupProbe(), "/q/health/started", port);
    assertProbe(container.getLivenessProbe(), "/q/health/live", port);
    assertProbe(container.getReadinessProbe(), "/q/health/ready", port);
  }

  @Test
  void the_volume_for_bodies_takes_two_of_the_largest() {
    Quantity room =
        pod.getVolumes().stream()
            .filter(volume -> volume.getName().equals("tmp"))
            .map(volume -> volume.getEmptyDir().getSizeLimit())
            .findFirst()
            .orElseThrow();
    MemorySize body =
        new MemorySizeConverter()
            .convert(Variables.properties().getProperty("burnish.intake.max-body"));

    assertThat(Quantity.getAmountInBytes(room))
        .isGreaterThanOrEqualTo(new BigDecimal(body.asBigInteger().multiply(BigInteger.TWO)));
  }

  private static void assertProbe(Probe probe, String path, String port) {
    assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
    assertThat(probe.getHttpGet().getPort()).isEqualTo(new IntOrString(port));
  }

  @Test
  void requests_arrive_where_the_application_listens() {
    IntOrString target = service.getSpec().getPorts().get(0).getTargetPort();

    assertThat(target).isEqualTo(new IntOrString(container.getPorts().get(0).getName()));
    assertThat(container.getPorts().get(0).getContainerPort()).isEqualTo(8080);
    assertThat(Variables.properties()).doesNotContainKey("quarkus.http.port");
  }

  @Test
  void all_who_look_for_pods_find_these() {
    Map<String, String> labels = deployment.getSpec().getTemplate().getMetadata().getLabels();
    PodDisruptionBudget budget =
        Manifests.read("poddisruptionbudget.yaml", PodDisruptionBudget.class);

    assertThat(deployment.getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
    assertThat(service.getSpec().getSelector()).isEqualTo(labels);
    assertThat(budget.getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
    assertThat(pod.getTopologySpreadConstraints().get(0).getLabelSelector().getMatchLabels())
        .isEqualTo(labels);
  }

  @Test
  void a_pod_is_not_killed_while_it_still_drains() {
    List<String> preStop = container.getLifecycle().getPreStop().getExec().getCommand();

    Duration needed =
        Duration.ofSeconds(Long.parseLong(preStop.get(1)))
            .plus(setting("quarkus.shutdown.timeout"))
            .plus(setting("burnish.worker.drain"));

    assertThat(preStop.get(0)).isEqualTo("sleep");
    assertThat(Duration.ofSeconds(pod.getTerminationGracePeriodSeconds())).isGreaterThan(needed);
  }

  private static Duration setting(String name) {
    return DurationConverter.parseDuration(Variables.properties().getProperty(name));
  }

  @Test
  void the_worker_is_named_after_its_pod() {
    EnvVar hostname =
        container.getEnv().stream()
            .filter(variable -> variable.getName().equals("HOSTNAME"))
            .findFirst()
            .orElseThrow();

    assertThat(Variables.properties().getProperty("burnish.worker.node"))
        .contains(hostname.getName());
    assertThat(hostname.getValueFrom().getFieldRef().getFieldPath()).isEqualTo("metadata.name");
  }

  @Test
  void the_container_may_do_as_little_as_it_needs() {
    SecurityContext rights = container.getSecurityContext();

    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(rights.getAllowPrivilegeEscalation()).isFalse();
    assertThat(rights.getReadOnlyRootFilesystem()).isTrue();
    assertThat(rights.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(rights.getCapabilities().getAdd()).isEmpty();
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
  }

  @Test
  void only_the_temporary_directory_can_be_written_and_not_without_end() {
    VolumeMount mount = container.getVolumeMounts().get(0);
    Volume volume = pod.getVolumes().get(0);

    assertThat(mount.getMountPath()).isEqualTo("/tmp");
    assertThat(mount.getName()).isEqualTo(volume.getName());
    assertThat(bytes(volume.getEmptyDir().getSizeLimit())).isPositive();
  }

  @Test
  void no_limit_is_below_its_request() {
    Map<String, Quantity> requests = container.getResources().getRequests();
    Map<String, Quantity> limits = container.getResources().getLimits();

    assertThat(requests).containsOnlyKeys("cpu", "memory");
    assertThat(limits).containsOnlyKeys("cpu", "memory");
    assertThat(bytes(limits.get("memory"))).isGreaterThanOrEqualTo(bytes(requests.get("memory")));
    assertThat(limits.get("cpu").getNumericalAmount())
        .isGreaterThanOrEqualTo(requests.get("cpu").getNumericalAmount());
  }

  private static long bytes(Quantity quantity) {
    return Quantity.getAmountInBytes(quantity).longValueExact();
  }

  @Test
  void an_update_takes_no_replica_away_before_its_successor_is_ready() {
    assertThat(deployment.getSpec().getReplicas()).isGreaterThan(1);
    assertThat(deployment.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable())
        .isEqualTo(new IntOrString(0));
  }

  @Test
  void user_image_and_version_are_those_of_the_dockerfile_and_the_build() {
    Dockerfile dockerfile = Dockerfile.read();

    assertThat(dockerfile.last("USER"))
        .isEqualTo(
            "%d:%d"
                .formatted(
                    pod.getSecurityContext().getRunAsUser(),
                    pod.getSecurityContext().getRunAsGroup()));
    assertThat(dockerfile.last("EXPOSE").split(" "))
        .containsExactly(
            container.getPorts().stream()
                .map(port -> port.getContainerPort().toString())
                .toArray(String[]::new));
    assertThat(container.getImage()).isEqualTo("burnish:" + version());
  }

  private static String version() {
    try {
      String pom = Files.readString(Path.of("pom.xml"));
      return pom.replaceFirst(
          "(?s).*?<artifactId>burnish</artifactId>\\s*<version>([^<]+)</version>.*", "$1");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
