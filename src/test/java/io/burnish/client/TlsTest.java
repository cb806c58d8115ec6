package io.burnish.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.burnish.client.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service with a certificate of its own making. */
class TlsTest {

  private static final String PASSWORD = "changeit";

  @TempDir Path data;
  @TempDir Path outside;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private Path store;
  private Path certificate;

  @BeforeEach
  void makeCertificate() throws Exception {
    store = outside.resolve("store.p12");
    certificate = outside.resolve("certificate.pem");
    keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=test", "-ext", "san=ip:127.0.0.1");
    keytool("-exportcert", "-rfc", "-file", certificate.toString());
    Files.writeString(data.resolve("a.json"), "[{\"discount_id\":\"1\"}]");
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", "a", "-keystore", store.toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @Test
  void a_certificate_that_is_named_is_trusted_and_another_is_not() throws Exception {
    try (FakeBurnish burnish = new FakeBurnish(server())) {
      String url = "https://127.0.0.1:" + burnish.port();

      int unknown = run(url, Map.of());
      int named = run(url, Map.of(), "--ca-file", certificate.toString());
      int variable = run(url, Map.of("BURNISH_CA_FILE", certificate.toString()));
      int noCertificate = run(url, Map.of(), "--ca-file", data.resolve("a.json").toString());

      assertThat(unknown).isEqualTo(1);
      assertThat(said()).contains("no TLS connection to " + url, "with --ca-file");
      assertThat(named).as(said()).isZero();
      assertThat(variable).as(said()).isZero();
      assertThat(noCertificate).isEqualTo(1);
      assertThat(said()).contains("can't be read as certificates");
      assertThat(burnish.jobs()).isEqualTo(2);
    }
  }

  private HttpsServer server() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return server;
  }

  private int run(String url, Map<String, String> environment, String... options) {
    List<String> arguments = new ArrayList<>(List.of("2", "--data-dir", data.toString()));
    arguments.addAll(List.of(options));
    Map<String, String> all = new HashMap<>(environment);
    all.put("BURNISH_URL", url);
    all.put("BURNISH_STATE", outside.resolve("state").toString());
    PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
    return new Client(all, Path.of("").toAbsolutePath(), new Console(out, out, false), time -> {})
        .run(arguments.toArray(String[]::new));
  }

  private String said() {
    return output.toString(StandardCharsets.UTF_8);
  }
}
