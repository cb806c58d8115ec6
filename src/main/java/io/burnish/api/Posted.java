package io.burnish.api;

import io.burnish.intake.BoundedBody;
import io.burnish.intake.Client;
import io.burnish.intake.Spool;
import io.burnish.intake.Spooled;
import io.burnish.job.SubmissionPermits;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A body that came whole and lies on disk, with the turn to read it. Closed when the request is
 * answered; but while a thread reads it, not before that ends: the client being gone makes it end
 * soon. Thread-safe.
 */
final class Posted implements AutoCloseable {

  private static final String KEY = Posted.class.getName();

  private final Spool spool;
  private final Client client;
  private final boolean gzipped;
  private final long limit;
  private final List<AutoCloseable> held = new ArrayList<>();
  private final Spooled raw;
  private @Nullable PartLimits parts;
  private boolean inUse;
  private boolean used;
  private boolean answered;

  /**
   * @param raw the body as it was sent
   * @param gzipped whether it is packed
   * @param limit of the body unpacked, in bytes
   */
  Posted(Spool spool, Client client, Spooled raw, boolean gzipped, long limit) {
    this.spool = spool;
    this.client = client;
    this.raw = raw;
    this.gzipped = gzipped;
    this.limit = limit;
    held.add(raw);
  }

  /** The body of this request; there is one on addresses that are {@link Spooling}. */
  static Posted of(RoutingContext request) {
    Posted posted = request.get(KEY);
    if (posted == null) {
      throw new IllegalStateException("the body of this request was not taken to disk");
    }
    return posted;
  }

  /** The same where only the framework's request is at hand; empty where there is none. */
  static Optional<Posted> in(ContainerRequestContext request) {
    return Optional.ofNullable((Posted) request.getProperty(KEY));
  }

  void attach(RoutingContext routing, ContainerRequestContext request) {
    routing.put(KEY, this);
    request.setProperty(KEY, this);
  }

  Client client() {
    return client;
  }

  /** Whether the form reader has it: it is a form, and no method uses it yet. */
  synchronized boolean isBeingReadAsForm() {
    return parts != null && !used;
  }

  /** The turn that it has, given back with it. */
  synchronized void has(SubmissionPermits.Permit turn) {
    held.add(turn);
    if (answered && !inUse) {
      closeAll();
    }
  }

  /** What a thread does with the body. */
  @FunctionalInterface
  interface Use<T> {
    T of(Posted posted);
  }

  /** Uses the body; it stays as long as that takes. */
  <T> T use(Use<T> use) {
    synchronized (this) {
      inUse = true;
      used = true;
    }
    try {
      return use.of(this);
    } finally {
      synchronized (this) {
        inUse = false;
        closeAll();
      }
    }
  }

  /** The body unpacked, on disk; gone with this. */
  Spooled unpacked() {
    if (!gzipped) {
      return raw;
    }
    return keep(spool.take(incoming(), client));
  }

  /** The body unpacked as it is read, bounded. */
  InputStream stream() {
    return new Unpacked();
  }

  /** Begins when it is first read, by then in a thread that may wait for the disk. */
  private final class Unpacked extends InputStream {

    private @Nullable InputStream begun;

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (begun == null) {
        begun = incoming().stream();
      }
      return begun.read(into, offset, length);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
  }

  /**
   * The same, for the form reader: parts and their headers are bounded too, and what the reader
   * writes to disk counts.
   */
  InputStream form(String boundary) {
    parts = new PartLimits(stream(), boundary, spool);
    return keep(parts);
  }

  /** Something small, on disk too; gone with this. */
  Spooled laidDown(byte[] bytes) {
    Spooled file = keep(spool.open(client));
    file.write(ByteBuffer.wrap(bytes));
    return file;
  }

  private BoundedBody incoming() {
    InputStream sent = raw.stream(0);
    return gzipped ? BoundedBody.gzipped(sent, limit) : BoundedBody.plain(sent, limit);
  }

  /** Has something closed with this. */
  synchronized <T extends AutoCloseable> T keep(T resource) {
    held.add(resource);
    return resource;
  }

  /** The request was answered, or its client is gone. */
  @Override
  public synchronized void close() {
    answered = true;
    if (!inUse) {
      closeAll();
    }
  }

  private void closeAll() {
    for (AutoCloseable resource : held) {
      try {
        resource.close();
      } catch (Exception e) {
        throw new IllegalStateException("a body could not be removed", e);
      }
    }
    held.clear();
  }
}
