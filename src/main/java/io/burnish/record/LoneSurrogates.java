package io.burnish.record;

/**
 * Half of a surrogate pair is legal in JSON as an escape, but has no UTF-8 form: neither the
 * database nor a response could carry it. Such halves are written as the escape they came as.
 */
final class LoneSurrogates {

  private LoneSurrogates() {}

  static String escape(String json) {
    StringBuilder escaped = null;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < json.length()
              && Character.isLowSurrogate(json.charAt(i + 1));
      if (pair || !Character.isSurrogate(c)) {
        if (escaped != null) {
          escaped.append(c);
          if (pair) {
            escaped.append(json.charAt(i + 1));
          }
        }
        i += pair ? 1 : 0;
      } else {
        if (escaped == null) {
          escaped = new StringBuilder(json.length() + 16).append(json, 0, i);
        }
        escaped.append("\\u%04x".formatted((int) c));
      }
    }
    return escaped == null ? json : escaped.toString();
  }
}
