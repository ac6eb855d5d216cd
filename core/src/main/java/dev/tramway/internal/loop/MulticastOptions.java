package dev.tramway.internal.loop;

import java.net.NetworkInterface;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a UDP socket sends multicast; what is empty is left to the system.
 *
 * @param networkInterface where it is sent on
 * @param ttl routers that it may pass, plus one
 * @param loopback whether this machine hears it too
 */
public record MulticastOptions(
        Optional<NetworkInterface> networkInterface, OptionalInt ttl, Optional<Boolean> loopback) {}
