package dev.tramway.server.internal.sink;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** MQTT 5, which says what was wrong with a message. */
record Mqtt5Broker(Mqtt5AsyncClient client, Optional<User> user) implements MqttBroker {
    /** The message is wrong. All other reasons may be mended at the broker. */
    private static final Set<Mqtt5PubAckReasonCode> NEVER =
            EnumSet.of(Mqtt5PubAckReasonCode.TOPIC_NAME_INVALID, Mqtt5PubAckReasonCode.PAYLOAD_FORMAT_INVALID);

    @Override
    public boolean connected() {
        return client.getState().isConnected();
    }

    @Override
    public CompletableFuture<?> connect(String willTopic, byte[] will) {
        Mqtt5Connect connect = Mqtt5Connect.builder()
                .cleanStart(true)
                .keepAlive(KEEP_ALIVE_SECONDS)
                .simpleAuth(user.map(Mqtt5Broker::authentication).orElse(null))
                .willPublish()
                .topic(willTopic)
                .payload(will)
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .applyWillPublish()
                .build();
        return client.connect(connect);
    }

    private static Mqtt5SimpleAuth authentication(User user) {
        return Mqtt5SimpleAuth.builder()
                .username(user.name())
                .password(user.password().getBytes(StandardCharsets.UTF_8))
                .build();
    }

    @Override
    public CompletableFuture<?> publish(String topic, byte[] payload, MqttQos qos, boolean retained) {
        try {
            return client.publishWith()
                    .topic(topic)
                    .qos(qos)
                    .retain(retained)
                    .payload(payload)
                    .send()
                    .thenCompose(Mqtt5Broker::judged);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(new RefusedException("topic: " + e.getMessage()));
        }
    }

    private static CompletableFuture<Void> judged(Mqtt5PublishResult result) {
        Throwable error = result.getError().orElse(null);
        if (error == null) {
            return CompletableFuture.completedFuture(null);
        }
        boolean never = error instanceof Mqtt5PubAckException refusal
                && NEVER.contains(refusal.getMqttMessage().getReasonCode());
        return CompletableFuture.failedFuture(never ? new RefusedException(error.toString()) : error);
    }

    @Override
    public void disconnect() {
        client.disconnect();
    }
}
