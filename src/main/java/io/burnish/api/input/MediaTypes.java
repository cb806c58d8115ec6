package io.burnish.api.input;

import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Media types in headers of a request (RFC 9110, section 8.3.1). All text is UTF-8. */
public final class MediaTypes {

  /** One record per line. */
  public static final String LINES = "application/x-ndjson";

  private static final Set<String> CHARSETS = Set.of("utf-8", "utf8", "us-ascii", "ascii");

  private MediaTypes() {}

  /** The media type with its parameters; empty when the text is not a media type. */
  public static Optional<MediaType> parse(String text) {
    if (!text.strip()
        .matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+\\s*(;.*)?")) {
      return Optional.empty();
    }
    try {
      return Optional.of(MediaType.valueOf(text.strip()));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Whether its charset, if it names one, is UTF-8 or a part of it. */
  public static boolean isUtf8(MediaType type) {
    String charset = type.getParameters().get("charset");
    return charset == null || CHARSETS.contains(charset.toLowerCase(Locale.ROOT));
  }

  /** The type in lower case, without parameters. */
  public static String withoutParameters(MediaType type) {
    return (type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT);
  }
}
