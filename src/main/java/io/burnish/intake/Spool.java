package io.burnish.intake;

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
 * Keeps request bodies on disk, because none is ever held whole in memory, and bounds what they
 * take there together. Thread-safe.
 */
@Singleton
public class Spool {

  private static final int BUFFER = 64 * 1024;

  private final IntakeConfig config;
  private final SpoolDirectory directory;
  private final AtomicLong onDisk = new AtomicLong();

  Spool(IntakeConfig config, SpoolDirectory directory) {
    this.config = config;
    this.directory = directory;
  }

  /** The largest body that is taken, in bytes, unpacked. */
  public long maxBody() {
    return config.maxBody().asLongValue();
  }

  /** Bodies that may be taken in at the same time. */
  public int uploadsAtOnce() {
    return config.uploadsAtOnce();
  }

  /** Bytes that a body must bring in each {@link #rateOver()}; 0: no limit. */
  public long leastBytes() {
    return config.leastRate().asLongValue() * config.rateOver().toSeconds();
  }

  /** Time over which the rate of a body is measured. */
  public Duration rateOver() {
    return config.rateOver();
  }

  /** Parts that a multipart body may have. */
  public int maxFiles() {
    return config.maxFiles();
  }

  /**
   * Takes bytes of the disk, before they are written there.
   *
   * @throws InsufficientStorageException when all bodies together would take more than they may
   */
  public void reserve(long bytes) {
    long most = config.maxOnDisk().asLongValue();
    if (onDisk.addAndGet(bytes) > most) {
      onDisk.addAndGet(-bytes);
      throw new InsufficientStorageException(most);
    }
  }

  /** Gives back what was reserved. */
  public void release(long bytes) {
    onDisk.addAndGet(-bytes);
  }

  /** What is reserved now, in bytes. */
  public long onDisk() {
    return onDisk.get();
  }

  /**
   * Copies a body to disk, to its end.
   *
   * @return what the caller must close
   * @throws InsufficientStorageException when the disk does not take it
   */
  public SpooledBody write(BoundedBody body, ClientConnection client) {
    SpooledBody spooled = create(client);
    try {
      byte[] buffer = new byte[BUFFER];
      for (int read = body.read(buffer, 0, buffer.length); read >= 0; read = body.read(buffer, 0, buffer.length)) {
        spooled.write(ByteBuffer.wrap(buffer, 0, read));
      }
      return spooled;
    } catch (RuntimeException e) {
      spooled.close();
      throw e;
    }
  }

  /**
   * An empty file to write into. It has no name any more once it is open (on Windows, once it is
   * closed), so that not even a killed process leaves it behind.
   *
   * @throws InsufficientStorageException when there can be none
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
    directory.leave();
  }
}
