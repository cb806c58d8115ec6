package io.burnish.provider.response;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.provider.wire.LenientJson;
import java.util.ArrayList;
import java.util.List;

/**
 * The list in which FastAPI reports what is wrong with a request.
 *
 * @param words the whole list
 * @param type of its first element, such as {@code extra_forbidden}
 * @param places the fields concerned
 */
record ValidationDetail(String words, String type, List<String> places) {

  static ValidationDetail of(JsonNode error) {
    JsonNode list = error.path("detail");
    if (!list.isArray()) {
      list = error.path("message").path("detail");
    }
    if (!list.isArray() && error.path("message").isArray()) {
      list = error.path("message");
    }
    List<String> words = new ArrayList<>();
    List<String> places = new ArrayList<>();
    for (JsonNode each : list) {
      String place = place(each.path("loc"));
      words.add(place + ": " + LenientJson.text(each, "msg"));
      places.add(place);
    }
    return new ValidationDetail(
        String.join("; ", words), LenientJson.text(list.path(0), "type"), List.copyOf(places));
  }

  private static String place(JsonNode location) {
    List<String> steps = new ArrayList<>();
    location.forEach(step -> steps.add(step.asText()));
    if (!steps.isEmpty() && steps.get(0).equals("body")) {
      steps.remove(0);
    }
    return String.join(".", steps);
  }

  /** The fields concerned, after the one that the error itself names; blank when it names none. */
  List<String> params(String named) {
    List<String> all = new ArrayList<>(places);
    if (!named.isBlank()) {
      all.add(0, named);
    }
    return all;
  }
}
