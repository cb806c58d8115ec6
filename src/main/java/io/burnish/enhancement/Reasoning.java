package io.burnish.enhancement;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes the reasoning from a model's text: it contains drafts in the form of the answer. One pass
 * over any text.
 *
 * <p>Source: the chat formats of DeepSeek R1 and Qwen 3 ({@code <think>}, whose opening may be part
 * of the prompt), Magistral ({@code [THINK]}), Kimi ({@code ◁think▷}), and OpenAI's harmony format
 * of gpt-oss (channels); read 2026-11.
 */
final class Reasoning {

  private static final String NAMES =
      "(?:think|thinking|thought|thoughts|reasoning|reflection|scratchpad|seed:think)";

  /** The groups are the slash of an end mark. */
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

  /** The text without its reasoning; empty if there is nothing else. */
  static String removedFrom(String text) {
    return withoutMarked(ofLastFinalChannel(text));
  }

  /** The last message of the final channel; the whole text if it has no channels. */
  private static String ofLastFinalChannel(String text) {
    if (!text.contains(CHANNEL)) {
      return text;
    }
    String answer = "";
    for (int at = text.indexOf(CHANNEL); at >= 0; at = text.indexOf(CHANNEL, at + 1)) {
      int name = at + CHANNEL.length();
      if (text.startsWith("final", name)) {
        int message = text.indexOf(MESSAGE, name);
        answer = message < 0 ? "" : upToNextMark(text, message + MESSAGE.length());
      }
    }
    return answer;
  }

  private static String upToNextMark(String text, int start) {
    Matcher next = NEXT.matcher(text);
    return text.substring(start, next.find(start) ? next.start() : text.length());
  }

  /** An end mark without a start removes all before it; a start without an end, all after it. */
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
