package io.burnish.client.http;

import io.burnish.client.console.ClientException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The certificate authorities that the client trusts: Java's own, and those of a file. */
public final class TrustedCertificates {

  private TrustedCertificates() {}

  /**
   * An HTTP client with these authorities.
   *
   * @param caFile certificates as PEM; null: only Java's
   * @throws ClientException if the file holds no certificates
   */
  public static HttpClient.Builder http(@Nullable Path caFile) {
    HttpClient.Builder http = HttpClient.newBuilder();
    return caFile == null ? http : http.sslContext(context(caFile));
  }

  private static SSLContext context(Path caFile) {
    try (InputStream pem = Files.newInputStream(caFile)) {
      Collection<? extends Certificate> own =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      if (own.isEmpty()) {
        throw new ClientException("%s holds no certificate in PEM".formatted(caFile));
      }
      List<Certificate> all = new ArrayList<>(own);
      for (TrustManager manager : managers(null)) {
        if (manager instanceof X509TrustManager known) {
          List<X509Certificate> issuers = Arrays.asList(known.getAcceptedIssuers());
          all.addAll(issuers);
        }
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (int i = 0; i < all.size(); i++) {
        store.setCertificateEntry("ca-" + i, all.get(i));
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(store), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new ClientException(
          "%s can't be read as certificates (PEM): %s".formatted(caFile, e.getMessage()), e);
    }
  }

  /** The trust managers of a store; null: Java's own. */
  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
