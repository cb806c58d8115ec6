package io.burnish.intake.body;

import io.burnish.metrics.ServiceMeters;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps request bodies on disk, because none is ever held whole in memory, and limits the space
 * that they take together. Thread-safe.
 */
@Singleton
public class Spool {

  private static final int BUFFER = 64 * 1024;

  private final IntakeConfig config;
  private final SpoolDirectory directory;
  private final ServiceMeters meters;
  private final AtomicLong onDisk = new AtomicLong();

  Spool(IntakeConfig config, SpoolDirectory directory, ServiceMeters meters) {
    this.meters = meters;
    this.config = config;
    this.directory = directory;
  }

  /** Largest body, in bytes, unpacked. */
  public long maxBody() {
    return config.maxBody().asLongValue();
  }

  /** Most bodies that are received at the same time. */
  public int uploadsAtOnce() {
    return config.uploadsAtOnce();
  }

  /** Fewest bytes of a body in each {@link #rateOver()}; 0: no limit. */
  public long leastBytes() {
    return config.leastRate().asLongValue() * config.rateOver().toSeconds();
  }

  /** Time over which the rate of a body is measured. */
  public Duration rateOver() {
    return config.rateOver();
  }

  /** Most parts of a multipart body. */
  public int maxFiles() {
    return config.maxFiles();
  }

  /**
   * Reserves disk space, before it is written to.
   *
   * @throws InsufficientStorageException when all bodies together would take more than {@code
   *     burnish.intake.max-on-disk}
   */
  public void reserve(long bytes) {
    long limit = config.maxOnDisk().asLongValue();
    if (onDisk.addAndGet(bytes) > limit) {
      onDisk.addAndGet(-bytes);
      throw new InsufficientStorageException(limit);
    }
  }

  /** A body of so many bytes was received; for the metrics. */
  public void received(long bytes) {
    meters.received(bytes);
  }

  /** Releases reserved disk space. */
  public void release(long bytes) {
    onDisk.addAndGet(-bytes);
  }

  /** Disk space reserved now, in bytes. */
  public long onDisk() {
    return onDisk.get();
  }

  /**
   * Copies a whole body to disk.
   *
   * @return the body on disk, which the caller closes
   * @throws InsufficientStorageException when it can't be written
   */
  public SpooledBody write(BoundedBody body, ClientConnection client) {
    SpooledBody spooled = create(client);
    try {
      byte[] buffer = new byte[BUFFER];
      for (int read = body.read(buffer, 0, buffer.length);
          read >= 0;
          read = body.read(buffer, 0, buffer.length)) {
        spooled.write(ByteBuffer.wrap(buffer, 0, read));
      }
      return spooled;
    } catch (RuntimeException e) {
      spooled.close();
      throw e;
    }
  }

  /**
   * An empty file to write to. Its name is deleted as soon as it is open (on Windows, when it is
   * closed), so that a killed process leaves no file behind.
   *
   * @throws InsufficientStorageException when it can't be created
   */
  public SpooledBody create(ClientConnection client) {
    try {
      Path file = Files.createTempFile(directory.path(), "burnish-", ".body");
      return new SpooledBody(
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE),
          this,
          client);
    } catch (IOException e) {
      throw new InsufficientStorageException(e);
    }
  }

  @PreDestroy
  void stop() {
    directory.unlock();
  }
}
