package io.burnish.queue.item;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP call about an item, from the ledger.
 *
 * @param fence of the claim that made the call; the calls of one claim ask the same question, model
 *     by model
 * @param model the model that was called
 * @param refused whether the answer about the item was refused, which charged an attempt
 * @param outcome {@code answered}, or the kind of fault in lower case
 * @param records records in the call; 1: the item alone
 * @param answer what a refused answer said of the item, as JSON; null when it said nothing of it,
 *     and for any other call
 * @param errors why the answer was refused, a sentence each; empty for any other call
 * @param codes the code of each of {@code errors}, in their order; empty where a version before
 *     stored them
 * @param age time since the call was kept, by the database's clock
 */
public record PastCall(
    int fence,
    String model,
    boolean refused,
    String outcome,
    int records,
    @Nullable String answer,
    List<String> errors,
    List<String> codes,
    Duration age) {}
