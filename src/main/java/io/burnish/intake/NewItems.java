package io.burnish.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.intake.records.RawRecord;
import io.burnish.intake.records.RecordList;
import io.burnish.job.spec.JobMode;
import io.burnish.job.spec.JobOptions.Dedupe;
import io.burnish.profile.Profile;
import io.burnish.profile.Profiles;
import io.burnish.profile.Violation;
import io.burnish.queue.item.NewItem;
import io.burnish.record.Fingerprint;
import io.burnish.record.RecordJson;
import io.burnish.record.SourceRecord;
import io.burnish.record.StorableText;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The items of a requested job, in input order. Each iteration reads the spooled body and makes the
 * items one by one, because a batch may be larger than memory.
 */
final class NewItems implements Iterable<NewItem> {

  private static final String TOO_LARGE = "record_too_large";

  /** In UTF-8, of one UTF-16 unit, in bytes. */
  private static final int LONGEST_CHARACTER = 3;

  private static final List<String> KEY_NOT_STORABLE =
      List.of(
          "the record's id has a NUL character or half a surrogate pair, so it can't be stored: give it another");

  private final JobRequest request;
  private final Profile profile;
  private final String namespace;
  private final long maxRecord;
  private final RecordFilter filter;
  private int filtered;

  /**
   * @param namespace of the fingerprints: the provider is part of it, so that a simulated answer is
   *     never reused as a real one, and the owner
   */
  NewItems(JobRequest request, String namespace, long maxRecord) {
    this.request = request;
    this.maxRecord = maxRecord;
    this.profile = Profiles.named(request.options().profile).orElseThrow();
    this.namespace = namespace;
    this.filter = request.options().filter;
  }

  /** Records that the filter left out so far. */
  int filtered() {
    return filtered;
  }

  /** A list of records, and the ordinal of its file; null when it came in none. */
  private record Section(@Nullable RecordList records, @Nullable Integer file) {}

  @Override
  public Iterator<NewItem> iterator() {
    List<Section> sections =
        request.files() == null
            ? List.of(new Section(request.records(), null))
            : IntStream.range(0, request.files().size())
                .mapToObj(i -> new Section(request.files().get(i).records(), i))
                .toList();
    return new Items(sections.stream().filter(section -> section.records() != null).iterator());
  }

  private final class Items implements Iterator<NewItem> {

    private final Iterator<Section> sections;
    private Iterator<RawRecord> records = List.<RawRecord>of().iterator();
    private @Nullable Integer file;
    private @Nullable RawRecord next;
    private int seq;

    Items(Iterator<Section> sections) {
      this.sections = sections;
    }

    @Override
    public boolean hasNext() {
      while (next == null && hasRecord()) {
        RawRecord record = records.next();
        if (seq < filter.maxResults() && filter.matches(record, profile)) {
          next = record;
        } else {
          filtered++;
        }
      }
      return next != null;
    }

    private boolean hasRecord() {
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
      RawRecord record = Objects.requireNonNull(next);
      next = null;
      return item(record, seq++, file);
    }
  }

  private NewItem item(RawRecord raw, int seq, @Nullable Integer file) {
    if (raw.tooLarge() != null) {
      return NewItem.tooLarge(
          seq, file, raw.tooLarge(), TOO_LARGE, List.of(tooLarge(raw.tooLarge().size())));
    }
    JsonNode value = Objects.requireNonNull(raw.value());
    String json = RecordJson.write(value);
    if (!(value instanceof ObjectNode object)) {
      return NewItem.failed(
          seq, file, json, null, "not_an_object", List.of("a record must be a JSON object"));
    }
    if (json.length() > maxRecord / LONGEST_CHARACTER && bytes(json) > maxRecord) {
      return NewItem.failed(seq, file, json, null, TOO_LARGE, List.of(tooLarge(bytes(json))));
    }
    return item(new SourceRecord(json, object), seq, file);
  }

  private String tooLarge(long bytes) {
    return "the record has %,d bytes; a record may have %,d at most (burnish.intake.max-record)"
        .formatted(bytes, maxRecord);
  }

  private static int bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8).length;
  }

  private NewItem item(SourceRecord source, int seq, @Nullable Integer file) {
    String key = profile.key(source).orElse(null);
    if (key != null && !StorableText.is(key)) {
      return NewItem.failed(seq, file, source.json(), null, "key_not_storable", KEY_NOT_STORABLE);
    }
    List<Violation> violations =
        request.options().mode == JobMode.STORE
            ? profile.checkEnhanced(source)
            : profile.admit(source, request.options().jobOptions.rulesOff());
    if (!violations.isEmpty()) {
      return NewItem.failed(
          seq,
          file,
          source.json(),
          key,
          violations.get(0).rule(),
          violations.stream().map(Violation::sentence).toList());
    }
    if (request.options().mode == JobMode.STORE) {
      return NewItem.stored(
          seq,
          file,
          source.json(),
          key,
          Fingerprint.of(
              "stored/" + namespace, profile.name(), profile.version(), "", source.tree()));
    }
    return NewItem.ready(seq, file, source.json(), key, fingerprint(source));
  }

  /** The fingerprint by which duplicates are found; null when they are not looked for. */
  private @Nullable Fingerprint fingerprint(SourceRecord source) {
    Dedupe dedupe = request.options().jobOptions.dedupe();
    return switch (dedupe) {
      case CONTENT -> profile.fingerprint(namespace, source);
      case ID ->
          profile
              .key(source)
              .map(key -> Fingerprint.ofKey(namespace, profile.name(), key))
              .orElseGet(() -> profile.fingerprint(namespace, source));
      case NONE -> null;
    };
  }
}
