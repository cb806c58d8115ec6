package io.burnish.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.provider.ProviderFault.Kind;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real REST client against a server that does what it is told. The application has to run, for
 * the client is generated at build time.
 */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresqlResource.class)
class GroqClientTest {

  private static final String MODEL = "openai/gpt-oss-120b";
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

  @Inject Instance<OfflineProvider> offline;

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  /** A request as it came in. */
  record Received(String path, Map<String, List<String>> headers, String body) {}

  /** What the server does with a request. */
  @FunctionalInterface
  interface Manner {
    void answer(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void close() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void given(Manner manner) {
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          received.add(
              new Received(
                  exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                  exchange.getRequestHeaders(),
                  body));
          manner.answer(exchange);
        });
  }

  private static Manner answering(int status, String body, Map<String, String> headers) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      headers.forEach(exchange.getResponseHeaders()::add);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    };
  }

  private void given(int status, String recording) {
    given(answering(status, Recording.body(recording), Map.of()));
  }

  /** A service that was given a key and this server's address. */
  private record Settings(URI baseUrl, Duration readTimeout) implements ProviderConfig {
    @Override
    public ProviderKind kind() {
      return ProviderKind.GROQ;
    }

    @Override
    public Optional<String> apiKey() {
      return Optional.of("gsk_secret");
    }

    @Override
    public Duration connectTimeout() {
      return Duration.ofSeconds(30);
    }

    @Override
    public MemorySize maxResponse() {
      return new MemorySize(BigInteger.valueOf(4_000_000));
    }
  }

  private GroqClient client(Duration readTimeout) {
    URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + "/openai/v1");
    Settings settings = new Settings(uri, readTimeout);
    return new GroqClient(
        new GroqApiProducer().connections(settings, offline, "1.2.3"),
        Clock.fixed(NOW, ZoneOffset.UTC),
        settings);
  }

  private static ChatRequest question() {
    ObjectMapper json = new ObjectMapper();
    return ChatRequest.of(
        MODEL, new ChatPrompt("Answer in JSON.", "{\"records\":[]}", json.createObjectNode(), 400));
  }

  private static TimeLimit limit() {
    return TimeLimit.begin(Duration.ofSeconds(60), "a.setting");
  }

  private ChatAnswer ask() {
    return client(Duration.ofSeconds(60)).complete(question(), limit());
  }

  private ProviderFault fault() {
    return fault(Duration.ofSeconds(60));
  }

  private ProviderFault fault(Duration readTimeout) {
    return catchThrowableOfType(
        ProviderFault.class, () -> client(readTimeout).complete(question(), limit()));
  }

  @Test
  void a_call_says_who_it_is_and_posts_the_request_as_it_is() throws IOException {
    given(200, "ok.json");

    ask();

    assertThat(received).hasSize(1);
    Received call = received.get(0);
    assertThat(call.path()).isEqualTo("POST /openai/v1/chat/completions");
    assertThat(call.headers().get("Authorization")).containsExactly("Bearer gsk_secret");
    assertThat(call.headers().get("User-Agent")).containsExactly("Burnish/1.2.3");
    assertThat(call.headers().get("Content-Type"))
        .singleElement()
        .satisfies(type -> assertThat(type).startsWith("application/json"));
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(call.body())).isEqualTo(json.valueToTree(question()));
  }

  @Test
  void an_answer_brings_text_usage_cached_tokens_and_limits() {
    given(
        answering(
            200,
            Recording.body("ok.json"),
            Map.of(
                "x-ratelimit-limit-requests", "1000",
                "x-ratelimit-remaining-tokens", "5195",
                "x-ratelimit-reset-tokens", "21.037s")));

    ChatAnswer answer = ask();

    assertThat(answer.model()).isEqualTo(MODEL);
    assertThat(answer.content()).startsWith("{\"records\":[{\"ref\":1,\"price\":20,");
    assertThat(answer.promptTokens()).isEqualTo(1_678);
    assertThat(answer.completionTokens()).isEqualTo(61);
    assertThat(answer.cachedTokens()).isEqualTo(1_536);
    assertThat(answer.requestId()).isEqualTo("chatcmpl-a79f596a-0c0f-4f6f-8a55-0b8a3a0d2f11");
    assertThat(answer.rateLimits().requestsPerDay()).contains(1_000L);
    assertThat(answer.rateLimits().remainingTokens()).contains(5_195L);
    assertThat(answer.rateLimits().tokensFullIn()).contains(Duration.ofMillis(21_037));
    assertThat(answer.rateLimits().tokensPerMinute()).isEmpty();
  }

  @Test
  void fields_that_nobody_knows_are_passed_over_and_no_hit_means_no_cached_tokens() {
    given(200, "ok-unknown-fields.json");

    ChatAnswer answer = ask();

    assertThat(answer.content()).contains("\"ref\":1");
    assertThat(answer.promptTokens()).isEqualTo(16);
    assertThat(answer.completionTokens()).isEqualTo(19);
    assertThat(answer.cachedTokens()).isZero();
  }

  @Test
  void an_answer_without_id_and_usage_is_an_answer() {
    given(200, "ok-bare.json");

    ChatAnswer answer = ask();

    assertThat(answer.content()).contains("\"ref\":1");
    assertThat(answer.promptTokens()).isZero();
    assertThat(answer.requestId()).isEmpty();
  }

  @Test
  void an_answer_that_ends_at_the_maximum_is_truncated_and_hands_on_what_there_is() {
    given(200, "length.json");

    ProviderFault fault = fault();

    assertThat(fault.kind()).isEqualTo(Kind.TRUNCATED);
    assertThat(fault.failedGeneration())
        .hasValueSatisfying(text -> assertThat(text).startsWith("{\"records\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"length.json", "content-null.json", "no-choices.json"})
  void what_is_no_good_as_an_answer_tells_what_it_cost_all_the_same(String recording) {
    given(
        answering(200, Recording.body(recording), Map.of("x-ratelimit-remaining-tokens", "5195")));

    ProviderFault fault = fault();

    assertThat(fault.paid())
        .hasValueSatisfying(
            paid -> {
              assertThat(paid.promptTokens()).isEqualTo(1_678);
              assertThat(paid.completionTokens()).isEqualTo(61);
              assertThat(paid.cachedTokens()).isEqualTo(1_536);
              assertThat(paid.charged()).isEqualTo(203);
              assertThat(paid.requestId()).startsWith("chatcmpl-");
              assertThat(paid.rateLimits().remainingTokens()).contains(5_195L);
            });
  }

  @Test
  void an_answer_without_text_that_does_not_tell_its_cost_is_not_known_to_be_paid() {
    given(answering(200, "{\"choices\":[null]}", Map.of()));

    ProviderFault fault = fault();

    assertThat(fault.kind()).isEqualTo(Kind.UNUSABLE);
    assertThat(fault.paid()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"content-null.json", "no-choices.json", "error-with-200-unknown.json"})
  void an_answer_without_text_is_unusable(String recording) {
    given(200, recording);

    ProviderFault fault = fault();

    assertThat(fault.kind()).isEqualTo(Kind.UNUSABLE);
    assertThat(fault.failedGeneration()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "200, error-with-200.json, OVERLOADED",
    "200, error-with-200-of-a-limit.json, THROTTLED",
    "302, bad-gateway.html, REFUSED",
    "400, json-validate-failed.json, UNUSABLE",
    "401, invalid-api-key.json, REFUSED",
    "404, model-not-found.json, GONE",
    "413, too-large.json, TOO_LARGE",
    "498, no-capacity.json, OVERLOADED",
    "502, bad-gateway.html, OVERLOADED"
  })
  void an_error_is_the_fault_that_it_means_and_one_call_is_made(
      int status, String recording, Kind kind) {
    given(status, recording);

    ProviderFault fault = fault();

    assertThat(fault.kind()).isEqualTo(kind);
    assertThat(fault.httpStatus()).isEqualTo(status);
    assertThat(received).hasSize(1);
  }

  @Test
  void a_date_to_wait_for_is_read_by_the_clock() {
    given(
        answering(
            429,
            Recording.body("throttled-silently.json"),
            Map.of("Retry-After", "Mon, 02 Nov 2026 10:00:30 GMT")));

    ProviderFault fault = fault();

    assertThat(fault)
        .isInstanceOfSatisfying(
            Throttled.class,
            throttled -> assertThat(throttled.waitTime()).contains(Duration.ofSeconds(30)));
  }

  @Test
  void a_server_that_is_down_for_a_while_says_so_in_a_header() {
    given(answering(503, Recording.body("over-capacity.json"), Map.of("Retry-After", "120")));

    assertThat(fault().waitTime()).contains(Duration.ofMinutes(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "<html>Please sign in</html>", "{\"choices\":[{\"mess"})
  void what_no_provider_sends_is_no_response(String body) {
    given(answering(200, body, Map.of()));

    assertThat(fault().kind()).isEqualTo(Kind.UNREACHABLE);
  }

  @ParameterizedTest
  @CsvSource({"401", "503"})
  void an_error_without_a_body_is_known_by_its_status(int status) {
    given(answering(status, "", Map.of()));

    ProviderFault fault = fault();

    assertThat(fault.httpStatus()).isEqualTo(status);
    assertThat(fault).hasMessage("HTTP " + status);
  }

  @Test
  void a_connection_that_is_closed_without_a_response_is_unreachable() {
    given(HttpExchange::close);

    assertThat(fault().kind()).isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  void a_body_that_ends_too_soon_is_unreachable() {
    given(
        exchange -> {
          byte[] bytes = Recording.body("ok.json").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length + 1_000);
          exchange.getResponseBody().write(bytes);
          exchange.getResponseBody().flush();
          exchange.close();
        });

    assertThat(fault().kind()).isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  void a_provider_that_never_answers_is_unreachable_when_its_time_is_over() {
    given(exchange -> untilTheTestIsOver());

    ProviderFault fault = fault(Duration.ofMillis(300));

    assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(fault.httpStatus()).isZero();
  }

  @Test
  void a_body_that_stops_coming_is_unreachable_when_its_time_is_over() {
    given(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("{\"id\":\"chat".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          untilTheTestIsOver();
        });

    assertThat(fault(Duration.ofMillis(300)).kind()).isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  void a_hundred_calls_are_under_way_at_once() {
    given(exchange -> untilTheTestIsOver());
    GroqClient client = client(Duration.ofSeconds(60));

    for (int call = 0; call < 100; call++) {
      threads.execute(() -> catchThrowable(() -> client.complete(question(), limit())));
    }

    Awaitility.await().atMost(Duration.ofSeconds(55)).until(() -> received.size() == 100);
  }

  private void untilTheTestIsOver() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void an_address_where_nobody_listens_is_unreachable() {
    server.stop(0);

    ProviderFault fault = fault();

    assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(fault).hasMessageStartingWith("no response: ");
    assertThat(fault).hasMessageNotContaining("gsk_secret");
  }
}
