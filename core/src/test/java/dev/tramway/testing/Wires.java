package dev.tramway.testing;

import dev.tramway.IoService;
import dev.tramway.Transport;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** The wires of this machine: what is not there, such as a native transport without its jar, is left out. */
public final class Wires implements ArgumentsProvider, AnnotationConsumer<OverWires> {
    static final String IPV4 = "127.0.0.1";
    static final String IPV6 = "::1";

    private static final List<Transport> TRANSPORTS = Stream.of(
                    Transport.NIO, Transport.EPOLL, Transport.IO_URING, Transport.KQUEUE)
            .filter(Wires::works)
            .toList();

    private boolean encrypted = true;
    private boolean plain = true;
    private boolean ipv6;

    /** The transports that work here; NIO is always among them. */
    public static List<Transport> transports() {
        return TRANSPORTS;
    }

    /** True if the loopback interface has {@code ::1}. */
    public static boolean hasIpv6() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getAllByName(IPV6)[0])) {
            return probe.isBound();
        } catch (java.io.IOException e) {
            return false;
        }
    }

    private static boolean works(Transport transport) {
        try (IoService probe =
                IoService.builder().transport(transport).threads(1).start()) {
            return probe.isRunning();
        } catch (IllegalStateException e) {
            return false;
        }
    }

    @Override
    public void accept(OverWires wanted) {
        encrypted = wanted.value() != OverWires.Kind.PLAIN;
        plain = wanted.value() != OverWires.Kind.TLS;
        ipv6 = wanted.ipv6() && hasIpv6();
    }

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        List<Wire> wires = new ArrayList<>();
        for (Transport transport : TRANSPORTS) {
            if (plain) {
                addBoth(wires, transport, false);
            }
            if (encrypted) {
                addBoth(wires, transport, true);
            }
        }
        return wires.stream().map(Arguments::of);
    }

    private void addBoth(List<Wire> wires, Transport transport, boolean tls) {
        wires.add(new Wire(transport, tls, IPV4));
        if (ipv6) {
            wires.add(new Wire(transport, tls, IPV6));
        }
    }
}
