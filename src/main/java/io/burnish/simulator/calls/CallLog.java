package io.burnish.simulator.calls;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.simulator.settings.SimulatorSettings;
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
 * The log of all answered calls. All are counted and the last ones kept. If a file is named, each
 * call is appended to it before the reply is sent, so that a process that ends loses none.
 * Thread-safe.
 */
public final class CallLog implements AutoCloseable {

  private final Deque<SimulatedCall> kept = new ArrayDeque<>();
  private final Map<String, CallCounters> counters = new TreeMap<>();
  private int keep;
  private long inFlight;
  private long mostInFlight;
  private Optional<Path> path = Optional.empty();
  private volatile @Nullable OutputStream file;

  /** Keeps the last calls, as many as the settings say. */
  public CallLog(SimulatorSettings settings) {
    change(settings);
  }

  /** Applies the number of calls to keep, and the file, of other settings. */
  public synchronized void change(SimulatorSettings settings) {
    keep = settings.keep();
    evictOldest();
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

  /** Counts a call that is not answered yet. */
  public synchronized void started() {
    inFlight++;
    mostInFlight = Math.max(mostInFlight, inFlight);
  }

  /** Adds a call, before its reply is sent. */
  public void add(SimulatedCall call) {
    byte[] line =
        file == null ? new byte[0] : (CallJson.of(call) + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (this) {
      inFlight--;
      counters.computeIfAbsent(call.model(), model -> new CallCounters()).add(call);
      kept.addLast(call);
      evictOldest();
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

  private void evictOldest() {
    while (kept.size() > keep) {
      kept.removeFirst();
    }
  }

  /** The calls that are kept, oldest first. */
  public synchronized List<SimulatedCall> calls() {
    return List.copyOf(kept);
  }

  /** Removes the kept calls and resets the counters; the file stays as it is. */
  public synchronized void clear() {
    kept.clear();
    counters.clear();
    mostInFlight = inFlight;
  }

  /** The counters by model, and the calls in flight. */
  public synchronized ObjectNode totals() {
    ObjectNode json = CompletionBody.JSON.createObjectNode();
    json.put("inFlight", inFlight).put("mostInFlight", mostInFlight);
    ObjectNode models = json.putObject("models");
    counters.forEach((model, counter) -> models.set(model, counter.json()));
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
