package dev.tramway.server.internal.config;

import dev.tramway.server.internal.sink.Sink;
import dev.tramway.server.internal.sink.SinkOptions;
import dev.tramway.server.internal.sink.Sinks;
import dev.tramway.server.internal.yaml.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a configuration file says, checked. Does not change; used by any thread.
 *
 * @param listeners what is listened on
 * @param devices devices that are known
 * @param sinks where readings go
 * @param spool what keeps them until they are there
 * @param api the page and the interface for programs
 * @param commands what holds for commands to devices
 * @param cluster how other servers are reached; empty if this one is alone
 * @param outboundBudget most bytes that all TCP sessions together may hold for peers that do not keep up, 0 for no limit
 * @param state directory of what the server itself keeps: its certificate, devices that were accepted
 * @param drain how long a stop may take
 */
public record ServerConfig(
        List<ListenerConfig> listeners,
        List<DeviceConfig> devices,
        List<SinkConfig> sinks,
        SpoolConfig spool,
        ApiConfig api,
        CommandConfig commands,
        Optional<ClusterConfig> cluster,
        long outboundBudget,
        Path state,
        Duration drain) {

    /** A quarter of what Java may take. */
    static final long USUAL_BUDGET = Runtime.getRuntime().maxMemory() / 4;

    /** Listeners alone, without the api. */
    public static ServerConfig of(List<ListenerConfig> listeners, Path state) {
        return new ServerConfig(
                listeners,
                List.of(),
                List.of(),
                new SpoolConfig(Optional.empty(), 1 << 30),
                new ApiConfig(false, "127.0.0.1", 0, List.of(), Optional.empty(), Optional.empty()),
                new CommandConfig(Duration.ofHours(24), 100, 2, 10_000),
                Optional.empty(),
                USUAL_BUDGET,
                state,
                Duration.ofSeconds(30));
    }

    /**
     * A place that readings go to. What its options mean is known to the sink.
     *
     * @param name its name in the file
     * @param type which kind of sink
     * @param options all its keys but {@code type}
     * @param at where it stands
     */
    public record SinkConfig(String name, String type, SinkOptions options, Position at) {
        /** Makes the sink, which connects to nothing before readings come. */
        public Sink make() {
            return Sinks.create(type, name, options);
        }

        /** True if another one means the same, wherever it stands. */
        public boolean isSame(SinkConfig other) {
            return name.equals(other.name) && type.equals(other.type) && options.isSame(other.options);
        }
    }

    /**
     * What keeps readings until all sinks have them.
     *
     * @param directory where; empty for memory only, which a crash empties
     * @param maxBytes most bytes that it takes
     */
    public record SpoolConfig(Optional<Path> directory, long maxBytes) {}

    /**
     * The page and the interface for programs.
     *
     * @param enabled false to leave it out
     * @param address where to listen
     * @param port its port, 0 for one of the system's choice
     * @param hosts names that clients may call it by, beside those of this machine
     * @param token what clients must show; empty only on loopback
     * @param tls certificate, for HTTPS
     */
    public record ApiConfig(
            boolean enabled,
            String address,
            int port,
            List<String> hosts,
            Optional<Secret> token,
            Optional<TlsConfig> tls) {}

    /**
     * What holds for commands unless one says otherwise.
     *
     * @param expiry how long a command waits for its device
     * @param perDevice most commands that wait for one device
     * @param retries how often a command that its definition calls repeatable is sent again
     * @param keep how many commands that are over are remembered, for their states and idempotency keys
     */
    public record CommandConfig(Duration expiry, int perDevice, int retries, int keep) {}

    /**
     * How other servers are reached.
     *
     * @param urls servers of one NATS cluster
     * @param prefix of all that this installation has in NATS
     * @param name of this node, for people; empty for the host's
     * @param user and password, if NATS wants them
     * @param password of the user
     * @param credentials file with a token and a key, if NATS wants them
     * @param ca certificates of authorities for TLS; empty for those of the system
     * @param replicas copies of presence and places in a NATS cluster
     * @param required whether the server does not start while NATS is not reached
     */
    public record ClusterConfig(
            List<String> urls,
            String prefix,
            Optional<String> name,
            Optional<String> user,
            Optional<Secret> password,
            Optional<Path> credentials,
            Optional<Path> ca,
            int replicas,
            boolean required) {}

    /**
     * A certificate for TLS.
     *
     * @param certificate PEM chain, or PKCS#12; empty for one that the server makes itself
     * @param key PEM key
     * @param password of the key
     * @param clients certificates of authorities whose devices are let in; empty if clients show none
     */
    public record TlsConfig(
            Optional<Path> certificate, Optional<Path> key, Optional<Secret> password, Optional<Path> clients) {}

    /** A text that must not be shown. */
    public static final class Secret {
        private final String text;

        /** Holds a text. */
        public Secret(String text) {
            this.text = text;
        }

        /** The text. */
        public String reveal() {
            return text;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Secret secret && secret.text.equals(text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }

        @Override
        public String toString() {
            return "***";
        }
    }
}
