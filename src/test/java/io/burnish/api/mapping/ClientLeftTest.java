package io.burnish.api.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

class ClientLeftTest {

  private static Throwable ofNetty() {
    EmbeddedChannel connection = new EmbeddedChannel();
    connection.close();
    ChannelFuture written = connection.writeAndFlush("rest of a response");
    return written.cause();
  }

  @Test
  void a_closed_connection_of_a_client_is_no_error_of_the_service() {
    assertThat(ofNetty()).isInstanceOf(ClosedChannelException.class);
    assertThat(ClientLeft.is(ofNetty())).isTrue();
    assertThat(ClientLeft.is(new IllegalStateException(new IOException(ofNetty())))).isTrue();
    assertThat(ClientLeft.is(new HttpClosedException("Connection was closed"))).isTrue();
  }

  @Test
  void any_other_failure_is_one() {
    assertThat(ClientLeft.is(new ClosedChannelException())).isFalse();
    assertThat(ClientLeft.is(new IllegalStateException("closed"))).isFalse();
    assertThat(ClientLeft.is(new IOException("Broken pipe"))).isFalse();
  }
}
