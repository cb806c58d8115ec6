package io.burnish.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.wire.CompletionBody;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every call that was answered. All are counted, the last ones remembered, and each is appended to
 * a file if one is named: handed to the operating system before the caller gets his reply, so that
 * the end of any process loses none. Thread-safe.
 */
final class CallLog implements AutoCloseable {

  private final Deque<SimulatedCall> remembered = new ArrayDeque<>();
  private final Map<String, CallCounters> tallies = new TreeMap<>();
  private int keep;
  private long inFlight;
  private long mostInFlight;
  private Optional<Path> path = Optional.empty();
  private volatile @Nullable OutputStream file;

  CallLog(SimulatorSettings settings) {
    change(settings);
  }

  /** Remembers so many from now on, and writes where the settings say. */
  synchronized void change(SimulatorSettings settings) {
    keep = settings.keep();
    forgetOldest();
    if (!path.equals(settings.log())) {
      close();
      path = settings.log();
      file = path.map(CallLog::open).orElse(null);
    }
  }

  private static OutputStream open(Path path) {
    try {
      return Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("the log of calls can't be written to " + path, e);
    }
  }

  /** A call came and is not answered yet. */
  synchronized void came() {
    inFlight++;
    mostInFlight = Math.max(mostInFlight, inFlight);
  }

  /** A call is about to be answered. */
  void add(SimulatedCall call) {
    byte[] line =
        file == null ? new byte[0] : (CallJson.of(call) + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (this) {
      inFlight--;
      tallies.computeIfAbsent(call.model(), model -> new CallCounters()).add(call);
      remembered.addLast(call);
      forgetOldest();
      write(line);
    }
  }

  private void write(byte[] line) {
    try {
      OutputStream open = file;
      if (open != null) {
        open.write(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the log of calls can't be written", e);
    }
  }

  private void forgetOldest() {
    while (remembered.size() > keep) {
      remembered.removeFirst();
    }
  }

  /** Those that are remembered, oldest first. */
  synchronized List<SimulatedCall> calls() {
    return List.copyOf(remembered);
  }

  /** Forgets and counts from zero; the file keeps what it has. */
  synchronized void forget() {
    remembered.clear();
    tallies.clear();
    mostInFlight = inFlight;
  }

  /** What was counted, by model, and the calls that are not answered yet. */
  synchronized ObjectNode totals() {
    ObjectNode json = CompletionBody.JSON.createObjectNode();
    json.put("inFlight", inFlight).put("mostInFlight", mostInFlight);
    ObjectNode models = json.putObject("models");
    tallies.forEach((model, tally) -> models.set(model, tally.json()));
    return json;
  }

  @Override
  public synchronized void close() {
    try {
      OutputStream open = file;
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the log of calls can't be closed", e);
    }
  }
}
