package io.burnish.enhancement;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a model's text what it thought before it answered. Drafts stand there that it gave
 * up, in the same form as the answer. One pass over the text, whatever it is.
 *
 * <p>Source: the chat formats of DeepSeek R1 and Qwen 3 ({@code <think>}, whose opening may be part
 * of the prompt), Magistral ({@code [THINK]}), Kimi ({@code ◁think▷}), and OpenAI's harmony format
 * of gpt-oss (channels); read 2026-11.
 */
final class Reasoning {

  private static final String NAMES =
      "(?:think|thinking|thought|thoughts|reasoning|reflection|scratchpad|seed:think)";

  /** Group 1: the slash of an end. */
  private static final Pattern MARK =
      Pattern.compile(
          "<\\s{0,5}+(/?)\\s{0,5}+"
              + NAMES
              + "(?:\\s[^<>]{0,200}+)?\\s{0,5}+/?>|\\[(/?)(?:THINK|THINKING)]|◁(/?)think▷",
          Pattern.CASE_INSENSITIVE);

  private static final String CHANNEL = "<|channel|>";
  private static final String MESSAGE = "<|message|>";
  private static final Pattern NEXT = Pattern.compile("<\\|(?:end|return|call|start|channel)\\|>");

  private Reasoning() {}

  /** The text without its reasoning; empty when there is nothing else. */
  static String removedFrom(String text) {
    return withoutMarked(ofTheLastChannel(text));
  }

  /** What was said on the channel of answers, the last time; all of it, when there are none. */
  private static String ofTheLastChannel(String text) {
    if (!text.contains(CHANNEL)) {
      return text;
    }
    String answer = "";
    for (int at = text.indexOf(CHANNEL); at >= 0; at = text.indexOf(CHANNEL, at + 1)) {
      int name = at + CHANNEL.length();
      if (text.startsWith("final", name)) {
        int message = text.indexOf(MESSAGE, name);
        answer = message < 0 ? "" : upToTheNext(text, message + MESSAGE.length());
      }
    }
    return answer;
  }

  private static String upToTheNext(String text, int start) {
    Matcher next = NEXT.matcher(text);
    return text.substring(start, next.find(start) ? next.start() : text.length());
  }

  /** An end without a beginning ends what began with the text; a beginning without an end, all. */
  private static String withoutMarked(String text) {
    StringBuilder answer = new StringBuilder();
    boolean thinking = false;
    int from = 0;
    Matcher mark = MARK.matcher(text);
    while (mark.find()) {
      boolean ends = isEnd(mark);
      if (!thinking) {
        if (ends) {
          answer.setLength(0);
        } else {
          answer.append(text, from, mark.start()).append('\n');
        }
      }
      thinking = !ends;
      from = mark.end();
    }
    return from == 0
        ? text
        : thinking ? answer.toString() : answer.append(text, from, text.length()).toString();
  }

  private static boolean isEnd(Matcher mark) {
    for (int group = 1; group <= mark.groupCount(); group++) {
      if ("/".equals(mark.group(group))) {
        return true;
      }
    }
    return false;
  }
}
