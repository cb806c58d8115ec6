package io.burnish.dispatch.plan;

import io.burnish.attempt.Pack;
import io.burnish.attempt.Pack.SizedRecord;
import io.burnish.profile.Profiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides how many records share a call, and which. Fewer share one if texts are long, limits are
 * narrow, or calls about many records failed lately. Plain and thread-safe.
 */
public final class Packer {

  /** Weight of one record in the average size: an average of some fifty records. */
  private static final double WEIGHT = 0.02;

  /** Share of tokens that is planned for records longer than the average. */
  private static final double SLACK = 1.25;

  /** Half of the models' context. Source: Groq models page, read 2026-11. */
  private static final int MOST_PROMPT_TOKENS = 65_000;

  private final int most;
  private final Map<String, PackSize> sizes = new ConcurrentHashMap<>();
  private volatile double tokensEach = Profiles.largestSizes().record();
  private volatile int frameTokens = Profiles.largestSizes().prompt();

  /**
   * @param most records in a call at most; 1: no packing
   */
  Packer(int most) {
    this.most = most;
  }

  /**
   * The size of the next calls to a model.
   *
   * @param records in a call at most
   * @param promptTokens of a call at most, by our own count
   */
  public record Plan(int records, int promptTokens) {

    /** A plan that no record fits. */
    public static final Plan NOTHING = new Plan(1, 0);
  }

  /**
   * Plans the next calls to a model. A call as planned is charged no more than {@code largest},
   * unless the prompt without records is.
   *
   * @param largest the most tokens that one call may be charged
   */
  Plan plan(String model, Charge charged, long largest) {
    return plan(model, charged, largest, new Sizes(frameTokens, tokensEach));
  }

  /** As {@link #plan(String, Charge, long)}, for prompts and records of other sizes. */
  Plan plan(String model, Charge charged, long largest, Sizes of) {
    int wanted = size(sizes.get(model)).records();
    if (largest == Long.MAX_VALUE) {
      return new Plan(wanted, MOST_PROMPT_TOKENS);
    }
    while (wanted > 1 && charged.of(of.prompt(wanted), wanted) > largest) {
      wanted--;
    }
    return new Plan(wanted, within(of.prompt(wanted), wanted, charged, largest));
  }

  /**
   * Sizes by which calls are planned.
   *
   * @param frame tokens of a prompt without records
   * @param each tokens that a record adds on average
   */
  public record Sizes(int frame, double each) {

    private int prompt(int count) {
      return frame + (int) Math.ceil(count * each * (count == 1 ? 1 : SLACK));
    }
  }

  /** The most prompt tokens, up to so many, of which the charge is no more than the largest. */
  private static int within(int tokens, int records, Charge charged, long largest) {
    int low = 0;
    int high = tokens;
    while (low < high) {
      int middle = low + (high - low + 1) / 2;
      if (charged.of(middle, records) <= largest) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return Math.max(1, low);
  }

  /** Tokens that a call is charged at admission. */
  @FunctionalInterface
  interface Charge {
    /** Tokens charged for a prompt of {@code promptTokens} about {@code records} records. */
    long of(int promptTokens, int records);
  }

  /**
   * Packs records in their order, as planned. Records of different {@link SizedRecord#packKey} do
   * not share a call.
   *
   * @param calls packs at most
   * @return the packs; records that do not fit into them are in none
   */
  public List<List<SizedRecord>> packs(List<SizedRecord> sized, Plan plan, int calls) {
    List<Open> packs = new ArrayList<>();
    for (SizedRecord record : sized) {
      if (!fits(record, plan)) {
        continue;
      }
      measured(record);
      Open open =
          packs.stream().filter(pack -> pack.hasCapacityFor(record, plan)).findFirst().orElse(null);
      if (open == null && packs.size() < calls) {
        open = new Open(record.packKey());
        packs.add(open);
      }
      if (open != null) {
        open.add(record);
      }
    }
    return packs.stream().map(pack -> pack.records).toList();
  }

  /** Whether the record fits into a call as planned. */
  public boolean fits(SizedRecord record, Plan plan) {
    return frameTokens + record.tokens() <= plan.promptTokens();
  }

  /** Counts a record that fits in the average size; one that never fits says nothing about it. */
  private void measured(SizedRecord record) {
    tokensEach += WEIGHT * (record.tokens() - tokensEach);
  }

  /** Sets the tokens of a prompt without records. */
  public void frame(int tokens) {
    frameTokens = tokens;
  }

  /** Answers about so many records in one call came, and so many of them were refused. */
  void judged(String model, int records, int refused) {
    sizes.compute(model, (name, before) -> size(before).judged(records, refused));
  }

  /** A call about so many records was too large for the model: half as many from now on. */
  public void tooLarge(String model, int records) {
    sizes.compute(model, (name, before) -> size(before).tooLarge(records));
  }

  private PackSize size(@Nullable PackSize before) {
    return before == null ? PackSize.first(most) : before;
  }

  /** A pack that records are added to. */
  private final class Open {

    private final Pack.PackKey packKey;
    private final List<SizedRecord> records = new ArrayList<>();
    private int tokens = frameTokens;

    Open(Pack.PackKey packKey) {
      this.packKey = packKey;
    }

    boolean hasCapacityFor(SizedRecord record, Plan plan) {
      return packKey.equals(record.packKey())
          && records.size() < Math.min(plan.records(), packKey.maxRecords())
          && tokens + record.tokens() <= plan.promptTokens();
    }

    void add(SizedRecord record) {
      records.add(record);
      tokens += record.tokens();
    }
  }
}
