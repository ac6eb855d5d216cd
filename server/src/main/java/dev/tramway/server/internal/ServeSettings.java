package dev.tramway.server.internal;

import dev.tramway.MulticastGroup;
import dev.tramway.Transport;
import dev.tramway.Waiting;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is served, and how. A port that is empty is left out, a port 0 is chosen by the system.
 *
 * @param listen address of all listeners
 * @param tcp port of the plain chat
 * @param tls port of the encrypted chat
 * @param udp port of the datagram echo
 * @param beacon what is sent to a multicast group
 * @param certificate of the encrypted chat
 * @param loops threads and how they work
 */
public record ServeSettings(
        String listen,
        OptionalInt tcp,
        OptionalInt tls,
        OptionalInt udp,
        Optional<BeaconSettings> beacon,
        CertificateSettings certificate,
        LoopSettings loops) {

    /** True if there is a chat at all. */
    boolean chats() {
        return tcp.isPresent() || tls.isPresent();
    }

    /**
     * What is sent to a multicast group.
     *
     * @param group with the interface to send on
     * @param port of the group
     * @param ttl routers to pass, plus one; 0 stays on this machine
     * @param interval time between datagrams
     */
    public record BeaconSettings(MulticastGroup group, int port, int ttl, Duration interval) {
        /** The interface to send on. */
        NetworkInterface way() {
            return group.networkInterface().orElseThrow();
        }
    }

    /**
     * Which certificate the server shows.
     *
     * @param state directory of the one that it makes itself
     * @param names host names and addresses that the one it makes must hold
     * @param own the operator's, in place of one that it makes
     */
    public record CertificateSettings(Path state, List<String> names, Optional<CertificateFiles> own) {}

    /**
     * A certificate of the operator's.
     *
     * @param chain PEM file, or PKCS#12 file with the key
     * @param key PEM file; may be the same
     * @param password of the key, empty if it has none
     */
    public record CertificateFiles(Path chain, Path key, String password) {
        /** True for a PKCS#12 file. */
        boolean isPkcs12() {
            String name = chain.toString().toLowerCase(java.util.Locale.ROOT);
            return name.endsWith(".p12") || name.endsWith(".pfx");
        }
    }

    /**
     * The I/O service.
     *
     * @param threads number of loops, 0 for one per core
     * @param transport what carries the bytes
     * @param waiting what a loop without work does
     * @param handlers threads that handle messages instead of the loops, 0 for none
     */
    public record LoopSettings(int threads, Transport transport, Waiting waiting, int handlers) {}
}
