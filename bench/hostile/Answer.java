import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came back.
 *
 * @param status of HTTP; {@link #CLOSED} or {@link #SILENT} when there is none
 * @param headers by their names in small letters, each with its values
 * @param body as it came, chunks joined, 64 MB of it at most
 * @param millis until it was whole
 */
record Answer(int status, Map<String, List<String>> headers, byte[] body, long millis) {

  /** The connection was closed without a word. */
  static final int CLOSED = 0;

  /** Nothing came within the time allowed. */
  static final int SILENT = -1;

  /** Numbers as they are written. */
  static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).map(values -> values.get(0));
  }

  String type() {
    return header("content-type").orElse("");
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The body as JSON; a missing node when it is none. */
  JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    } catch (java.io.IOException e) {
      return MissingNode.getInstance();
    }
  }

  String statusText() {
    return switch (status) {
      case CLOSED -> "closed";
      case SILENT -> "silent";
      default -> Integer.toString(status);
    };
  }
}
