package io.burnish.provider;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.burnish.provider.wire.ChatRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/**
 * Writes a request as bytes at once. The client's own writer makes a string first, on the event
 * loop that all calls share, at three times the cost (docs/adr/0011).
 */
@Singleton
class ChatRequestWriter implements MessageBodyWriter<ChatRequest> {

  private final ObjectWriter json;

  ChatRequestWriter(ObjectMapper mapper) {
    this.json = mapper.writerFor(ChatRequest.class);
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
    return type == ChatRequest.class;
  }

  @Override
  public void writeTo(
      ChatRequest request,
      Class<?> type,
      Type generic,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> headers,
      OutputStream body)
      throws IOException {
    json.writeValue(body, request);
  }
}
