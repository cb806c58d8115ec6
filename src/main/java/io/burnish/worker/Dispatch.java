package io.burnish.worker;

import io.burnish.enhancement.Enhancer;
import io.burnish.enhancement.Question;
import io.burnish.job.JobTerms;
import io.burnish.job.Jobs;
import io.burnish.models.Admission;
import io.burnish.models.Admission.Admitted;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.Outcome;
import io.burnish.queue.Outcome.GivenUp;
import io.burnish.queue.Outcome.Parked;
import io.burnish.queue.WaitReason;
import io.burnish.record.SourceRecord;
import io.burnish.worker.Asking.Ticket;
import io.burnish.worker.Pack.Sized;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * From claims to calls: takes out what needs none, packs the others, and sets a hand to each pack.
 * What finds no room goes back unharmed.
 */
final class Dispatch {

  private static final Logger LOG = Logger.getLogger(Dispatch.class);

  /**
   * How long records that met an error of ours wait: it is not the records' fault, and not for ever
   * either.
   */
  private static final Duration AFTER_OUR_ERROR = Duration.ofSeconds(10);

  private final Parts with;
  private final Executor hands;
  private final Semaphore free;
  private final Packer packer;
  private final Holdings holdings = new Holdings();
  private final Timer packs;
  private final Set<UUID> started = new HashSet<>();

  Dispatch(Parts parts, Executor hands) {
    this.with = parts;
    this.hands = hands;
    this.free = new Semaphore(parts.config().concurrency());
    this.packer = new Packer(parts.config().pack());
    this.packs =
        Timer.builder("burnish.packs")
            .description(
                "From a pack's question to its written outcomes, the provider's time included")
            .publishPercentiles(0.5, 0.99)
            .register(parts.meters());
  }

  /** What it works with. */
  record Parts(
      WorkerConfig config,
      ItemQueue queue,
      Jobs jobs,
      Reuse reuse,
      Terms terms,
      Enhancer enhancer,
      Admission admission,
      Asking asking,
      Writers writers,
      Wakeup wakeup,
      MeterRegistry meters) {}

  /** One permit for each call that can be in flight. */
  Semaphore free() {
    return free;
  }

  /** What hands hold. */
  Holdings holdings() {
    return holdings;
  }

  /** What the next calls to a model should be like. */
  Packer.Plan plan(String model) {
    return packer.plan(
        model,
        (promptTokens, records) -> charge(model, promptTokens, records),
        with.admission().largest(model));
  }

  /** What a call as planned is charged at admission. */
  long charge(String model, Packer.Plan plan) {
    return charge(model, plan.promptTokens(), plan.records());
  }

  private long charge(String model, int promptTokens, int records) {
    return with.admission().charge(model, promptTokens, Enhancer.answerTokens(records));
  }

  /**
   * Hands on what was claimed.
   *
   * @return how many hands are busy now
   */
  int hand(List<ClaimedItem> claims, Room room) {
    try {
      claims.stream().map(ClaimedItem::jobId).filter(started::add).forEach(with.jobs()::started);
      List<ClaimedItem> toAsk = withoutKnown(claims);
      Map<Integer, List<ClaimedItem>> byShift = new TreeMap<>();
      toAsk.forEach(item -> byShift.computeIfAbsent(shift(item), s -> new ArrayList<>()).add(item));
      byShift.forEach(
          (shift, items) -> byProfile(items).forEach((p, i) -> pack(shift, p, i, room)));
      with.queue().release(room.leftOver);
    } finally {
      // What was not used.
      with.admission().refund(room.admitted.model(), room.unusedCalls(), room.unusedTokens());
    }
    return room.busy;
  }

  /** Three refused answers in a row: the next model, and so on round the chain. */
  private int shift(ClaimedItem item) {
    return item.attempt() / with.config().refusalsBeforeSwitch();
  }

  private List<ClaimedItem> withoutKnown(List<ClaimedItem> claims) {
    if (claims.isEmpty()) {
      return claims;
    }
    Reuse.Sorted sorted = with.reuse().sort(claims);
    List<Outcome> outcomes = new ArrayList<>(sorted.decided());
    List<ClaimedItem> toAsk = new ArrayList<>();
    for (ClaimedItem item : sorted.toAsk()) {
      if (item.stored() == null) {
        toAsk.add(item);
      } else {
        outcomes.add(with.asking().judgeStored(item, profile(item), question(item)));
      }
    }
    with.writers().outcomes(outcomes);
    return toAsk;
  }

  private Map<Profile, List<ClaimedItem>> byProfile(List<ClaimedItem> items) {
    Map<Profile, List<ClaimedItem>> byProfile = new LinkedHashMap<>();
    items.forEach(
        item -> byProfile.computeIfAbsent(profile(item), p -> new ArrayList<>()).add(item));
    return byProfile;
  }

  private Profile profile(ClaimedItem item) {
    return Profiles.named(with.terms().of(item.jobId()).profile()).orElseThrow();
  }

  private Question question(ClaimedItem item) {
    JobTerms job = with.terms().of(item.jobId());
    return new Question(
        1, SourceRecord.of(item.record()), item.problems(), job.options().rulesOff());
  }

