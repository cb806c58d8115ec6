package io.burnish.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The network between the service and PostgreSQL. It can lose the acknowledgement of one commit, be
 * cut, and go silent. It reads PostgreSQL's protocol just far enough: the service must send its
 * statements as text ({@code prepareThreshold=0}).
 */
final class Wire implements AutoCloseable {

  /** CommandComplete of a commit (Source: PostgreSQL documentation, Message Formats). */
  private static final String ACKNOWLEDGED = "C\0\0\0\u000bCOMMIT\0";

  private final ServerSocket door;
  private final int target;
  private final Set<Line> lines = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Trap trap;

  Wire(int target) {
    try {
      this.door = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.target = target;
    thread(this::listen);
  }

  /** Where the service finds the database. */
  String url() {
    return Database.url(door.getLocalPort(), Environment.DATABASE) + "?prepareThreshold=0";
  }

  /** What becomes of a connection whose acknowledgement is lost. */
  enum Then {
    /** It stays, and nothing is ever heard on it again. */
    SILENT,
    /** It breaks. */
    CUT
  }

  /** The acknowledgement that is to be lost. */
  static final class Trap {

    private final String statement;
    private final Then then;
    private final CountDownLatch lost = new CountDownLatch(1);

    private Trap(String statement, Then then) {
      this.statement = statement;
      this.then = then;
    }

    /** Waits until the database has committed, and the service does not know. */
    void untilLost() throws InterruptedException {
      if (!lost.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError("nothing was committed that has to do with " + statement);
      }
    }
  }

  /** Loses the acknowledgement of the next commit in whose transaction this text was sent. */
  Trap loseAcknowledgement(String statement, Then then) {
    Trap set = new Trap(statement, then);
    trap = set;
    return set;
  }

  /** Breaks every connection; new ones work. */
  void cut() {
    lines.forEach(Line::close);
  }

  /** On every connection that is open now nothing is ever heard again; new ones work. */
  void goSilent() {
    lines.forEach(line -> line.silent = true);
  }

  private void listen() {
    while (!door.isClosed()) {
      try {
        Socket near = door.accept();
        Line line = new Line(near, new Socket(InetAddress.getLoopbackAddress(), target));
        lines.add(line);
        thread(line::sendOn);
        thread(line::answerBack);
      } catch (IOException e) {
        // The door was closed, or the database is away: the service sees a connection that ends.
      }
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "wire");
    thread.setDaemon(true);
    thread.start();
  }

  /** One connection. */
  private final class Line {

    private final Socket near;
    private final Socket far;
    private volatile boolean silent;
    private volatile String sent = "";

    Line(Socket near, Socket far) {
      this.near = near;
      this.far = far;
    }

    void sendOn() {
      pump(
          near,
          far,
          text -> {
            Trap set = trap;
            // Two chunks at a time, for a text may begin in one and end in the next.
            sent = set != null && sent.contains(set.statement) ? sent : tail(sent) + text;
            return true;
          });
    }

    private String tail(String text) {
      return text.substring(Math.max(0, text.length() - 200_000));
    }

    void answerBack() {
      pump(
          far,
          near,
          text -> {
            if (!text.contains(ACKNOWLEDGED)) {
              return true;
            }
            Trap set = trap;
            boolean lose = set != null && sent.contains(set.statement);
            sent = "";
            if (lose) {
              trap = null;
              lose(set);
            }
            return !lose;
          });
    }

    private void lose(Trap set) {
      switch (set.then) {
        case SILENT -> silent = true;
        case CUT -> close();
      }
      set.lost.countDown();
    }

    private void pump(Socket from, Socket to, java.util.function.Predicate<String> goesOn) {
      byte[] buffer = new byte[65_536];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          String text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
          if (!silent && goesOn.test(text)) {
            out.write(buffer, 0, read);
            out.flush();
          }
        }
      } catch (IOException e) {
        // One side is gone; so is the other, then.
      }
      if (!silent) {
        close();
      }
    }

    void close() {
      lines.remove(this);
      closed(near);
      closed(far);
    }
  }

  private static void closed(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}
