package io.burnish.intake;

import io.burnish.intake.InvalidJobException.Mistake;
import io.burnish.job.JobMode;
import io.burnish.job.JobOptions.Dedupe;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.queue.NewItem;
import io.burnish.record.Fingerprint;
import io.burnish.record.SourceRecord;
import io.burnish.validation.Violation;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The items of a posted job, in input order, made as they are asked for: a batch is larger than
 * memory. Each iteration reads the body again.
 */
final class NewItems implements Iterable<NewItem> {

  private final PostedJob posted;
  private final Profile profile;
  private final String provider;

  NewItems(PostedJob posted, String provider) {
    this.posted = posted;
    this.profile = Profiles.named(posted.terms().profile).orElseThrow();
    this.provider = provider;
  }

  /** A list of records, and the ordinal of the file that it is. */
  private record Section(@Nullable RecordList records, @Nullable Integer file) {}

  @Override
  public Iterator<NewItem> iterator() {
    List<Section> sections =
        posted.files() == null
            ? List.of(new Section(posted.records(), null))
            : IntStream.range(0, posted.files().size())
                .mapToObj(i -> new Section(posted.files().get(i).records(), i))
                .toList();
    return new Items(sections.stream().filter(section -> section.records() != null).iterator());
  }

  private final class Items implements Iterator<NewItem> {

    private final Iterator<Section> sections;
    private Iterator<RawRecord> records = List.<RawRecord>of().iterator();
    private @Nullable Integer file;
    private int seq;

    Items(Iterator<Section> sections) {
      this.sections = sections;
    }

    @Override
    public boolean hasNext() {
      while (!records.hasNext() && sections.hasNext()) {
        Section section = sections.next();
        records = section.records().iterator();
        file = section.file();
      }
      return records.hasNext();
    }

    @Override
    public NewItem next() {
      if (!hasNext()) {
        throw new NoSuchElementException("there is no further record");
      }
      return item(records.next(), seq++, file);
    }
  }

  private NewItem item(RawRecord raw, int seq, @Nullable Integer file) {
    if (!raw.object()) {
      return NewItem.failed(
          seq, file, raw.json(), null, "not_an_object", List.of("a record must be a JSON object"));
    }
    SourceRecord source = source(raw, seq);
    String key = profile.key(source).orElse(null);
    List<Violation> violations =
        posted.terms().mode == JobMode.STORE
            ? profile.checkEnhanced(source)
            : profile.admit(source, posted.terms().options.rulesOff());
    if (!violations.isEmpty()) {
      return NewItem.failed(
          seq,
          file,
          raw.json(),
          key,
          violations.get(0).rule(),
          violations.stream().map(Violation::sentence).toList());
    }
    if (posted.terms().mode == JobMode.STORE) {
      return NewItem.stored(
          seq,
          file,
          raw.json(),
          key,
          Fingerprint.of("stored", profile.name(), profile.version(), "", source.tree()));
    }
    return NewItem.ready(seq, file, raw.json(), key, shared(source));
  }

  /** A text may be JSON and still be beyond all measure, such as a number of 2,000 digits. */
  private static SourceRecord source(RawRecord raw, int seq) {
    try {
      return SourceRecord.of(raw.json());
    } catch (IllegalArgumentException e) {
      throw new InvalidJobException(
          List.of(new Mistake("records[%d]".formatted(seq), String.valueOf(e.getMessage()))));
    }
  }

  /**
   * By what the record is the same as others. An answer of the simulated provider must never be
   * taken for a real one: each provider's records are known apart.
   */
  private @Nullable Fingerprint shared(SourceRecord source) {
    Dedupe dedupe = posted.terms().options.dedupe();
    return switch (dedupe) {
      case CONTENT -> profile.fingerprint(provider, source);
      case ID ->
          profile
              .key(source)
              .map(key -> Fingerprint.ofKey(provider, profile.name(), key))
              .orElseGet(() -> profile.fingerprint(provider, source));
      case NONE -> null;
    };
  }
}
