package io.burnish.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.burnish.fixtures.FreePort;
import io.burnish.record.RecordJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Prometheus that scrapes replicas every five seconds and judges the alerts of the manifests, as
 * in a cluster: each replica is a pod of one namespace.
 */
final class Prometheus implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/bin/prometheus");
  private static final Path RULES = Path.of("k8s/components/monitoring/prometheusrule.yaml");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final Path directory;
  private final Map<String, Replica> pods = new TreeMap<>();
  private final String url;
  private final Process process;

  private Prometheus(Path directory, int port) throws IOException {
    this.directory = directory;
    this.url = "http://127.0.0.1:" + port;
    YAML.writeValue(
        directory.resolve("rules.yml").toFile(), YAML.readTree(RULES.toFile()).path("spec"));
    Files.writeString(
        directory.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 5s, scrape_timeout: 4s, evaluation_interval: 5s}
        rule_files: [rules.yml]
        scrape_configs:
          - job_name: burnish
            metrics_path: /q/metrics
            file_sd_configs: [{files: [pods.json], refresh_interval: 1s}]
        """);
    writePods();
    process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "--config.file=" + directory.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("prometheus.log").toFile())
            .start();
  }

  /** Starts one that keeps everything in that directory; the test is skipped where it is absent. */
  static Prometheus start(Path directory) throws IOException {
    assumeTrue(Files.isExecutable(PROGRAM), PROGRAM + " is installed");
    Prometheus prometheus = new Prometheus(directory, FreePort.find());
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> Http.get(prometheus.url + "/-/ready").status() == 200);
    return prometheus;
  }

  /** From now on it scrapes this replica too. */
  void add(String pod, Replica replica) {
    pods.put(pod, replica);
    writePods();
  }

  /** As when a pod is deleted. */
  void remove(String pod) {
    pods.remove(pod);
    writePods();
  }

  private void writePods() {
    ArrayNode targets = YAML.createArrayNode();
    pods.forEach(
        (pod, replica) -> {
          ObjectNode target = targets.addObject();
          target.putArray("targets").add(replica.management().replaceFirst("^http://", ""));
          target.putObject("labels").put("namespace", "test").put("pod", pod);
        });
    try {
      Path written = directory.resolve("pods.tmp");
      Files.writeString(written, RecordJson.write(targets));
      Files.move(written, directory.resolve("pods.json"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The series of an expression now: their values by their label of that name. */
  Map<String, Double> query(String label, String expression) {
    Http.Answer answer =
        Http.get(
            url + "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    Map<String, Double> values = new TreeMap<>();
    for (JsonNode series : answer.json().at("/data/result")) {
      values.merge(
          series.path("metric").path(label).asText(),
          series.path("value").path(1).asDouble(),
          Math::max);
    }
    return values;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
