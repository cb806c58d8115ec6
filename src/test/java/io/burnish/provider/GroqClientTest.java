package io.burnish.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.burnish.database.EmbeddedPostgresqlResource;
import io.burnish.models.OddProvider;
import io.burnish.models.OddProviderTest;
import io.burnish.provider.fault.ProviderFault;
import io.burnish.provider.fault.ProviderFault.Kind;
import io.burnish.provider.fault.Throttled;
import io.burnish.provider.fault.Unreachable;
import io.burnish.provider.wire.ChatAnswer;
import io.burnish.provider.wire.ChatPrompt;
import io.burnish.provider.wire.ChatRequest;
import io.burnish.provider.wire.ProviderConfig;
import io.burnish.provider.wire.TimeLimit;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The REST client, configured as in production, against a server that answers as each test says.
 */
@QuarkusTest
@TestProfile(OddProviderTest.TwoModels.class)
@QuarkusTestResource(value = EmbeddedPostgresqlResource.class)
@WithTestResource(OddProvider.class)
class GroqClientTest {

  private static final String MODEL = "openai/gpt-oss-120b";
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

  @Inject @RestClient GroqApi pooled;
  @Inject @RestClient GroqApi.OnNewConnection onNewConnection;
  @Inject ProviderConfig config;

  @ConfigProperty(name = "quarkus.application.version")
  String version;

  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** What the server does with a request. */
  @FunctionalInterface
  interface Manner {
    void answer(HttpExchange exchange) throws IOException;
  }

  @AfterEach
  void close() {
    over.countDown();
    threads.shutdownNow();
  }

