package io.burnish.worker;

import io.burnish.enhancement.Enhancer;
import io.burnish.enhancement.Question;
import io.burnish.models.Admission;
import io.burnish.models.Admission.Admitted;
import io.burnish.profile.Profile;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.Outcome;
import io.burnish.queue.Outcome.GivenUp;
import io.burnish.queue.Outcome.Parked;
import io.burnish.queue.WaitReason;
import io.burnish.worker.Asking.Ticket;
import io.burnish.worker.Pack.Sized;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/**
 * From claims to calls: takes out what needs none, packs the others, and sets a hand to each pack.
 * What finds no room goes back unharmed.
 */
final class Dispatch {

  private final Parts with;
  private final Hands hands;
  private final Packer packer;

  Dispatch(Parts parts, Executor executor) {
    this.with = parts;
    this.packer = new Packer(parts.config().pack());
    this.hands =
        new Hands(
            new Hands.Parts(
                parts.asking(), parts.admission(), parts.writers(), parts.wakeup(), parts.meters()),
            packer,
            executor,
            parts.config().concurrency());
  }

  /** What it works with. */
  record Parts(
      WorkerConfig config,
      ItemQueue queue,
      WithoutCall withoutCall,
      Terms terms,
      Enhancer enhancer,
      Admission admission,
      Asking asking,
      Writers writers,
      Wakeup wakeup,
      MeterRegistry meters) {}

  /** Who makes the calls. */
  Hands hands() {
    return hands;
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
      List<ClaimedItem> toAsk = with.withoutCall().settle(claims);
      // What was refused most often goes first: the others would leave no hand for it, claim after
      // claim, while it takes up room in each.
      Map<Integer, List<ClaimedItem>> byShift = new TreeMap<>(Comparator.reverseOrder());
      toAsk.forEach(item -> byShift.computeIfAbsent(shift(item), s -> new ArrayList<>()).add(item));
      byShift.forEach(
          (shift, items) -> byProfile(items).forEach((p, i) -> pack(shift, p, i, room)));
      with.queue().release(room.leftOver());
    } finally {
      // What was not used.
      with.admission().refund(room.model(), room.unusedCalls(), room.unusedTokens());
    }
    return room.busy();
  }

  /** Three refused answers in a row: the next model, and so on round the chain. */
  private int shift(ClaimedItem item) {
    return item.attempt() / with.config().refusalsBeforeSwitch();
  }

  private Map<Profile, List<ClaimedItem>> byProfile(List<ClaimedItem> items) {
    Map<Profile, List<ClaimedItem>> byProfile = new LinkedHashMap<>();
    items.forEach(
        item ->
            byProfile
                .computeIfAbsent(with.terms().profile(item), p -> new ArrayList<>())
                .add(item));
    return byProfile;
  }

  private void pack(int shift, Profile profile, List<ClaimedItem> items, Room room) {
    int frame = with.enhancer().frameTokens(profile);
    boolean exact = with.admission().largest(room.model()) != Long.MAX_VALUE;
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
      for (List<Sized> records : packer.packs(sized, room.plan(), room.callsLeft())) {
        send(
            Pack.of(profile, frame, records),
            room.ticket(charge(room.model(), frame, records)),
            room);
        records.forEach(record -> placed.add(record.item().id()));
      }
    }
    for (Sized record : sized) {
      if (!placed.contains(record.item().id())) {
        boolean needsItsOwn = shift > 0 || !packer.fits(record, room.plan());
        if (needsItsOwn && room.handsLeft() > 0) {
          sendAlone(shift, Pack.of(profile, frame, List.of(record)), room);
        } else {
          room.leave(record.item());
        }
      }
    }
  }

  private long charge(String model, int frame, List<Sized> records) {
    return charge(model, frame + records.stream().mapToInt(Sized::tokens).sum(), records.size());
  }

  /** Counted to the token only where tokens are limited. */
  private Sized sized(Profile profile, ClaimedItem item, boolean exact) {
    Question question = with.terms().question(item);
    return new Sized(
        item,
        question,
        exact ? with.enhancer().tokens(profile, question) : with.enhancer().tokensAtMost(question));
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
    room.busyOne();
    hands.send(pack, ticket, room.lease());
  }
}
