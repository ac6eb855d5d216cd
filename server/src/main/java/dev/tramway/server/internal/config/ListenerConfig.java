package dev.tramway.server.internal.config;

import dev.tramway.server.internal.config.ServerConfig.TlsConfig;
import dev.tramway.server.internal.yaml.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Something that is listened on.
 *
 * @param name its name in the file
 * @param address where
 * @param ports which ports, 0 for one of the system's choice
 * @param transport what carries its bytes
 * @param role what it is for
 * @param limits what one peer may take
 * @param tls its certificate, with {@link Transport#TLS}
 * @param target name of the room of a chat, {@code HOST:PORT} of a relay; else empty
 * @param script file of a script: with {@link Role#SCRIPT} what serves, with {@link Role#TELEMETRY} what is told of readings
 * @param beacon what is sent to a group, with {@link Role#BEACON}
 * @param telemetry what devices speak here, with {@link Role#TELEMETRY}
 * @param at where it stands
 */
public record ListenerConfig(
        String name,
        String address,
        List<Integer> ports,
        Transport transport,
        Role role,
        Limits limits,
        Optional<TlsConfig> tls,
        String target,
        Optional<Path> script,
        Optional<BeaconConfig> beacon,
        Optional<TelemetryConfig> telemetry,
        Position at) {

    /** A listener for people, on one port, with the usual limits. */
    public static ListenerConfig of(
            String name,
            String address,
            int port,
            Transport transport,
            Role role,
            Optional<TlsConfig> tls,
            Optional<BeaconConfig> beacon) {
        Limits limits = Limits.DEFAULT;
        return new ListenerConfig(
                name,
                address,
                List.of(port),
                transport,
                role,
                role == Role.CHAT ? limits.withFirstByte(limits.idle()) : limits,
                tls,
                role == Role.CHAT ? "lobby" : "",
                Optional.empty(),
                beacon,
                Optional.empty(),
                Position.NONE);
    }

    /** True if another one means the same, wherever it stands. */
    public boolean isSame(ListenerConfig other) {
        return placeless().equals(other.placeless());
    }

    private ListenerConfig placeless() {
        Optional<TelemetryConfig> spoken = telemetry.map(config -> new TelemetryConfig(
                config.protocols.stream()
                        .map(protocol -> new ProtocolConfig(protocol.name, protocol.file, Position.NONE))
                        .toList(),
                config.secure,
                config.unknown,
                config.modem,
                config.clock));
        return new ListenerConfig(
                name, address, ports, transport, role, limits, tls, target, script, beacon, spoken, Position.NONE);
    }

    /** What carries the bytes. */
    public enum Transport {
        /** TCP. */
        TCP,
        /** TCP with TLS. */
        TLS,
        /** Datagrams. */
        UDP,
        /** Datagrams to a group. */
        MULTICAST
    }

    /** What a listener is for. */
    public enum Role {
        /** What one sends goes to all in the room. */
        CHAT,
        /** What one sends comes back. */
        ECHO,
        /** What one sends goes to another server, and back. */
        RELAY,
        /** Devices send readings and take commands. */
        TELEMETRY,
        /** A script decides. */
        SCRIPT,
        /** Tells a multicast group about the server. */
        BEACON
    }

    /**
     * What peers may take; zero is without limit.
     *
     * @param idle time without a byte
     * @param handshake time for a TLS handshake
     * @param firstByte time from connecting to the first byte
     * @param frame of telemetry: time from the first byte of a frame to its last
     * @param write time in which a peer that is owed something takes nothing, or too little
     * @param slowest bytes in a second that such a peer must take
     * @param connections most at once
     * @param perAddress most at once from one address
     * @param acceptRate most accepted in a second
     * @param outbound most bytes that are owed to one peer
     */
    public record Limits(
            Duration idle,
            Duration handshake,
            Duration firstByte,
            Duration frame,
            Duration write,
            long slowest,
            int connections,
            int perAddress,
            int acceptRate,
            long outbound) {
        /** What holds where the file says nothing. */
        public static final Limits DEFAULT = new Limits(
                Duration.ofMinutes(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                1024,
                10_000,
                256,
                2_000,
                1 << 20);

        /** The same with another time to the first byte. */
        Limits withFirstByte(Duration time) {
            return new Limits(
                    idle, handshake, time, frame, write, slowest, connections, perAddress, acceptRate, outbound);
        }
    }

    /**
     * What a beacon sends.
     *
     * @param group address of the group
     * @param networkInterface name or address of the interface to send on
     * @param ttl routers to pass, plus one; 0 stays on this machine
     * @param interval time between datagrams
     */
    public record BeaconConfig(String group, String networkInterface, int ttl, Duration interval) {}

    /** How frames are protected. */
    public enum Secure {
        /** Not, or by TLS. */
        NONE,
        /** By compact records of AES-CCM. */
        COMPACT_CCM,
        /** By AES-GCM, a record at a time. */
        GCM,
        /** By AES-CBC and HMAC-SHA-256, a record at a time. */
        CBC_HMAC
    }

    /** What becomes of devices that are not in the configuration. */
    public enum Unknown {
        /** They are listed, and stored nothing of, until somebody accepts them. */
        QUARANTINE,
        /** They are taken as they come. */
        ACCEPT,
        /** They are closed. */
        REFUSE
    }

    /**
     * What devices speak at a listener.
     *
     * @param protocols one or several, in the order in which they are tried on the first bytes
     * @param secure how frames are protected
     * @param unknown what becomes of unknown devices
     * @param modem what a modem puts around the frames of what it carries
     * @param clock when and how clocks are set
     */
    public record TelemetryConfig(
            List<ProtocolConfig> protocols,
            Secure secure,
            Unknown unknown,
            Optional<ModemConfig> modem,
            Optional<ClockConfig> clock) {}

    /**
     * A protocol.
     *
     * @param name as it stands in the file: of a built-in one, or of a file
     * @param file the file, empty for a built-in one
     * @param at where it stands
     */
    public record ProtocolConfig(String name, Optional<Path> file, Position at) {}

    /**
     * What a modem sends of its own.
     *
     * @param registers once after connecting, or before every packet
     * @param start bytes that a registration begins with, each as the character of its number; possibly none
     * @param size bytes of the id behind these
     * @param heartbeat bytes that the modem sends when there is nothing else; possibly none
     */
    public record ModemConfig(Registers registers, String start, int size, String heartbeat) {}

    /** When a modem says who it is. */
    public enum Registers {
        /** Once, after connecting. */
        ONCE,
        /** Before every packet. */
        EACH
    }

    /**
     * When the clocks of devices are set.
     *
     * @param messages messages that show the device's clock
     * @param field field with its time
     * @param command command that sets it
     * @param drift difference from which on it is set
     */
    public record ClockConfig(List<String> messages, String field, String command, Duration drift) {}
}
