import java.util.List;

/** What costs a naive server its memory, its threads or its disk. */
final class Heavy {

  private final Service service;
  private final Aftermath aftermath;

  Heavy(Service service, Aftermath aftermath) {
    this.service = service;
    this.aftermath = aftermath;
  }

  List<String> run() {
    return List.of();
  }
}
