package io.burnish.attempt;

import io.burnish.enhancement.Question;
import io.burnish.profile.Profile;
import io.burnish.queue.item.ClaimedItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Records of one profile that share a call.
 *
 * @param profile the kind of the records
 * @param records at least one; the first has ref 1 in the call, the next 2, and so on
 * @param promptTokens tokens of the whole prompt, as Burnish counts them
 */
public record Pack(Profile profile, List<SizedRecord> records, int promptTokens) {

  /**
   * A record to ask about, with its size.
   *
   * @param item the claim
   * @param question the question, under any ref
   * @param tokens tokens that it adds to a prompt, as Burnish counts them
   * @param packKey only records of the same key share a call
   */
  public record SizedRecord(ClaimedItem item, Question question, int tokens, PackKey packKey) {}

  /**
   * Records share a call only if they have the same key.
   *
   * @param maxRecords most records in the call; 1: the record is asked about alone
   * @param reask whether an answer about the record was rejected before; what spoils an answer
   *     again must not spoil those of records that are asked about for the first time
   */
  public record PackKey(int maxRecords, boolean reask) {}

  /** A pack of records of one profile. */
  public static Pack of(Profile profile, int frameTokens, List<SizedRecord> records) {
    return new Pack(
        profile,
        List.copyOf(records),
        frameTokens + records.stream().mapToInt(SizedRecord::tokens).sum());
  }

  /** Number of its records. */
  public int size() {
    return records.size();
  }

  /** The items of its records, in the order of the prompt. */
  public List<ClaimedItem> items() {
    return records.stream().map(SizedRecord::item).toList();
  }

  /** The questions, numbered from 1. */
  List<Question> questions() {
    return IntStream.range(0, records.size())
        .mapToObj(i -> records.get(i).question().as(i + 1))
        .toList();
  }

  /** This pack without the records of these refs; at least one must be left. */
  Pack without(Set<Integer> refs) {
    List<SizedRecord> rest = new ArrayList<>();
    int tokens = promptTokens;
    for (int i = 0; i < records.size(); i++) {
      if (refs.contains(i + 1)) {
        tokens -= records.get(i).tokens();
      } else {
        rest.add(records.get(i));
      }
    }
    return new Pack(profile, List.copyOf(rest), tokens);
  }
}
