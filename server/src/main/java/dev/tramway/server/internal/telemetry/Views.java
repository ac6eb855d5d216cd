package dev.tramway.server.internal.telemetry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Snapshots of what is known. None changes; used by any thread. Texts may come from devices: never markup. */
public final class Views {
    private Views() {}

    /**
     * A listener and its traffic since it was started.
     *
     * @param name its name
     * @param role chat, echo, relay, telemetry, script or beacon
     * @param transport tcp, tls, udp or multicast
     * @param addresses where it listens, as {@code ADDRESS:PORT}
     * @param sessions connections open now; of datagrams, peers
     * @param accepted connections so far
     * @param refused connections that a limit refused
     * @param messagesIn messages received
     * @param messagesOut messages sent
     * @param bytesIn bytes received
     * @param bytesOut bytes sent
     * @param malformed frames that could not be decoded, or of no known message
     * @param duplicates frames that had come before
     * @param unidentified frames of nobody known
     * @param keyFailures connections or records with a wrong key
     * @param latency time from a frame's arrival until its readings were stored
     * @param script what its script was called for, if it has one for readings
     */
    public record ListenerView(
            String name,
            String role,
            String transport,
            List<String> addresses,
            long sessions,
            long accepted,
            long refused,
            long messagesIn,
            long messagesOut,
            long bytesIn,
            long bytesOut,
            long malformed,
            long duplicates,
            long unidentified,
            long keyFailures,
            LatencyView latency,
            Optional<ScriptView> script) {}

    /**
     * A script that is told of readings.
     *
     * @param calls how often it was called
     * @param errors how many calls ended with an error
     * @param dropped messages that found its queue full
     */
    public record ScriptView(long calls, long errors, long dropped) {}

    /**
     * How long something took.
     *
     * @param count how often it was measured
     * @param totalMicros sum of all, in microseconds
     * @param buckets how many took less than 2^i microseconds and not less than 2^(i-1), for i from 0; the last one holds all
     *     that took longer
     */
    public record LatencyView(long count, long totalMicros, List<Long> buckets) {
        /** Time that a part of all did not exceed, in microseconds, rounded up to a power of two. */
        public long quantile(double part) {
            long wanted = (long) Math.ceil(count * part);
            long seen = 0;
            for (int i = 0; i < buckets.size(); i++) {
                seen += buckets.get(i);
                if (seen >= wanted) {
                    return 1L << i;
                }
            }
            return 0;
        }
    }

    /**
     * A connection of devices; of datagrams, a peer.
     *
     * @param id its id
     * @param listener name of the listener
     * @param peer its address
     * @param protocol name of the protocol, empty until it is known
     * @param devices names of the devices behind it, of unknown ones what they call themselves
     * @param secure {@code none}, {@code tls}, {@code compact-ccm}, {@code gcm} or {@code cbc-hmac}
     * @param since when it began
     * @param lastSeen when something came last
     * @param messagesIn messages received
     * @param messagesOut messages sent
     */
    public record SessionView(
            String id,
            String listener,
            String peer,
            String protocol,
            List<String> devices,
            String secure,
            Instant since,
            Instant lastSeen,
            long messagesIn,
            long messagesOut) {}

    /** Whether a device is there. */
    public enum DeviceState {
        /** Connected. */
        ONLINE,
        /** Not connected. */
        OFFLINE,
        /** Nothing has come for longer than its configuration allows, connected or not. */
        MISSING
    }

    /**
     * A device that is known.
     *
     * @param name its name
     * @param serial what it calls itself
     * @param protocol name of its protocol, empty if it is not known yet
     * @param state whether it is there
     * @param origin {@code configured}, {@code accepted} by somebody, or {@code taken} as it came
     * @param session id of its connection
     * @param listener name of the listener that it came to last; empty if it never came
     * @param peer address that it came from last; empty if it never came
     * @param secure how its connection is protected; see {@link SessionView#secure}
     * @param lastSeen when something came last
     * @param connects how often it has connected
     * @param messages messages that it has sent
     * @param duplicates messages that had come before
     * @param commands commands that wait or are under way
     * @param values its last values
     * @param alarms what is wrong now
     */
    public record DeviceView(
            String name,
            String serial,
            String protocol,
            DeviceState state,
            String origin,
            Optional<String> session,
            String listener,
            String peer,
            String secure,
            Optional<Instant> lastSeen,
            long connects,
            long messages,
            long duplicates,
            int commands,
            List<ValueView> values,
            List<AlarmView> alarms) {}

    /**
     * A last value.
     *
     * @param source what of the device it belongs to, as a path of names; empty for the device itself
     * @param name what was measured
     * @param value Long, Double, Boolean or String
     * @param unit its unit, may be empty
     * @param deviceTime when it was measured
     * @param serverTime when it arrived
     * @param quality {@code good} unless something is the matter
     */
    public record ValueView(
            String source,
            String name,
            Object value,
            String unit,
            Instant deviceTime,
            Instant serverTime,
            String quality) {}

    /** What an alarm is about, worst first. */
    public enum AlarmKind {
        /** The value is far too high. */
        HIGH_HIGH,
        /** The value is far too low. */
        LOW_LOW,
        /** The value is too high. */
        HIGH,
        /** The value is too low. */
        LOW,
        /** Nothing comes. */
        MISSING_DATA,
        /** There is no connection. */
        CONNECTION_LOSS
    }

    /**
     * An alarm.
     *
     * @param device name of the device
     * @param source what of the device it is about; empty for the device itself
     * @param name what was measured; empty if it is about all
     * @param kind what it is about
     * @param active false if it has ended
     * @param detail for people
     * @param since when it began
     */
    public record AlarmView(
            String device, String source, String name, AlarmKind kind, boolean active, String detail, Instant since) {}

    /**
     * A device that nobody knows.
     *
     * @param serial what it calls itself
     * @param listener name of the listener
     * @param protocol name of the protocol
     * @param peer its address
     * @param firstSeen when it came first
     * @param lastSeen when it came last
     * @param messages how many messages it has sent, of which nothing was stored
     * @param lastMessage the last of them, in words
     */
    public record QuarantineView(
            String serial,
            String listener,
            String protocol,
            String peer,
            Instant firstSeen,
            Instant lastSeen,
            long messages,
            String lastMessage) {}
}
