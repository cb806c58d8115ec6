package io.burnish.worker;

import io.burnish.worker.Pack.Sized;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many records share a call, and which. Fewer where texts are long, limits narrow, or answers
 * about many were bad lately. Plain and thread-safe.
 */
final class Packer {

  /** Refused answers beyond this share mean that the model is asked too much at once. */
  private static final double TOO_MANY_REFUSED = 0.3;

  /** A record weighs so much in the averages: some fifty make them. */
  private static final double WEIGHT = 0.02;

  /** A call weighs so much in the share of refused answers: some twenty make it. */
  private static final double WEIGHT_OF_A_CALL = 0.05;

  /** Room for records longer than the average one. */
  private static final double SLACK = 1.25;

  /** Until records were seen: what a discount has (measured, docs/benchmarks.md). */
  private static final double FIRST_GUESS = 450;

  private static final int FRAME_GUESS = 900;

  /** Half of what the models can read (Source: Groq models page, read 2026-11). */
  private static final int MOST_PROMPT_TOKENS = 65_000;

  /** Refused answers in company after which a record goes alone. */
  private static final int PATIENCE_IN_COMPANY = 2;

  private final int most;
  private final Map<String, Record> records = new ConcurrentHashMap<>();
  private volatile double tokensEach = FIRST_GUESS;
  private volatile int frameTokens = FRAME_GUESS;

  /**
   * @param most records in a call at most; 1: no packing
   */
  Packer(int most) {
    this.most = most;
  }

  /**
   * How a model did with company: the share of refused answers, and the most records it is given.
   */
  private record Record(double refused, double most) {}

  /**
   * What the next calls to a model should be like.
   *
   * @param records in a call at most
   * @param promptTokens of a call at most, by our own count
   */
  record Plan(int records, int promptTokens) {}

  /**
   * The calls to plan for.
   *
   * @param charged what a model is charged for a prompt of so many tokens and records: see {@link
   *     Charge}
   * @param largest most that one call may be charged
   */
  Plan plan(String model, Charge charged, long largest) {
    int wanted = mostFor(model);
    if (largest == Long.MAX_VALUE) {
      return new Plan(wanted, MOST_PROMPT_TOKENS);
    }
    while (wanted > 1 && charged.of(promptTokens(wanted), wanted) > largest) {
      wanted--;
    }
    return new Plan(wanted, promptTokens(wanted));
  }

  /** What a call is charged against the limits at admission. */
  @FunctionalInterface
  interface Charge {
    /** Tokens charged for a prompt of {@code promptTokens} about {@code records} records. */
    long of(int promptTokens, int records);
  }

  private int mostFor(String model) {
    Record record = records.get(model);
    return record == null ? most : Math.max(1, Math.min(most, (int) Math.round(record.most())));
  }

  private int promptTokens(int count) {
    return frameTokens + (int) Math.ceil(count * tokensEach * (count == 1 ? 1 : SLACK));
  }

  /** Whether the record must have a call of its own. */
  static boolean goesAlone(Sized record) {
    return record.item().alone() || record.item().attempt() >= PATIENCE_IN_COMPANY;
  }

  /**
   * Puts records together, in their order, as the plan says.
   *
   * @param calls how many calls there may be
   * @return the packs; records that found no room in them are in none
   */
  List<List<Sized>> packs(List<Sized> sized, Plan plan, int calls) {
    List<Open> packs = new ArrayList<>();
    for (Sized record : sized) {
      seen(record);
      boolean alone = goesAlone(record);
      Open room =
          packs.stream()
              .filter(pack -> pack.hasRoomFor(record, alone, plan))
              .findFirst()
              .orElse(null);
      if (room == null && packs.size() < calls && fits(record, plan)) {
        room = new Open(alone);
        packs.add(room);
      }
      if (room != null) {
        room.add(record);
      }
    }
    return packs.stream().map(pack -> pack.records).toList();
  }

  /** Whether a call as planned has room for the record at all. */
  boolean fits(Sized record, Plan plan) {
    return frameTokens + record.tokens() <= plan.promptTokens();
  }

  private void seen(Sized record) {
    tokensEach += WEIGHT * (record.tokens() - tokensEach);
  }

  /** The tokens of a prompt without records, as they are now. */
  void frame(int tokens) {
    frameTokens = tokens;
  }

  /**
   * Answers about so many records in one call were refused for some of them. One alone says
   * something of that record, not of the company: counted, it would weigh the more the smaller the
   * company is, and make it smaller still.
   */
  void judged(String model, int records, int refused) {
    if (records < 2) {
      return;
    }
    double share = refused < 2 ? 0 : (double) refused / records;
    this.records.compute(
        model,
        (name, before) -> {
          Record was = before == null ? new Record(0, most) : before;
          double average = was.refused() + WEIGHT_OF_A_CALL * (share - was.refused());
          boolean bad = average > TOO_MANY_REFUSED;
          return bad
              ? new Record(0, Math.max(1, was.most() / 2))
              : new Record(average, Math.min(most, was.most() + 0.1));
        });
  }

  /** A call about so many records was too much for the model: half as many from now on. */
  void tooMuch(String model, int records) {
    this.records.compute(
        model,
        (name, before) ->
            new Record(
                before == null ? 0 : before.refused(),
                Math.max(1, Math.min(before == null ? most : before.most(), records / 2))));
  }

  /** A call that is being put together. */
  private final class Open {

    private final boolean alone;
    private final List<Sized> records = new ArrayList<>();
    private int tokens = frameTokens;

    Open(boolean alone) {
      this.alone = alone;
    }

    boolean hasRoomFor(Sized record, boolean goesAlone, Plan plan) {
      return !alone
          && !goesAlone
          && records.size() < plan.records()
          && tokens + record.tokens() <= plan.promptTokens();
    }

    void add(Sized record) {
      records.add(record);
      tokens += record.tokens();
    }
  }
}
