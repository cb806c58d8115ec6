package io.burnish.validation;

import io.burnish.record.SourceRecord;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where in a record evidence is looked for.
 *
 * @param price the field that holds the price, whose bare numbers are prices
 * @param texts the other fields, in which a bare number is a price only if words say so
 */
public record EvidenceText(String price, List<String> texts) {

  /** One field, readable; empty when it says nothing. */
  String of(SourceRecord source, String field) {
    String text = source.text(field).orElse("");
    return text.strip().equalsIgnoreCase("N/A") ? "" : PlainText.forEvidence(text);
  }

  /** The field that holds the price, readable. */
  String priceField(SourceRecord source) {
    return of(source, price);
  }

  /** The other fields, readable. */
  String otherFields(SourceRecord source) {
    return texts.stream().map(field -> of(source, field)).collect(Collectors.joining(" . "));
  }

  /** All of it, readable. */
  String all(SourceRecord source) {
    return priceField(source) + " . " + otherFields(source);
  }
}
