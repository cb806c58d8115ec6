package io.burnish.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.burnish.fixtures.FreePort;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalServicesTest {

  private static final Map<String, String> NAMED =
      Map.of("quarkus.datasource.jdbc.url", "jdbc:postgresql://db.example/burnish");
  private static final Map<String, String> SIMULATED = Map.of("burnish.provider.kind", "simulated");

  @TempDir Path directory;

  @Test
  void nothing_is_started_for_a_database_and_a_provider_elsewhere() {
    try (LocalServices services =
        LocalServices.start(config(NAMED, Map.of("burnish.provider.kind", "groq")))) {
      assertThat(services.configuration()).isEmpty();
    }
  }

  @Test
  void a_simulated_provider_listens_on_the_loopback_address_until_it_is_closed() throws Exception {
    LocalServices services = LocalServices.start(config(NAMED, SIMULATED));
    URI models;
    try (services) {
      Map<String, String> settings = services.configuration();
      assertThat(settings).containsEntry("burnish.provider.api-key", "offline");
      assertThat(settings).doesNotContainKey("quarkus.datasource.jdbc.url");
      models = URI.create(settings.get("burnish.provider.base-url") + "/models");

      assertThat(InetAddress.getByName(models.getHost()).isLoopbackAddress()).isTrue();
      assertThat(status(models)).isEqualTo(200);
    }
    assertThatThrownBy(() -> status(models)).isInstanceOf(ConnectException.class);
  }

  @Test
  void options_of_the_simulator_are_read_from_properties_and_variables() throws Exception {
    int port = FreePort.find();
    Path log = directory.resolve("calls.ndjson");
    Config config =
        new SmallRyeConfigBuilder()
            .withSources(
                new PropertiesConfigSource(NAMED, "named", 100),
                new PropertiesConfigSource(SIMULATED, "simulated", 100),
                new PropertiesConfigSource(
                    Map.of("burnish.simulator.port", Integer.toString(port)), "port", 100),
                new EnvConfigSource(Map.of("BURNISH_SIMULATOR_LOG", log.toString()), 300))
            .build();

    try (LocalServices services = LocalServices.start(config)) {
      assertThat(services.configuration().get("burnish.provider.base-url")).contains(":" + port);
      assertThat(log).exists();
    }
  }

  @Test
  void a_port_in_use_is_named_with_what_to_do() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> port =
          Map.of("burnish.simulator.port", Integer.toString(taken.getLocalPort()));

      assertThatThrownBy(() -> LocalServices.start(config(NAMED, SIMULATED, port)))
          .isInstanceOf(LocalStartException.class)
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("BURNISH_SIMULATOR_PORT");
    }
  }

  /** As dev mode does: the settings of the first start are system properties by then. */
  @Test
  void a_second_start_with_the_settings_of_the_first_starts_nothing() {
    Config config = config(NAMED, SIMULATED);
    try (LocalServices first = LocalServices.start(config);
        LocalServices second =
            LocalServices.start(config(NAMED, SIMULATED, first.configuration()))) {
      assertThat(second.configuration()).isEmpty();
    }
  }

  @Test
  void the_configuration_has_the_login_of_the_embedded_database() throws Exception {
    Map<String, String> place = Map.of("burnish.database.directory", directory.toString());
    try (LocalServices services = LocalServices.start(config(place))) {
      Map<String, String> settings = services.configuration();

      assertThat(settings)
          .containsOnlyKeys(
              "quarkus.datasource.jdbc.url",
              "quarkus.datasource.username",
              "quarkus.datasource.password",
              "burnish.worker.node",
              "burnish.worker.sole");
      try (Connection connection =
          DriverManager.getConnection(
              settings.get("quarkus.datasource.jdbc.url"),
              settings.get("quarkus.datasource.username"),
              settings.get("quarkus.datasource.password"))) {
        assertThat(connection.isValid(5)).isTrue();
      }
    }
  }

  @Test
  void a_provider_is_closed_again_when_the_database_does_not_start() throws Exception {
    int port = FreePort.find();
    Map<String, String> settings =
        Map.of(
            "burnish.simulator.port", Integer.toString(port),
            "burnish.database.directory", directory.toString());
    try (LocalServices owner =
        LocalServices.start(config(Map.of("burnish.database.directory", directory.toString())))) {
      assertThat(owner.configuration()).isNotEmpty();

      assertThatThrownBy(() -> LocalServices.start(config(SIMULATED, settings)))
          .isInstanceOf(LocalStartException.class)
          .hasMessageContaining("Another Burnish uses the data");
    }

    assertThatThrownBy(() -> status(URI.create("http://127.0.0.1:" + port + "/openai/v1/models")))
        .isInstanceOf(ConnectException.class);
  }

  private static int status(URI uri) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Authorization", "Bearer offline").build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @SafeVarargs
  private static Config config(Map<String, String>... settings) {
    Map<String, String> all = new HashMap<>();
    for (Map<String, String> some : settings) {
      all.putAll(some);
    }
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(all, "test", 100))
        .build();
  }
}
