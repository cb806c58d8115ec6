package io.burnish.enhancement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds JSON documents in a text, in order: objects and lists of objects. A document ends where its
 * brackets close, or where the next list of records begins. Reads each character of any text a few
 * times at most.
 */
final class JsonPieces {

  private static final Pattern RECORDS = Pattern.compile("\\{\\s*+\"records\"\\s*+:");
  private static final Pattern BEGIN = Pattern.compile("\\{\\s*+\"|\\[\\s*+\\{\\s*+\"");

  private static final Pattern REF = Pattern.compile("\"ref\"\\s*+:\\s*+\"?+(\\d{1,9})");

  private final String text;
  private final List<Piece> pieces = new ArrayList<>();
  private final Set<String> refsOfLast = new HashSet<>();
  private int lastEnd = -1;

  private JsonPieces(String text) {
    this.text = text;
  }

  /**
   * A document, or several objects in a row.
   *
   * @param texts the text of the document, or of each object in the row
   * @param innermost texts of its complete objects that contain no object
   * @param isComplete whether its brackets close
   * @param isRecordList whether it begins like an object with a list of records
   */
  record Piece(
      List<String> texts, List<String> innermost, boolean isComplete, boolean isRecordList) {

    /** Whether it would contain refs if it were complete. */
    boolean mayBeAnAnswer() {
      return isRecordList || texts.get(0).contains("\"ref\"");
    }
  }

  static List<Piece> in(String text) {
    JsonPieces found = new JsonPieces(text);
    found.find();
    return found.pieces;
  }

  private void find() {
    Matcher begin = BEGIN.matcher(text);
    Matcher records = RECORDS.matcher(text);
    int nextRecords = records.find() ? records.start() : text.length();
    for (int at = 0; begin.find(at); ) {
      int start = begin.start();
      boolean isRecordList = start == nextRecords;
      while (nextRecords <= start) {
        nextRecords = records.find() ? records.start() : text.length();
      }
      at = scan(start, nextRecords, isRecordList);
    }
  }

  /**
   * Reads a document from its first bracket.
   *
   * @return the index after it
   */
  private int scan(int start, int limit, boolean isRecordList) {
    List<String> innermost = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>();
    boolean quoted = false;
    int lastOpened = -1;
    for (int i = start; i < limit; i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{' || c == '[') {
        open.push(i);
        lastOpened = c == '{' ? i : lastOpened;
      } else if (c == '}' || c == ']') {
        int opened = open.pop();
        if (c == '}' && opened == lastOpened) {
          innermost.add(text.substring(opened, i + 1));
        }
        if (open.isEmpty()) {
          complete(start, i + 1, innermost, isRecordList);
          return i + 1;
        }
      }
    }
    pieces.add(new Piece(List.of(text.substring(start, limit)), innermost, false, isRecordList));
    return limit;
  }

  /** Adds an object to the row of the one directly before it, unless it repeats a ref. */
  private void complete(int start, int end, List<String> innermost, boolean isRecordList) {
    String json = text.substring(start, end);
    boolean lone = !isRecordList && json.charAt(0) == '{';
    String ref = lone ? ref(json) : "";
    boolean follows = !ref.isEmpty() && lastEnd >= 0 && onlyCommas(lastEnd, start);
    if (follows && refsOfLast.add(ref)) {
      pieces.get(pieces.size() - 1).texts().add(json);
    } else {
      pieces.add(new Piece(new ArrayList<>(List.of(json)), innermost, true, isRecordList));
      refsOfLast.clear();
      refsOfLast.add(ref);
    }
    lastEnd = ref.isEmpty() ? -1 : end;
  }

  private boolean onlyCommas(int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!Character.isWhitespace(c) && c != ',') {
        return false;
      }
    }
    return true;
  }

  private static String ref(String json) {
    Matcher ref = REF.matcher(json);
    return ref.find() ? ref.group(1) : "";
  }
}
