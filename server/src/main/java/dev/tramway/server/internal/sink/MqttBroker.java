package dev.tramway.server.internal.sink;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import java.util.concurrent.CompletableFuture;

/** What the two versions of MQTT have in common for us. */
interface MqttBroker {
    /** Who we are. */
    record User(String name, String password) {}

    int KEEP_ALIVE_SECONDS = 30;

    boolean connected();

    /** Connects, with a retained last will. */
    CompletableFuture<?> connect(String willTopic, byte[] will);

    /** Completes when the broker has it as the quality of service says; fails with a {@link RefusedException} if it never will. */
    CompletableFuture<?> publish(String topic, byte[] payload, MqttQos qos, boolean retained);

    /** Ends the connection if there is one, without waiting. */
    void disconnect();
}
