package io.burnish.api.download;

import io.burnish.api.input.MediaTypes;
import io.burnish.export.RecordFormat;
import jakarta.ws.rs.core.HttpHeaders;

/** The format of records that a client accepts. */
public final class RecordFormats {

  private RecordFormats() {}

  /** {@code RequestCheck} chose the media type, and set the header to it. */
  public static RecordFormat of(HttpHeaders headers) {
    return MediaTypes.LINES.equals(headers.getHeaderString(HttpHeaders.ACCEPT))
        ? RecordFormat.LINES
        : RecordFormat.LIST;
  }
}
