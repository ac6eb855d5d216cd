package dev.tramway.server.internal.command;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody asks of a device.
 *
 * @param device name or serial
 * @param source what of the device it is for, as a path of names or codes such as {@code pump-2/level}; empty for the device
 * @param command one of {@link dev.tramway.frames.Protocol#commands}
 * @param arguments by name; texts are converted to what the definition wants
 * @param key idempotency key: a second request with the same key for the same device gives the first command
 * @param expiry how long it waits for its device; empty for the configured time
 */
public record CommandRequest(
        String device,
        String source,
        String command,
        Map<String, Object> arguments,
        Optional<String> key,
        Optional<Duration> expiry) {}
