package dev.tramway.server.internal.sink;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import dev.tramway.server.internal.reading.DeviceReading;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Publishes each reading as a JSON object. A topic of its own says {@code online} while it is connected, and {@code offline} once it is not, be it by
 * the broker, which has that as the last will. With QoS 0 nobody says whether a reading has arrived, and some may be lost.
 */
final class MqttSink implements Sink {
    private static final long PATIENCE_SECONDS = 30;
    private static final byte[] ONLINE = "online".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OFFLINE = "offline".getBytes(StandardCharsets.UTF_8);

    /** Versions of the protocol, as the option has them. */
    enum Version {
        V3,
        V5
    }

    private final String name;
    private final TopicTemplate topic;
    private final MqttQos qos;
    private final boolean retained;
    private final String statusTopic;
    private final MqttBroker broker;

    /**
     * Options: {@code url} (tcp or ssl), {@code version} (v3, v5), {@code topic}, {@code qos}, {@code retained}, {@code status-topic}, {@code client-id},
     * {@code user}, {@code password}, {@code ca}.
     */
    MqttSink(String name, SinkOptions options) {
        this.name = name;
        String template = options.text("topic", "tramway/{device}/{source}/{name}");
        try {
            this.topic = new TopicTemplate(template);
        } catch (IllegalArgumentException e) {
            throw SinkOptions.wrong("topic", template, String.valueOf(e.getMessage()));
        }
        this.qos = Objects.requireNonNull(MqttQos.fromCode(options.number("qos", 1, 0, 2)));
        this.retained = options.flag("retained", false);
        this.statusTopic = options.text("status-topic", "tramway/" + name + "/status");
        MqttClientBuilder client = client(options);
        Optional<MqttBroker.User> user = user(options);
        this.broker = switch (options.choice("version", Version.V5)) {
            case V3 -> new Mqtt3Broker(client.useMqttVersion3().buildAsync(), user);
            case V5 -> new Mqtt5Broker(client.useMqttVersion5().buildAsync(), user);
        };
    }

    private MqttClientBuilder client(SinkOptions options) {
        URI uri = options.uri("url", "tcp", "ssl");
        boolean tls = uri.getScheme().equals("ssl");
        int port = uri.getPort() < 0 ? (tls ? 8883 : 1883) : uri.getPort();
        Trust trust = Trust.of(options);
        MqttClientBuilder client = MqttClient.builder()
                .identifier(options.text("client-id", "tramway-" + name))
                .serverHost(uri.getHost())
                .serverPort(port);
        return tls
                ? client.sslConfig(MqttClientSslConfig.builder()
                        .trustManagerFactory(trust.factory())
                        .build())
                : client;
    }

    private static Optional<MqttBroker.User> user(SinkOptions options) {
        String password = options.text("password", "");
        return options.optionalText("user").map(user -> new MqttBroker.User(user, password));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void deliver(List<DeviceReading> readings) throws IOException, InterruptedException {
        try {
            connect();
            var published = new ArrayList<CompletableFuture<?>>();
            for (DeviceReading reading : readings) {
                published.add(broker.publish(topic.topic(reading), ReadingJson.object(reading), qos, retained));
            }
            await(CompletableFuture.allOf(published.toArray(CompletableFuture<?>[]::new)));
        } catch (RefusedException e) {
            throw e;
        } catch (IOException | InterruptedException e) {
            broker.disconnect();
            throw e;
        }
    }

    private void connect() throws IOException, InterruptedException {
        if (!broker.connected()) {
            await(broker.connect(statusTopic, OFFLINE));
            await(broker.publish(statusTopic, ONLINE, MqttQos.AT_LEAST_ONCE, true));
        }
    }

    private static void await(CompletableFuture<?> done) throws IOException, InterruptedException {
        try {
            done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RefusedException refused) {
                throw refused;
            }
            throw new IOException(cause == null ? e.toString() : cause.toString(), cause);
        } catch (TimeoutException e) {
            throw new IOException("the broker has not answered for " + PATIENCE_SECONDS + " seconds", e);
        }
    }

    @Override
    public void close() {
        try {
            if (broker.connected()) {
                await(broker.publish(statusTopic, OFFLINE, MqttQos.AT_LEAST_ONCE, true));
            }
        } catch (IOException e) {
            // The broker will say it itself.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        broker.disconnect();
    }
}
