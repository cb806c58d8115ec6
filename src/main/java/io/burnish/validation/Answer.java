package io.burnish.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.record.SourceRecord;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What is judged.
 *
 * @param fields what the model answered
 * @param source the record it was asked about
 */
public record Answer(ObjectNode fields, SourceRecord source) {

  /** A field as it was answered; a missing node when it was not. */
  JsonNode field(String name) {
    return fields.path(name);
  }

  /** A field that is a number, or empty: {@code "20"} is none. */
  Optional<BigDecimal> number(String name) {
    return field(name).isNumber() ? Optional.of(field(name).decimalValue()) : Optional.empty();
  }

  /** A field that is text, or empty. */
  Optional<String> text(String name) {
    return field(name).isTextual() ? Optional.of(field(name).asText()) : Optional.empty();
  }
}
