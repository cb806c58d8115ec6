package io.burnish.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.intake.body.MalformedBodyException;
import io.burnish.intake.body.SpooledBody;
import io.burnish.intake.records.InvalidJobException;
import io.burnish.intake.records.InvalidJobException.FieldError;
import io.burnish.intake.records.RecordReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A mutated body is accepted, or rejected in our own words. */
class MutatedBodiesPropertyTest {

  private static final String RECORD =
      "{\"discount_id\":\"1\",\"title\":\"שלום 🎁 20% off\",\"price\":1.50,\"club_name\":[\"a\",null,true]}";

  private static final List<String> BODIES =
      List.of(
          "[" + RECORD + ",\n " + RECORD + "]",
          "{\"name\":\"n\",\"profile\":\"discount\",\"mode\":\"enhance\",\"options\":{\"priority\":\"low\","
              + "\"dedupe\":\"id\",\"retryFailed\":true,\"rulesOff\":[]},\"records\":["
              + RECORD
              + "]}",
          "{\"files\":[{\"name\":\"a.json\",\"records\":[" + RECORD + "]}]}",
          RECORD + "\n" + RECORD + "\r\n\n" + RECORD);

  private static final List<String> INSERTED =
      List.of(
          "\"",
          "'",
          "\\",
          "\\u0000",
          "\\ud800",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "NaN",
          "-",
          "1e99999",
          "\n",
          "\u0000",
          "\uFEFF",
          "//",
          "null",
          "\"name\":1,",
          "\"records\":[],",
          "0",
          " ",
          "<",
          "é");

  /** A change of the bytes at a place, taken modulo their number. */
  private record Mutation(int place, int cut, byte[] inserted) {}

  @Provide
  Arbitrary<List<Mutation>> mutations() {
    Arbitrary<byte[]> inserted =
        Arbitraries.oneOf(
            Arbitraries.of(INSERTED).map(text -> text.getBytes(StandardCharsets.UTF_8)),
            Arbitraries.bytes().array(byte[].class).ofMaxSize(3));
    return Combinators.combine(
            Arbitraries.integers().between(0, 10_000),
            Arbitraries.integers().between(0, 4),
            inserted)
        .as(Mutation::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> bodies() {
    return Arbitraries.of(BODIES);
  }

  @Property(tries = 2_000)
  void a_mutated_body_is_accepted_or_rejected_in_our_own_words(
      @ForAll("bodies") String body, @ForAll("mutations") List<Mutation> mutations) {
    byte[] mutated = body.getBytes(StandardCharsets.UTF_8);
    for (Mutation mutation : mutations) {
      mutated = mutated(mutated, mutation);
    }

    try (SpooledBody spooled = Texts.spooled(mutated)) {
      accept(() -> JobReader.read(spooled, Texts.budget()));
      accept(() -> JobRequest.ofLines(RecordReader.readLines(spooled, Texts.budget()), Map.of()));
      accept(() -> JobRequest.ofFiles(spooled, List.of()));
    }
  }

  private static byte[] mutated(byte[] text, Mutation mutation) {
    int place = mutation.place() % (text.length + 1);
    int after = Math.min(text.length, place + mutation.cut());
    ByteArrayOutputStream mutated = new ByteArrayOutputStream();
    mutated.write(text, 0, place);
    mutated.writeBytes(mutation.inserted());
    mutated.write(text, after, text.length - after);
    return mutated.toByteArray();
  }

  private interface Reading {
    JobRequest job();
  }

  private static void accept(Reading reading) {
    try {
      JobRequest job = reading.job();
      job.requireValid();
      new NewItems(job, "simulated", 1_000).forEach(item -> assertThat(item.seq()).isNotNegative());
    } catch (MalformedBodyException e) {
      MalformedBodyTest.assertOwnWords(String.valueOf(e.getMessage()));
      assertThat(e.line()).isPositive();
      assertThat(e.column()).isPositive();
    } catch (InvalidJobException e) {
      assertThat(e.errors()).hasSizeBetween(1, 101);
      for (FieldError error : e.errors()) {
        MalformedBodyTest.assertOwnWords(error.message());
      }
    }
  }
}
