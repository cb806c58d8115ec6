package io.burnish.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Alerts and dashboard of {@code k8s/components/monitoring}. What needs {@code promtool} or {@code
 * kubectl} is skipped where the tool is absent.
 */
class MonitoringTest {

  private static final Path COMPONENT = Path.of("k8s/components/monitoring");
  private static final Path ALERT_TESTS = Path.of("src/test/resources/alerts");

  private static final ObjectMapper YAML = new YAMLMapper();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|\\[[^]]*]");
  private static final Pattern METRIC =
      Pattern.compile("[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?!\\w|\\s*\\()");
  private static final Pattern DOCUMENTED = Pattern.compile("`([a-z][a-z0-9_]*?)(_?\\*)?`");
  private static final Pattern HEADING = Pattern.compile("(?m)^### (\\w+)$");

  @TempDir static Path directory;

  private static JsonNode rules;

  @BeforeAll
  static void write_the_rules() throws IOException {
    rules = YAML.readTree(COMPONENT.resolve("prometheusrule.yaml").toFile()).path("spec");
    YAML.writeValue(directory.resolve("rules.yml").toFile(), rules);
  }

  static List<String> alerts() throws IOException {
    JsonNode manifest = YAML.readTree(COMPONENT.resolve("prometheusrule.yaml").toFile());
    return manifest.path("spec").findValuesAsText("alert");
  }

  @Test
  void the_rules_can_be_read() {
    assertThat(Tool.run("promtool", "check", "rules", directory.resolve("rules.yml").toString()))
        .contains("SUCCESS: %d rules found".formatted(rules.findValues("alert").size()));
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void an_alert_fires_when_it_should_and_not_otherwise(String alert) throws IOException {
    String text = Files.readString(ALERT_TESTS.resolve(alert + ".yaml"));
    assertThat(text).contains("alertname: " + alert, "exp_labels", "exp_alerts: []");
    Path test = Files.writeString(directory.resolve(alert + ".yaml"), text);

    assertThat(Tool.run("promtool", "test", "rules", test.toString())).contains("SUCCESS");
  }

  @Test
  void each_test_is_of_an_alert() throws IOException {
    try (Stream<Path> tests = Files.list(ALERT_TESTS)) {
      assertThat(tests.map(test -> test.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              alerts().stream().map(alert -> alert + ".yaml").toList());
    }
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void the_runbook_has_a_paragraph_of_each_alert(String alert) throws IOException {
    String runbook = Files.readString(Path.of("docs/operations.md"));
    String after = runbook.substring(runbook.indexOf("### " + alert + "\n"));
    String paragraph = after.split("(?m)^##", 3)[1];

    assertThat(paragraph).contains("**Means.**", "**Look at**", "**Do.**");
    assertThat(rule(alert).at("/annotations/runbook").asText())
        .isEqualTo("docs/operations.md#" + alert.toLowerCase(Locale.ROOT));
  }

  @Test
  void the_runbook_has_no_paragraph_of_another_alert() throws IOException {
    assertThat(
            HEADING
                .matcher(Files.readString(Path.of("docs/operations.md")))
                .results()
                .map(heading -> heading.group(1))
                .filter(heading -> heading.startsWith("Burnish")))
        .containsExactlyElementsOf(alerts());
  }

  @Test
  void alerts_and_dashboard_name_only_documented_metrics() throws IOException {
    Set<String> named = new TreeSet<>();
    queries().forEach(query -> named.addAll(metrics(query)));
    rules.findValuesAsText("expr").forEach(expression -> named.addAll(metrics(expression)));

    assertThat(named).hasSizeGreaterThan(20).allMatch(documented()::contains);
  }

  @Test
  void an_unknown_metric_would_be_found() {
    assertThat(metrics("sum(rate(burnish_itms_total{state=\"failed_x\"}[5m])) by (model)"))
        .containsExactly("burnish_itms_total");
  }

  @Test
  void each_query_of_the_dashboard_can_be_read() throws IOException {
    ArrayNode recorded = JSON.createArrayNode();
    for (String query : queries()) {
      recorded
          .addObject()
          .put("record", "query:" + recorded.size())
          .put("expr", query.replace("$__rate_interval", "5m").replace("$namespace", ".*"));
    }
    ObjectNode file = JSON.createObjectNode();
    file.putArray("groups").addObject().put("name", "queries").set("rules", recorded);
    Path path = directory.resolve("queries.yml");
    YAML.writeValue(path.toFile(), file);

    assertThat(recorded.toString()).doesNotContain("$");
    assertThat(Tool.run("promtool", "check", "rules", path.toString()))
        .contains("SUCCESS: %d rules found".formatted(recorded.size()));
  }

  @Test
  void the_component_is_rendered_with_the_base() throws IOException {
    Path overlay = Files.createDirectories(Path.of("target/overlay-of-tests"));
    Files.writeString(
        overlay.resolve("kustomization.yaml"),
        """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
          - ../../k8s/base
        components:
          - ../../k8s/components/monitoring
        """);

    String rendered = Tool.run("kubectl", "kustomize", overlay.toString());

    assertThat(YAML.readerFor(JsonNode.class).<JsonNode>readValues(rendered).readAll())
        .extracting(manifest -> manifest.path("kind").asText())
        .contains("Deployment", "ServiceMonitor", "PrometheusRule", "ConfigMap");
    assertThat(rendered).contains("grafana_dashboard: \"1\"", "burnish.json:");
  }

  @Test
  void prometheus_scrapes_the_management_port_of_each_pod() throws IOException {
    JsonNode monitor = YAML.readTree(COMPONENT.resolve("servicemonitor.yaml").toFile());
    JsonNode service = YAML.readTree(COMPONENT.resolve("service.yaml").toFile());
    JsonNode port = service.at("/spec/ports/0");

    assertThat(monitor.at("/spec/endpoints/0/port")).isEqualTo(port.path("name"));
    assertThat(monitor.at("/spec/endpoints/0/path").asText()).isEqualTo("/q/metrics");
    assertThat(service.at("/metadata/labels"))
        .containsAll(monitor.at("/spec/selector/matchLabels"));
    assertThat(Manifests.text("deployment.yaml"))
        .contains(
            "- name: %s\n              containerPort: %d"
                .formatted(port.path("targetPort").asText(), port.path("port").asInt()));
  }

  private static JsonNode rule(String alert) {
    return StreamSupport.stream(rules.at("/groups/0/rules").spliterator(), false)
        .filter(rule -> rule.path("alert").asText().equals(alert))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> queries() throws IOException {
    return new ArrayList<>(
        JSON.readTree(COMPONENT.resolve("burnish.json").toFile())
            .path("panels")
            .findValuesAsText("expr"));
  }

  /** The metrics of an expression, without the suffixes of histograms. */
  private static Set<String> metrics(String expression) {
    return METRIC
        .matcher(QUOTED.matcher(expression).replaceAll(" "))
        .results()
        .map(found -> found.group().replaceFirst("_seconds_(bucket|count|sum)$", "_seconds"))
        .map(name -> name.replaceFirst("_records_(bucket|count|sum)$", "_records"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Names that docs/metrics.md has, and those that begin as it says of the framework. */
  private static Documented documented() throws IOException {
    Set<String> names = new TreeSet<>();
    Set<String> beginnings = new TreeSet<>();
    DOCUMENTED
        .matcher(Files.readString(Path.of("docs/metrics.md")))
        .results()
        .forEach(found -> (found.group(2) == null ? names : beginnings).add(found.group(1)));
    return new Documented(names, beginnings);
  }

  private record Documented(Set<String> names, Set<String> beginnings) {

    boolean contains(String metric) {
      return names.contains(metric)
          || beginnings.stream().anyMatch(beginning -> metric.startsWith(beginning + "_"));
    }
  }
}
