package io.burnish.api;

import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Media types in headers of a request (RFC 9110, section 8.3.1). All text is UTF-8. */
final class MediaTypes {

  /** One record per line. */
  static final String LINES = "application/x-ndjson";

  private static final Set<String> CHARSETS = Set.of("utf-8", "utf8", "us-ascii", "ascii");

  private MediaTypes() {}

  /** The media type with its parameters; empty when the text is not a media type. */
  static Optional<MediaType> parse(String text) {
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
  static boolean isUtf8(MediaType type) {
    String charset = type.getParameters().get("charset");
    return charset == null || CHARSETS.contains(charset.toLowerCase(Locale.ROOT));
  }

  /** The type in lower case, without parameters. */
  static String withoutParameters(MediaType type) {
    return (type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT);
  }
}