  private void given(Manner manner) {
    OddProvider.handles((exchange, request) -> manner.answer(exchange));
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

  private static ProviderConfig settings(String baseUrl, String key, Duration readTimeout) {
    return new SmallRyeConfigBuilder()
        .withMapping(ProviderConfig.class)
        .withConverter(MemorySize.class, 100, new MemorySizeConverter())
        .withDefaultValue("burnish.provider.kind", "groq")
        .withDefaultValue("burnish.provider.base-url", baseUrl)
        .withDefaultValue("burnish.provider.api-key", key)
        .withDefaultValue("burnish.provider.connect-timeout", "PT5S")
        .withDefaultValue("burnish.provider.read-timeout", readTimeout.toString())
        .withDefaultValue("burnish.provider.max-response", "4M")
        .build()
        .getConfigMapping(ProviderConfig.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void without_a_key_none_is_sent(String key) {
    BearerToken token =
        new BearerToken(settings("http://localhost:11434/v1", key, Duration.ofSeconds(65)));

    assertThat(token.update(new MultivaluedHashMap<>(), new MultivaluedHashMap<>())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.groq.com/openai/v1, https://api.groq.com/openai/v1, true",
    "https://me:secret@proxy.example.com:8443/v1/?key=x, https://proxy.example.com:8443/v1, false",
    "http://localhost:11434, http://localhost:11434, false",
    "https://notgroq.com/v1, https://notgroq.com/v1, false"
  })
  void an_endpoint_is_named_without_what_is_secret(String url, String endpoint, boolean groq) {
    ProviderConfig settings = settings(url, "", Duration.ofSeconds(65));

    assertThat(settings.endpoint()).isEqualTo(endpoint);
    assertThat(settings.isGroqItself()).isEqualTo(groq);
  }

  private GroqClient client() {
    return new GroqClient(pooled, onNewConnection, Clock.fixed(NOW, ZoneOffset.UTC), config);
  }

  /** A client of its own address and read timeout, which {@link ClientTimeouts} leaves alone. */
  @Path("/chat/completions")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @RegisterProvider(ConnectionReset.class)
  interface Elsewhere extends GroqApi.OnNewConnection {}

  private static ProviderFault fault(String address, Duration readTimeout) {
    ProviderConfig settings = settings(address, "", readTimeout);
    Elsewhere api =
        QuarkusRestClientBuilder.newBuilder()
            .baseUri(settings.baseUrl())
            .readTimeout(readTimeout.toMillis(), TimeUnit.MILLISECONDS)
            .register(new IdleTimeout(settings))
            .build(Elsewhere.class);
    GroqClient client = new GroqClient(api, api, Clock.fixed(NOW, ZoneOffset.UTC), settings);
    return catchThrowableOfType(ProviderFault.class, () -> client.complete(question(), limit()));
  }

  /** An address where no server listens. */
  private static ProviderFault faultWithoutServer() {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return fault("http://localhost:" + port + "/v1", Duration.ofSeconds(60));
  }

  private static ChatRequest question() {
    return ChatRequest.of(MODEL, new ChatPrompt("Answer in JSON.", "{\"records\":[]}", "{}", 400));
  }

  private static TimeLimit limit() {
    return TimeLimit.begin(Duration.ofSeconds(60), "a.setting");
  }

  private ChatAnswer ask() {
    return client().complete(question(), limit());
  }

  private ProviderFault fault() {
    return catchThrowableOfType(ProviderFault.class, () -> client().complete(question(), limit()));
  }

  @Test
  void a_call_says_who_it_is_and_posts_the_request_as_it_is() throws IOException {
    given(200, "ok.json");

    ask();

    assertThat(OddProvider.received()).hasSize(1);
    OddProvider.Received call = OddProvider.received().get(0);
    assertThat(call.path()).isEqualTo("POST /openai/v1/chat/completions");
    assertThat(call.headers().get("Authorization")).containsExactly("Bearer gsk_secret");
    assertThat(call.headers().get("User-Agent")).containsExactly("Burnish/" + version);
    assertThat(call.headers().get("Content-Type"))
        .singleElement()
        .satisfies(type -> assertThat(type).startsWith("application/json"));
    assertThat(call.body()).isEqualTo(new ObjectMapper().writeValueAsString(question()));
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
  @ValueSource(strings = {"length.json", "content-null.json"})
  void what_is_no_good_as_an_answer_tells_what_it_cost_all_the_same(String recording) {
    given(
        answering(200, Recording.body(recording), Map.of("x-ratelimit-remaining-tokens", "5195")));

    ProviderFault fault = fault();

    assertThat(fault.billedAnswer())
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
  void an_answer_without_text_that_used_tokens_is_unusable() {
    given(200, "content-null.json");

    ProviderFault fault = fault();

    assertThat(fault.kind()).isEqualTo(Kind.UNUSABLE);
    assertThat(fault.failedGeneration()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "no-choices.json, OVERLOADED",
    "choices-missing.json, OVERLOADED",
    "choices-null.json, OVERLOADED",
    "choice-error.json, OVERLOADED",
    "choice-broken-off.json, OVERLOADED",
    "choice-limit.json, THROTTLED",
    "content-null-unused.json, OVERLOADED",
    "error-with-200-unknown.json, OVERLOADED",
    "edge-limit.txt, THROTTLED"
  })
  void a_provider_that_is_down_behind_a_good_status_is_no_fault_of_the_record(
      String recording, Kind kind) {
    given(200, recording);

    ProviderFault fault = fault();

    assertThat(fault.kind()).isEqualTo(kind);
    assertThat(fault.failedGeneration()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choices\":[null]}",
        "{\"choices\":{}}",
        "{\"choices\":7}",
        "{\"choices\":[{}]}",
        "{\"choices\":[{\"message\":null}]}",
        "{\"choices\":[{\"message\":{\"content\":\"\"}}],\"usage\":{\"completion_tokens\":0}}"
      })
  void an_answer_of_nothing_is_an_overload_that_cost_nothing(String body) {
    given(answering(200, body, Map.of()));

    ProviderFault fault = fault();

    assertThat(fault.kind()).isEqualTo(Kind.OVERLOADED);
    assertThat(fault.billedAnswer()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"filtered.json", "refusal.json"})
  void what_the_model_will_not_answer_is_refused_for_its_record_and_paid(String recording) {
    given(200, recording);

    ProviderFault fault = fault();

    assertThat(fault.kind()).isEqualTo(Kind.REFUSED);
    assertThat(fault.accountAtFault()).isFalse();
    assertThat(fault.billedAnswer()).isPresent();
  }

  @Test
  void of_a_content_in_parts_the_text_is_the_answer_and_its_usage_counts() {
    given(200, "ok-parts.json");

    ChatAnswer answer = ask();

    assertThat(answer.content()).isEqualTo("{\"records\":[{\"ref\":1,\"price\":20}]}");
    assertThat(answer.promptTokens()).isEqualTo(700);
    assertThat(answer.completionTokens()).isEqualTo(19);
    assertThat(answer.requestId()).isEqualTo("17");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choices\":[{\"message\":{\"content\":\"{ok}\"}}]}",
        "{\"choices\":{\"message\":{\"content\":\"{ok}\"}}}",
        "[{\"choices\":[{\"message\":{\"content\":\"{ok}\"}}]}]",
        "\uFEFF {\"choices\":[{},{\"message\":{\"content\":\"{ok}\"}}],}",
        "{\"choices\":[{\"message\":{\"content\":[\"{o\",\"k}\"]}}]}",
        "{\"choices\":[{\"message\":{\"content\":[{\"type\":\"output_text\",\"text\":\"{ok}\"}]}}]}",
        "{\"choices\":[{\"message\":{\"content\":{\"type\":\"text\",\"text\":\"{ok}\"}}}]}",
        "{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\",\"text\":{\"value\":\"{ok}\"}}]}}]}",
        "{\"choices\":[{\"message\":\"{ok}\"}]}",
        "{\"choices\":[{\"text\":\"{ok}\",\"finish_reason\":3}]}",
        "{\"message\":{\"content\":\"{ok}\"},\"done\":true}",
        "{\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":[{\"function\":{\"arguments\":\"{ok}\"}}]}}]}",
        "{\"error\":null,\"choices\":[{\"message\":{\"content\":\"{ok}\"}}],\"usage\":\"none\"}",
        "{\"error\":{},\"choices\":[{\"error\":null,\"message\":{\"content\":\"{ok}\"}}],\"usage\":[1]}",
        "{\"id\":{\"a\":1},\"model\":7,\"choices\":[{\"index\":\"x\",\"message\":{\"content\":\"{ok}\"}}],\"usage\":{\"prompt_tokens\":{}}}"
      })
  void the_text_is_read_whatever_else_has_another_type_than_documented(String body) {
    given(answering(200, body, Map.of()));

    assertThat(ask().content()).isEqualTo("{ok}");
  }

  @Test
  void a_content_that_is_json_and_no_text_is_read_as_json() {
    given(
        answering(
            200,
            "{\"choices\":[{\"message\":{\"content\":{\"records\":[{\"ref\":1}]}}}]}",
            Map.of()));

    assertThat(ask().content()).isEqualTo("{\"records\":[{\"ref\":1}]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "null; 0; 0; 0",
        "{\"prompt_tokens\":-5,\"completion_tokens\":-1}; 0; 0; 0",
        "{\"prompt_tokens\":99999999999,\"completion_tokens\":20}; 0; 20; 0",
        "{\"prompt_tokens\":1e300,\"completion_tokens\":\"many\"}; 0; 0; 0",
        "{\"prompt_tokens\":100.4,\"completion_tokens\":\"20\"}; 100; 20; 0",
        "{\"prompt_tokens\":100,\"completion_tokens\":20,\"prompt_tokens_details\":{\"cached_tokens\":500}}; 100; 20; 100",
        "{\"prompt_tokens\":100,\"completion_tokens\":20,\"prompt_tokens_details\":{\"cached_tokens\":-7}}; 100; 20; 0",
        "{\"prompt_tokens\":NaN,\"completion_tokens\":Infinity}; 0; 0; 0",
        "{\"input_tokens\":100,\"output_tokens\":20}; 100; 20; 0"
      })
  void a_usage_that_cannot_be_true_counts_as_not_told(
      String usage, int prompt, int completion, int cached) {
    given(
        answering(
            200,
            "{\"choices\":[{\"message\":{\"content\":\"{}\"}}],\"usage\":%s}".formatted(usage),
            Map.of()));

    ChatAnswer answer = ask();

    assertThat(answer.promptTokens()).isEqualTo(prompt);
    assertThat(answer.completionTokens()).isEqualTo(completion);
    assertThat(answer.cachedTokens()).isEqualTo(cached);
    assertThat(answer.charged()).isBetween(0L, (long) prompt + completion);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "deflate", "raw-deflate", "unsaid"})
  void an_answer_that_is_packed_although_nobody_asked_is_read(String packing) {
    given(
        exchange -> {
          byte[] packed = packed(packing, Recording.body("ok.json"));
          if (!packing.equals("unsaid")) {
            exchange.getResponseHeaders().add("Content-Encoding", packing.replace("raw-", ""));
          }
          exchange.sendResponseHeaders(200, packed.length);
          exchange.getResponseBody().write(packed);
          exchange.close();
        });

    assertThat(ask().promptTokens()).isEqualTo(1_678);
  }

  private static byte[] packed(String packing, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (packing) {
          case "deflate" -> new DeflaterOutputStream(bytes);
          case "raw-deflate" ->
              new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, true));
          default -> new GZIPOutputStream(bytes);
        }) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void a_packed_error_is_read_too() {
    given(
        exchange -> {
          byte[] packed = packed("gzip", Recording.body("throttled-tpm.json"));
          exchange.getResponseHeaders().add("Content-Encoding", "gzip");
          exchange.sendResponseHeaders(429, packed.length);
          exchange.getResponseBody().write(packed);
          exchange.close();
        });

    assertThat(fault().kind()).isEqualTo(Kind.THROTTLED);
  }

  @Test
  void a_body_larger_than_the_limit_is_not_read_to_its_end_and_its_connection_is_closed() {
    AtomicLong sent = new AtomicLong();
    CountDownLatch closed = new CountDownLatch(1);
    given(exchange -> pour(exchange, 200_000_000, sent, closed));

    ProviderFault fault = fault();

    assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(fault).hasMessageContaining("burnish.provider.max-response");
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> closed.getCount() == 0);
    assertThat(sent).hasValueLessThan(100_000_000);
  }

  @Test
  void what_a_few_packed_bytes_unpack_to_is_limited() {
    given(
        exchange -> {
          byte[] packed = packed("gzip", " ".repeat(50_000_000));
          exchange.getResponseHeaders().add("Content-Encoding", "gzip");
          exchange.sendResponseHeaders(200, packed.length);
          exchange.getResponseBody().write(packed);
          exchange.close();
        });

    assertThat(fault()).hasMessageContaining("burnish.provider.max-response");
  }

  @Test
  void a_body_that_trickles_ends_at_the_time_limit_with_its_connection() {
    AtomicLong sent = new AtomicLong();
    CountDownLatch closed = new CountDownLatch(1);
    given(
        exchange -> {
          try {
            exchange.sendResponseHeaders(200, 0);
            while (!over.await(50, TimeUnit.MILLISECONDS)) {
              exchange.getResponseBody().write(' ');
              exchange.getResponseBody().flush();
              sent.incrementAndGet();
            }
          } catch (IOException e) {
            closed.countDown();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    GroqClient client = client();

    ProviderFault fault =
        catchThrowableOfType(
            ProviderFault.class,
            () ->
                client.complete(question(), TimeLimit.begin(Duration.ofSeconds(1), "the.setting")));

    assertThat(fault.kind()).isEqualTo(Kind.TIMED_OUT);
    assertThat(fault).hasMessageContainingAll("timeout", "1 s", "the.setting");
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> closed.getCount() == 0);
  }

  @Test
  void a_call_that_is_interrupted_at_its_time_limit_timed_out() throws InterruptedException {
    given(exchange -> untilTheTestIsOver());
    AtomicReference<ProviderFault> fault = new AtomicReference<>();
    GroqClient client = client();
    TimeLimit limit = TimeLimit.begin(Duration.ofMillis(500), "the.setting");
    Thread caller =
        new Thread(
            () ->
                fault.set(
                    catchThrowableOfType(
                        ProviderFault.class, () -> client.complete(question(), limit))));
    caller.start();
    Awaitility.await().until(() -> !OddProvider.received().isEmpty());
    Awaitility.await().until(limit::isOver);

    caller.interrupt();

    caller.join(20_000);
    assertThat(fault.get().kind()).isEqualTo(Kind.TIMED_OUT);
  }

  private static void pour(
      HttpExchange exchange, long bytes, AtomicLong sent, CountDownLatch closed)
      throws IOException {
    byte[] chunk = new byte[64_000];
    Arrays.fill(chunk, (byte) 'x');
    try {
      exchange.sendResponseHeaders(200, 0);
      while (sent.get() < bytes) {
        exchange.getResponseBody().write(chunk);
        sent.addAndGet(chunk.length);
      }
    } catch (IOException e) {
      closed.countDown();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, error-with-200.json, OVERLOADED",
    "200, error-with-200-of-a-limit.json, THROTTLED",
    "302, bad-gateway.html, REFUSED",
    "301, login.html, REFUSED",
    "400, field-temperature-value.json, UNSUPPORTED",
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
    assertThat(OddProvider.received()).hasSize(1);
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
  @ValueSource(strings = {"", "null", "[]", "{}", "7", "{\"choices\":[{\"mess"})
  void what_no_provider_sends_is_no_response(String body) {
    given(answering(200, body, Map.of()));

    assertThat(fault().kind()).isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  void of_a_page_that_asks_to_sign_in_its_first_words_are_told() {
    given(200, "login.html");

    ProviderFault fault = fault();

    assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(fault).hasMessageContaining("Hotel Wi-Fi Please sign in");
  }

  @Test
  void a_status_without_content_is_no_response() {
    given(answering(204, "", Map.of()));

    ProviderFault fault = fault();

    assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(fault).hasMessageContaining("HTTP 204");
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

    assertThat(fault())
        .isInstanceOfSatisfying(
            Unreachable.class,
            fault -> {
              assertThat(fault.closedBeforeResponse()).as("%s", fault.getMessage()).isTrue();
              assertThat(fault.neverReachedProvider()).isFalse();
            });
  }

  @Test
  void a_call_that_finds_nobody_listening_never_reached_the_provider() {
    assertThat(faultWithoutServer())
        .isInstanceOfSatisfying(
            Unreachable.class,
            fault -> {
              assertThat(fault.neverReachedProvider()).as("%s", fault.getMessage()).isTrue();
              assertThat(fault.closedBeforeResponse()).isFalse();
            });
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

    assertThat(fault())
        .isInstanceOfSatisfying(
            Unreachable.class, fault -> assertThat(fault.closedBeforeResponse()).isFalse());
  }

  @Test
  void a_provider_that_never_answers_times_out() {
    given(exchange -> untilTheTestIsOver());

    ProviderFault fault = fault(OddProvider.address(), Duration.ofMillis(300));

    assertThat(fault.kind()).isEqualTo(Kind.TIMED_OUT);
    assertThat(fault).hasMessageContainingAll("timeout", "0.3 s", "burnish.provider.read-timeout");
    assertThat(fault.httpStatus()).isZero();
  }

  @Test
  void a_body_that_stops_coming_times_out() {
    given(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("{\"id\":\"chat".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          untilTheTestIsOver();
        });

    assertThat(fault(OddProvider.address(), Duration.ofMillis(300)).kind())
        .isEqualTo(Kind.TIMED_OUT);
  }

  @Test
  void a_hundred_calls_are_under_way_at_once() {
    given(exchange -> untilTheTestIsOver());
    GroqClient client = client();

    for (int call = 0; call < 100; call++) {
      threads.execute(() -> catchThrowable(() -> client.complete(question(), limit())));
    }

    Awaitility.await()
        .atMost(Duration.ofSeconds(55))
        .until(() -> OddProvider.received().size() == 100);
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
    ProviderFault fault = faultWithoutServer();

    assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(fault).hasMessageStartingWith("no response: ");
    assertThat(fault).hasMessageNotContaining("gsk_secret");
  }
}
