package dev.tramway.server.internal.sink;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** MQTT 3.1.1. */
record Mqtt3Broker(Mqtt3AsyncClient client, Optional<User> user) implements MqttBroker {
    @Override
    public boolean connected() {
        return client.getState().isConnected();
    }

    @Override
    public CompletableFuture<?> connect(String willTopic, byte[] will) {
        Mqtt3Connect connect = Mqtt3Connect.builder()
                .cleanSession(true)
                .keepAlive(KEEP_ALIVE_SECONDS)
                .simpleAuth(user.map(Mqtt3Broker::authentication).orElse(null))
                .willPublish()
                .topic(willTopic)
                .payload(will)
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .applyWillPublish()
                .build();
        return client.connect(connect);
    }

    private static Mqtt3SimpleAuth authentication(User user) {
        return Mqtt3SimpleAuth.builder()
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
                    .send();
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(new RefusedException("topic: " + e.getMessage()));
        }
    }

    @Override
    public void disconnect() {
        client.disconnect();
    }
}
