package io.burnish.dispatch;

import io.burnish.attempt.CallAttempt;
import io.burnish.attempt.CallAttempt.Ticket;
import io.burnish.attempt.InternalErrors;
import io.burnish.attempt.OutcomePolicy;
import io.burnish.attempt.Pack;
import io.burnish.attempt.Pack.Company;
import io.burnish.attempt.Pack.Sized;
import io.burnish.attempt.RecordHistory;
import io.burnish.completion.BatchWriters;
import io.burnish.dedup.JobSpecs;
import io.burnish.enhancement.Enhancer;
import io.burnish.enhancement.Question;
import io.burnish.loops.Signal;
import io.burnish.models.Admission;
import io.burnish.models.Admission.Admitted;
import io.burnish.profile.Profile;
import io.burnish.queue.ClaimedItem;
import io.burnish.queue.ItemQueue;
import io.burnish.queue.Outcome;
import io.burnish.queue.Outcome.Failed;
import io.burnish.queue.Outcome.Parked;
import io.burnish.queue.WaitReason;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;

/**
 * From claims to calls: resolves what needs no call, packs the others, and starts a call for each
 * pack. What finds no room goes back unharmed.
 */
public final class Dispatcher {

  /** So few re-asks do not make a call of their own while there is other work to share one with. */
  private static final int FEW_REASKS = 3;

  private final Parts with;
  private final CallExecutor hands;
  private final Packer packer;

  public Dispatcher(Parts parts, Executor executor) {
    this.with = parts;
    this.packer = new Packer(parts.config().pack());
    this.hands =
        new CallExecutor(
            new CallExecutor.Parts(
                parts.asking(),
                parts.admission(),
                parts.writers(),
                parts.errors(),
                parts.wakeup(),
                parts.meters()),
            packer,
            executor,
            parts.config().concurrency());
  }

  /** What it works with. */
  public record Parts(
      DispatchConfig config,
      ItemQueue queue,
      CallFreeResolver withoutCall,
      JobSpecs terms,
      Enhancer enhancer,
      Admission admission,
      CallAttempt asking,
      OutcomePolicy judging,
      BatchWriters writers,
      InternalErrors errors,
      Signal wakeup,
      MeterRegistry meters) {}

  /** Who makes the calls. */
  public CallExecutor hands() {
    return hands;
  }

  /** What the next calls to a model should be like. */
  public Packer.Plan plan(String model) {
    return packer.plan(
        model,
        (promptTokens, records) -> charge(model, promptTokens, records),
        with.admission().largest(model));
  }

  /** What a call as planned is charged at admission. */
  public long charge(String model, Packer.Plan plan) {
    return charge(model, plan.promptTokens(), plan.records());
  }

  private long charge(String model, int promptTokens, int records) {
    return with.admission().charge(model, promptTokens, Enhancer.answerTokens(records));
  }

  /**
   * Starts the calls about what was claimed. Permits of calls that began are used when this
   * returns, and when it throws.
   *
   * @param room what was admitted for the claims
   */
  public void hand(List<ClaimedItem> claims, CallBudget room) {
    try {
      List<Group> groups = groups(with.withoutCall().settle(claims));
      if (groups.stream().noneMatch(group -> group.models().contains(room.model()))) {
        // With fixed pacing one call at a time is admitted: no other model is while this one is.
        giveBack(room);
      }
      groups.forEach(group -> place(group, room));
      with.queue().release(room.leftOver());
    } finally {
      giveBack(room);
    }
  }

  private void giveBack(CallBudget room) {
    int calls = room.unusedCalls();
    long tokens = room.unusedTokens();
    room.close();
    with.admission().refund(room.model(), calls, tokens);
  }

  /** Records of one profile that the same models may be asked about. */
  private record Group(Profile profile, List<String> models, List<ClaimedItem> items) {}

  /**
   * Those with few models left first: the others would leave no call for them, claim after claim,
   * while they take up room in each.
   */
  private List<Group> groups(List<ClaimedItem> items) {
    Map<List<Object>, Group> groups = new LinkedHashMap<>();
    for (ClaimedItem item : items) {
      Profile profile = with.terms().profile(item);
      List<String> models = with.judging().targets(RecordHistory.of(item));
      if (models.isEmpty()) {
        noModelLeft(item);
      } else {
        groups
            .computeIfAbsent(
                List.of(profile.name(), models), k -> new Group(profile, models, new ArrayList<>()))
            .items()
            .add(item);
      }
    }
    return joined(List.copyOf(groups.values()));
  }

  /**
   * Re-asks that have fewer models left take along those that have more, if all fit in one call:
   * its instructions are paid once.
   */
  private List<Group> joined(List<Group> groups) {
    List<Group> byModels =
        groups.stream().sorted(Comparator.comparing(group -> group.models().size())).toList();
    for (int i = 0; i < byModels.size(); i++) {
      Group few = byModels.get(i);
      if (few.items().isEmpty()) {
        continue;
      }
      for (Group more : byModels.subList(i + 1, byModels.size())) {
        List<ClaimedItem> along =
            more.items().stream().filter(item -> RecordHistory.of(item).isRefused()).toList();
        if (few.profile().equals(more.profile())
            && more.models().size() > few.models().size()
            && more.models().containsAll(few.models())
            && few.items().size() + along.size() <= with.config().pack()) {
          few.items().addAll(along);
          more.items().removeAll(along);
        }
      }
    }
    return byModels.stream().filter(group -> !group.items().isEmpty()).toList();
  }