  private void pack(int shift, Profile profile, List<ClaimedItem> items, Room room) {
    int frame = with.enhancer().frameTokens(profile);
    boolean exact = with.admission().largest(room.admitted.model()) != Long.MAX_VALUE;
    packer.frame(frame);
    // Who goes alone is served first, or would be left over each time. Else what was refused before
    // comes last: another place in the call is another chance.
    List<Sized> sized =
        items.stream()
            .map(item -> sized(profile, item, exact))
            .sorted(
                Comparator.comparing(Packer::goesAlone)
                    .reversed()
                    .thenComparing(record -> record.item().attempt()))
            .toList();
    Set<Long> placed = new HashSet<>();
    if (shift == 0) {
      for (List<Sized> records : packer.packs(sized, room.plan, room.callsLeft())) {
        send(
            Pack.of(profile, frame, records),
            room.ticket(charge(room.admitted.model(), frame, records)),
            room);
        records.forEach(record -> placed.add(record.item().id()));
      }
    }
    for (Sized record : sized) {
      if (!placed.contains(record.item().id())) {
        boolean needsItsOwn = shift > 0 || !packer.fits(record, room.plan);
        if (needsItsOwn && room.handsLeft() > 0) {
          sendAlone(shift, Pack.of(profile, frame, List.of(record)), room);
        } else {
          room.leftOver.add(record.item());
        }
      }
    }
  }

  private long charge(String model, int frame, List<Sized> records) {
    return charge(model, frame + records.stream().mapToInt(Sized::tokens).sum(), records.size());
  }

  /** Counted to the token only where tokens are limited: it takes as long as all else together. */
  private Sized sized(Profile profile, ClaimedItem item, boolean exact) {
    Question question = question(item);
    return new Sized(item, question, with.enhancer().tokens(profile, question, exact));
  }

  /** A record for another model, or too long for the calls as planned. */
  private void sendAlone(int shift, Pack pack, Room room) {
    Admitted own =
        with.admission()
            .admit(
                shift,
                model -> new Admission.Wish(1, charge(model, pack.promptTokens(), pack.size())));
    if (own.calls() == 1) {
      send(pack, new Ticket(own.model(), own.tokensEach()), room);
    } else if (own.neverFits()) {
      tooLarge(pack.items().get(0), own.waitingFor());
    } else {
      with.writers()
          .outcomes(
              List.of(
                  Outcome.without(
                      pack.items().get(0), new Parked(WaitReason.QUOTA, own.waitTime()))));
    }
  }

  private void tooLarge(ClaimedItem item, String why) {
    with.writers()
        .outcomes(List.of(Outcome.without(item, new GivenUp("too_large", List.of(why), null))));
  }

  private void send(Pack pack, Ticket ticket, Room room) {
    room.busy++;
    holdings.take(pack.items());
    hands.execute(() -> work(pack, ticket, room.lease));
  }

  private void work(Pack pack, Ticket ticket, BooleanSupplier lease) {
    long start = System.nanoTime();
    boolean written = false;
    try {
      with.writers().outcomes(answered(pack, ticket, lease));
      written = true;
      packs.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    } catch (RuntimeException e) {
      LOG.errorf(
          e,
          "The outcomes of %d items (the first: %d of job %s) could not be written; they are given back",
          pack.size(),
          pack.items().get(0).id(),
          pack.items().get(0).jobId());
    } finally {
      holdings.letGo(pack.items());
      if (!written) {
        holdings.doubt();
      }
      free.release();
      with.wakeup().call();
    }
  }

  private List<Outcome> answered(Pack pack, Ticket ticket, BooleanSupplier lease) {
    try {
      return with.asking().ask(pack, ticket, with.writers().desk(packer, with.admission(), lease));
    } catch (RuntimeException e) {
      LOG.errorf(
          e,
          "A call about %d items (the first: %d of job %s) met an error of ours; they are tried again in %s, and nothing is lost",
          pack.size(),
          pack.items().get(0).id(),
          pack.items().get(0).jobId(),
          AFTER_OUR_ERROR);
      return pack.items().stream()
          .map(item -> Outcome.without(item, new Parked(WaitReason.BACKOFF, AFTER_OUR_ERROR)))
          .toList();
    }
  }

  /** What was admitted, as it is used up. */
  static final class Room {

    private final Admitted admitted;
    private final Packer.Plan plan;
    private final int most;
    private final BooleanSupplier lease;
    private final List<ClaimedItem> leftOver = new ArrayList<>();
    private int tickets;
    private long spent;
    private int busy;

    /**
     * @param admitted what the quotas have room for
     * @param plan what the admitted calls are to be like
     * @param most hands there are
     * @param lease whether the claims are still this worker's
     */
    Room(Admitted admitted, Packer.Plan plan, int most, BooleanSupplier lease) {
      this.admitted = admitted;
      this.plan = plan;
      this.most = most;
      this.lease = lease;
    }

    int callsLeft() {
      return Math.min(admitted.calls() - tickets, handsLeft());
    }

    int handsLeft() {
      return most - busy;
    }

    Ticket ticket(long tokens) {
      tickets++;
      spent += tokens;
      return new Ticket(admitted.model(), tokens);
    }

    int unusedCalls() {
      return admitted.calls() - tickets;
    }

    long unusedTokens() {
      return admitted.tokens() - spent;
    }
  }
}
