package io.burnish.dispatch;

import io.burnish.attempt.Pack;
import io.burnish.attempt.Pack.Sized;
import io.burnish.profile.Profiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How many records share a call, and which. Fewer where texts are long, limits narrow, or calls
 * about many failed lately. Plain and thread-safe.
 */
public final class Packer {

  /** A record weighs so much in the averages: some fifty make them. */
  private static final double WEIGHT = 0.02;

  /** Room for records longer than the average one. */
  private static final double SLACK = 1.25;

  /** Half of what the models can read (Source: Groq models page, read 2026-11). */
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
   * What the next calls to a model should be like.
   *
   * @param records in a call at most
   * @param promptTokens of a call at most, by our own count
   */
  public record Plan(int records, int promptTokens) {

    /** No record fits. */
    public static final Plan NOTHING = new Plan(1, 0);
  }

  /**
   * The calls to plan for. The plan never charges more than {@code largest}, unless the prompt
   * without records does.
   *
   * @param charged what a model is charged for a prompt of so many tokens and records: see {@link
   *     Charge}
   * @param largest most that one call may be charged
   */
  Plan plan(String model, Charge charged, long largest) {
    int wanted = size(sizes.get(model)).records();
    if (largest == Long.MAX_VALUE) {
      return new Plan(wanted, MOST_PROMPT_TOKENS);
    }
    while (wanted > 1 && charged.of(promptTokens(wanted), wanted) > largest) {
      wanted--;
    }
    return new Plan(wanted, within(promptTokens(wanted), wanted, charged, largest));
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

  /** What a call is charged against the limits at admission. */
  @FunctionalInterface
  interface Charge {
    /** Tokens charged for a prompt of {@code promptTokens} about {@code records} records. */
    long of(int promptTokens, int records);
  }

  private int promptTokens(int count) {
    return frameTokens + (int) Math.ceil(count * tokensEach * (count == 1 ? 1 : SLACK));
  }

  /**
   * Puts records together, in their order, as the plan says. Records of different {@link
   * Sized#company} do not share a call.
   *
   * @param calls how many calls there may be
   * @return the packs; records that found no room in them are in none
   */
  List<List<Sized>> packs(List<Sized> sized, Plan plan, int calls) {
    List<Open> packs = new ArrayList<>();
    for (Sized record : sized) {
      if (!fits(record, plan)) {
        continue;
      }
      seen(record);
      Open room =
          packs.stream().filter(pack -> pack.hasRoomFor(record, plan)).findFirst().orElse(null);
      if (room == null && packs.size() < calls) {
        room = new Open(record.company());
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

  /** Only records that fit count: one that never can says nothing of the calls to plan. */
  private void seen(Sized record) {
    tokensEach += WEIGHT * (record.tokens() - tokensEach);
  }

  /** The tokens of a prompt without records, as they are now. */
  void frame(int tokens) {
    frameTokens = tokens;
  }

  /** Answers about so many records in one call came, and so many of them were refused. */
  void judged(String model, int records, int refused) {
    sizes.compute(model, (name, before) -> size(before).judged(records, refused));
  }

  /** A call about so many records was too much for the model: half as many from now on. */
  void tooMuch(String model, int records) {
    sizes.compute(model, (name, before) -> size(before).tooMuch(records));
  }

  private PackSize size(@Nullable PackSize before) {
    return before == null ? PackSize.first(most) : before;
  }

  /** A call that is being put together. */
  private final class Open {

    private final Pack.Company company;
    private final List<Sized> records = new ArrayList<>();
    private int tokens = frameTokens;

    Open(Pack.Company company) {
      this.company = company;
    }

    boolean hasRoomFor(Sized record, Plan plan) {
      return company.equals(record.company())
          && records.size() < Math.min(plan.records(), company.most())
          && tokens + record.tokens() <= plan.promptTokens();
    }

    void add(Sized record) {
      records.add(record);
      tokens += record.tokens();
    }
  }
}
