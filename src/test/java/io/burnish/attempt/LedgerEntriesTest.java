package io.burnish.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.ledger.LedgerEntry;
import io.burnish.models.call.CallRecord;
import io.burnish.provider.fault.ProviderFault;
import io.burnish.provider.fault.Truncated;
import io.burnish.provider.fault.Unusable;
import io.burnish.provider.wire.ChatAnswer;
import io.burnish.provider.wire.RateLimitHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LedgerEntriesTest {

  private static final String MODEL = "openai/gpt-oss-120b";

  @Test
  void an_answer_that_was_cut_off_has_its_text_and_its_tokens() {
    LedgerEntry entry = entry(new Truncated(answer("{\"records\":["), 200, "cut off"));

    assertThat(entry.outcome()).isEqualTo("truncated");
    assertThat(entry.promptTokens()).isEqualTo(1_678);
    assertThat(entry.completionTokens()).isEqualTo(61);
    assertThat(entry.cachedTokens()).isEqualTo(1_536);
    assertThat(entry.requestId()).isEqualTo("chatcmpl-1");
    assertThat(entry.rawAnswer()).isEqualTo("{\"records\":[");
  }

  @Test
  void an_answer_without_text_has_its_tokens_and_is_not_answered() {
    LedgerEntry entry = entry(new Unusable(answer(""), 200, "no text"));

    assertThat(entry.outcome()).isEqualTo("unusable");
    assertThat(entry.promptTokens()).isEqualTo(1_678);
    assertThat(entry.answered()).isFalse();
  }

  @Test
  void an_error_without_token_counts_keeps_its_text_and_counts_none() {
    LedgerEntry entry = entry(new Unusable(MODEL, 400, "Failed to generate JSON", "{\"records\""));

    assertThat(entry.httpStatus()).isEqualTo(400);
    assertThat(entry.promptTokens()).isZero();
    assertThat(entry.completionTokens()).isZero();
    assertThat(entry.rawAnswer()).isEqualTo("{\"records\"");
  }

  private static LedgerEntry entry(ProviderFault fault) {
    CallRecord made =
        new CallRecord(
            UUID.randomUUID(), MODEL, Optional.empty(), Optional.of(fault), Duration.ofMillis(7));
    return LedgerEntries.entry(made, List.of());
  }

  private static ChatAnswer answer(String content) {
    RateLimitHeaders unknown =
        new RateLimitHeaders(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new ChatAnswer(MODEL, content, 1_678, 61, 1_536, "chatcmpl-1", unknown);
  }
}
