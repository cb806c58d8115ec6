package io.burnish.api;

import io.burnish.export.RecordFormat;
import jakarta.ws.rs.core.HttpHeaders;

/** The format of records that a client accepts. */
final class RecordFormats {

  private RecordFormats() {}

  /** {@link RequestCheck} chose the media type, and set the header to it. */
  static RecordFormat of(HttpHeaders headers) {
    return MediaTypes.LINES.equals(headers.getHeaderString(HttpHeaders.ACCEPT))
        ? RecordFormat.LINES
        : RecordFormat.LIST;
  }
}