  /** The models that could still be asked are configured no more. */
  private void noModelLeft(ClaimedItem item) {
    write(
        Outcome.withoutCall(
            item,
            OutcomePolicy.failed(
                item,
                "no_model_left",
                List.of("every model of BURNISH_MODELS had its tries about the record"),
                null)));
  }

  private void place(Group group, CallBudget room) {
    if (room.admitsNothing() || group.models().contains(room.model())) {
      pack(group, room);
    } else if (room.permits().left() > 0) {
      placeElsewhere(group, room);
    } else {
      group.items().forEach(room::leave);
    }
  }

  /** The admitted model had its tries about these: another one is asked. */
  private void placeElsewhere(Group group, CallBudget admitted) {
    CallBudget.Permits permits = admitted.permits();
    int records = group.items().size();
    Admitted own =
        with.admission()
            .admit(
                group.models()::contains,
                model -> {
                  Packer.Plan plan = plan(model);
                  int calls = (records + plan.records() - 1) / plan.records();
                  return new Admission.Wish(Math.min(permits.left(), calls), charge(model, plan));
                });
    if (own.calls() == 0) {
      with.writers()
          .outcomes(
              group.items().stream()
                  .filter(item -> !mayBeAsked(admitted.model(), item))
                  .map(i -> Outcome.withoutCall(i, new Parked(WaitReason.QUOTA, own.waitTime())))
                  .toList());
      group.items().stream()
          .filter(item -> mayBeAsked(admitted.model(), item))
          .forEach(admitted::leave);
      return;
    }
    CallBudget room = new CallBudget(own, plan(own.model()), permits);
    try {
      pack(group, room);
      with.queue().release(room.leftOver());
    } finally {
      giveBack(room);
    }
  }

  private boolean mayBeAsked(String model, ClaimedItem item) {
    return with.judging().targets(RecordHistory.of(item)).contains(model);
  }

  private void pack(Group group, CallBudget room) {
    Profile profile = group.profile();
    int frame = with.enhancer().frameTokens(profile);
    packer.frame(frame);
    List<Sized> sized = sized(group, room.model());
    Set<Long> placed = new HashSet<>();
    for (List<Sized> records : packer.packs(sized, room.plan(), room.callsLeft())) {
      send(
          Pack.of(profile, frame, records),
          room.ticket(charge(room.model(), frame, records)),
          room.permits());
      records.forEach(record -> placed.add(record.item().id()));
    }
    for (Sized record : sized) {
      if (placed.contains(record.item().id())) {
        continue;
      }
      if (!packer.fits(record, room.plan()) && room.permits().left() > 0) {
        Pack alone = Pack.of(profile, frame, List.of(record));
        sendAlone(group.models()::contains, alone, room.permits());
      } else {
        room.leave(record.item());
      }
    }
  }

  private long charge(String model, int frame, List<Sized> records) {
    return charge(model, frame + records.stream().mapToInt(Sized::tokens).sum(), records.size());
  }

  /** In the order in which they are served: those that go alone would be left over each time. */
  private List<Sized> sized(Group group, String model) {
    boolean exact = with.admission().largest(model) != Long.MAX_VALUE;
    List<Sized> sized = new ArrayList<>();
    for (ClaimedItem item : group.items()) {
      try {
        sized.add(sized(group.profile(), item, model, exact));
      } catch (RuntimeException | Error e) {
        with.errors().after(item, e).ifPresent(this::write);
      }
    }
    long reasks = sized.stream().filter(record -> record.company().reask()).count();
    boolean mix = reasks <= FEW_REASKS && sized.size() > reasks;
    return sized.stream()
        .map(record -> mix ? mixed(record) : record)
        .sorted(
            Comparator.comparing((Sized record) -> record.company().most())
                .thenComparing(record -> !record.company().reask())
                .thenComparing(record -> record.item().attempt()))
        .toList();
  }

  private static Sized mixed(Sized record) {
    Company company = new Company(record.company().most(), false);
    return new Sized(record.item(), record.question(), record.tokens(), company);
  }

  /** Counted to the token only where tokens are limited. */
  private Sized sized(Profile profile, ClaimedItem item, String model, boolean exact) {
    Question question = with.terms().question(item);
    RecordHistory history = RecordHistory.of(item);
    return new Sized(
        item,
        question,
        exact ? with.enhancer().tokens(profile, question) : with.enhancer().tokensAtMost(question),
        new Company(history.goesAlone(model) ? 1 : item.maxPack(), history.isRefused()));
  }

  /** A record that is too long for the calls as planned. */
  private void sendAlone(Predicate<String> models, Pack pack, CallBudget.Permits permits) {
    Admitted own =
        with.admission()
            .admit(
                models,
                model -> new Admission.Wish(1, charge(model, pack.promptTokens(), pack.size())));
    ClaimedItem item = pack.items().get(0);
    if (own.calls() == 1) {
      send(pack, new Ticket(own.model(), own.tokensEach()), permits);
    } else if (own.neverFits()) {
      write(Outcome.withoutCall(item, new Failed("too_large", List.of(own.waitingFor()), null)));
    } else {
      write(Outcome.withoutCall(item, new Parked(WaitReason.QUOTA, own.waitTime())));
    }
  }

  private void write(Outcome outcome) {
    with.writers().outcomes(List.of(outcome));
  }

  private void send(Pack pack, Ticket ticket, CallBudget.Permits permits) {
    try {
      hands.send(pack, ticket, permits);
    } catch (RejectedExecutionException e) {
      with.admission().refund(ticket.model(), 1, ticket.reserved().getAndSet(0));
      throw e;
    }
  }
}
