package io.burnish.api.body;

import io.burnish.intake.body.BoundedBody;
import io.burnish.intake.body.ClientConnection;
import io.burnish.intake.body.Spool;
import io.burnish.intake.body.SpooledBody;
import io.burnish.job.post.SubmissionPermits;
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
 * A complete body on disk, with the submission permit of its request. Closed when the response
 * ends, but not while a thread reads it; a disconnected client makes the thread end soon.
 * Thread-safe.
 */
public final class PostedBody implements AutoCloseable {

  private static final String KEY = PostedBody.class.getName();

  private final Spool spool;
  private final ClientConnection client;
  private final boolean gzipped;
  private final long limit;
  private final List<AutoCloseable> held = new ArrayList<>();
  private final SpooledBody raw;
  private @Nullable PartLimits parts;
  private boolean inUse;
  private boolean used;
  private boolean answered;

  /**
   * @param raw the body as it was sent
   * @param gzipped whether it is compressed
   * @param limit of the body after decompression, in bytes
   */
  PostedBody(Spool spool, ClientConnection client, SpooledBody raw, boolean gzipped, long limit) {
    this.spool = spool;
    this.client = client;
    this.raw = raw;
    this.gzipped = gzipped;
    this.limit = limit;
    held.add(raw);
  }

  /** The body of this request; endpoints that are {@link Spooling} have one. */
  public static PostedBody of(RoutingContext request) {
    PostedBody posted = request.get(KEY);
    if (posted == null) {
      throw new IllegalStateException("the body of this request was not spooled to disk");
    }
    return posted;
  }

  /** The same from the request of the framework; empty when there is none. */
  public static Optional<PostedBody> in(ContainerRequestContext request) {
    return Optional.ofNullable((PostedBody) request.getProperty(KEY));
  }

  void attach(RoutingContext routing, ContainerRequestContext request) {
    routing.put(KEY, this);
    request.setProperty(KEY, this);
  }

  /** The client that sends it; knows whether it has disconnected. */
  public ClientConnection client() {
    return client;
  }

  /** Whether the form reader reads it: it is a form, and no method uses it yet. */
  public synchronized boolean isBeingReadAsForm() {
    return parts != null && !used;
  }

  /** Adds the permit, which is released when this is closed. */
  synchronized void hold(SubmissionPermits.Permit permit) {
    held.add(permit);
    if (answered && !inUse) {
      closeAll();
    }
  }

  /** Work on the body. */
  @FunctionalInterface
  public interface Use<T> {
    T of(PostedBody posted);
  }

  /** Runs work on the body; the body is not closed before the work ends. */
  public <T> T use(Use<T> use) {
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

  /** The decompressed body, on disk; removed when this is closed. */
  public SpooledBody unpacked() {
    if (!gzipped) {
      return raw;
    }
    return keep(spool.write(bounded(), client));
  }

  /** The body, decompressed while it is read, up to the limit. */
  InputStream stream() {
    return new Decompressed();
  }

  /** Opens the file with the first read, when the thread may block on the disk. */
  private final class Decompressed extends InputStream {

    private @Nullable InputStream opened;

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (opened == null) {
        opened = bounded();
      }
      return opened.read(into, offset, length);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
  }

  /** The same for the form reader, with {@link PartLimits}. */
  InputStream form(String boundary) {
    parts = new PartLimits(stream(), boundary, spool);
    return keep(parts);
  }

  /** An empty file on disk for what the request names; it is removed when this is closed. */
  public SpooledBody scratch() {
    return keep(spool.create(client));
  }

  /** Stores a small part on disk too; it is removed when this is closed. */
  public SpooledBody spooled(byte[] bytes) {
    SpooledBody file = keep(spool.create(client));
    file.write(ByteBuffer.wrap(bytes));
    return file;
  }

  private BoundedBody bounded() {
    InputStream sent = raw.stream(0);
    return gzipped ? BoundedBody.gzipped(sent, limit) : BoundedBody.plain(sent, limit);
  }

  /** Adds a resource that is closed with this. */
  public synchronized <T extends AutoCloseable> T keep(T resource) {
    held.add(resource);
    return resource;
  }

  /** The response ended, or the client disconnected. */
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
        throw new IllegalStateException("cannot remove a body from disk", e);
      }
    }
    held.clear();
  }
}
