package io.burnish.client.http;

import io.burnish.client.console.ClientException;
import java.io.FileNotFoundException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A job as a form (RFC 7578): its options in a part {@code job}, its files in parts {@code file},
 * which are read from disk while they are sent.
 */
final class Multipart {

  /** Characters that a quoted name can't contain, or that services decode differently. */
  private static final Pattern SPECIAL = Pattern.compile("[\"\\\\%\\p{Cntrl}]|filename\\*=");

  private final String boundary = "burnish-" + UUID.randomUUID();
  private final List<BodyPublisher> parts = new ArrayList<>();

  /**
   * Creates the form.
   *
   * @param job the job without its files, as JSON
   * @throws ClientException if a file no longer exists
   */
  Multipart(String job, List<DataFile> files) {
    text(delimiter("name=\"job\"") + job + "\r\n");
    for (DataFile file : files) {
      text(delimiter("name=\"file\"; " + filename(file.name())));
      try {
        parts.add(BodyPublishers.ofFile(file.path()));
      } catch (FileNotFoundException e) {
        throw new ClientException(file.path() + " can't be read any more; nothing was sent", e);
      }
      text("\r\n");
    }
    text("--" + boundary + "--\r\n");
  }

  private void text(String text) {
    parts.add(BodyPublishers.ofString(text));
  }

  private String delimiter(String disposition) {
    return "--%s\r\nContent-Disposition: form-data; %s\r\nContent-Type: application/json\r\n\r\n"
        .formatted(boundary, disposition);
  }

  /** The name as a parameter: quoted if that is exact, else percent-encoded (RFC 8187). */
  private static String filename(String name) {
    return SPECIAL.matcher(name).find()
        ? "filename*=UTF-8''"
            + URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
        : "filename=\"" + name + '"';
  }

  String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  /** Can be sent several times. */
  BodyPublisher body() {
    return BodyPublishers.concat(parts.toArray(BodyPublisher[]::new));
  }
}
