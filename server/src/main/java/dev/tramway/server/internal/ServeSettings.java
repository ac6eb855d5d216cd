package dev.tramway.server.internal;

import dev.tramway.Transport;
import dev.tramway.Waiting;
import dev.tramway.server.internal.config.ServerConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is served, and how.
 *
 * @param config what is served
 * @param file where that was read from, to be read again when it changes; empty if it was not
 * @param certificateNames host names and addresses that a certificate must hold which the server makes itself
 * @param loops threads and how they work
 */
public record ServeSettings(
        ServerConfig config, Optional<Path> file, List<String> certificateNames, LoopSettings loops) {

    /**
     * Which certificate a listener shows.
     *
     * @param state directory of the one that the server makes itself
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
            String name = chain.toString().toLowerCase(Locale.ROOT);
            return name.endsWith(".p12") || name.endsWith(".pfx");
        }
    }

    /**
     * The I/O service.
     *
     * @param threads number of loops, 0 for one per core
     * @param transport what carries the bytes
     * @param waiting what a loop without work does
     * @param handlers threads that handle messages of chats and echoes instead of the loops, 0 for none
     */
    public record LoopSettings(int threads, Transport transport, Waiting waiting, int handlers) {}
}
