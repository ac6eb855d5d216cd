package dev.tramway.cli.connect;

import dev.tramway.IoService;
import dev.tramway.MulticastGroup;
import java.io.PrintWriter;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code connect}. */
@Command(
        name = "connect",
        description = ConnectCommand.DESCRIPTION,
        customSynopsis = {
            "tramway connect [--tls ...] HOST PORT",
            "tramway connect --udp HOST PORT",
            "tramway connect --multicast=GROUP [--interface=NAME] PORT"
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "What is typed goes to the server, over UDP each line as a datagram; what comes is shown.",
            "Exit codes: 0 when either side has ended in order, 1 failed, 2 wrong usage."
        })
final class ConnectCommand implements Callable<Integer> {
    static final String DESCRIPTION = "Talks to a server by hand, also over TLS, UDP and multicast.";

    @Parameters(arity = "1..2", paramLabel = "HOST PORT", description = "Host name or address, and port.")
    private List<String> place = new ArrayList<>();

    @Mixin
    private TlsOptions tls = new TlsOptions();

    @Option(names = "--udp", description = "Talk by datagrams.")
    private boolean udp;

    @Option(names = "--multicast", paramLabel = "GROUP", description = "Show what is sent to a group, until stopped.")
    private @Nullable String group;

    @Option(
            names = "--interface",
            paramLabel = "NAME",
            description = "Interface to hear the group on, by name or address (default: the loopback interface).")
    private @Nullable String networkInterface;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "After the end of input: how long to wait while nothing comes (default: ${DEFAULT-VALUE}).")
    private double wait = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        checkCombination();
        PrintWriter out = spec.commandLine().getOut();
        Conversation conversation = new Conversation(out, Duration.ofNanos((long) (wait * 1e9)));
        try (IoService io = IoService.builder().threads(1).start()) {
            if (group != null) {
                conversation.listen(io, groupOnInterface(group), port());
            } else if (udp) {
                conversation.byDatagrams(io, place.get(0), port());
            } else if (tls.isWanted()) {
                conversation.byStream(io, place.get(0), port(), builder -> builder.tls(tls.settings()));
            } else {
                conversation.byStream(io, place.get(0), port(), builder -> builder);
            }
        }
        return 0;
    }

    private void checkCombination() {
        int expected = group == null ? 2 : 1;
        if (place.size() != expected) {
            throw new IllegalArgumentException(
                    String.join(" ", place) + " (expected: " + (group == null ? "HOST PORT" : "PORT") + ")");
        }
        if ((udp || group != null) && tls.isWanted()) {
            throw new IllegalArgumentException(
                    "TLS goes over TCP: leave out the TLS options, or --udp and --multicast");
        }
        if (udp && group != null) {
            throw new IllegalArgumentException("either --udp or --multicast");
        }
        if (networkInterface != null && group == null) {
            throw new IllegalArgumentException("--interface is for --multicast");
        }
        if (!(wait >= 0 && wait <= 1e9)) {
            throw new IllegalArgumentException("--wait: " + wait + " (expected: 0 to 1000000000 seconds)");
        }
    }

    private int port() {
        String given = place.get(place.size() - 1);
        try {
            int port = Integer.parseInt(given);
            if (port > 0 && port < 65536) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw new IllegalArgumentException("port: " + given + " (expected: 1 to 65535)");
    }

    private MulticastGroup groupOnInterface(String address) throws SocketException {
        MulticastGroup any = MulticastGroup.of(address);
        return networkInterface != null ? any.on(networkInterface) : any.on(loopback());
    }

    private static NetworkInterface loopback() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .filter(ConnectCommand::isLoopback)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no loopback interface here: name one by --interface"));
    }

    private static boolean isLoopback(NetworkInterface one) {
        try {
            return one.isLoopback();
        } catch (SocketException gone) {
            return false;
        }
    }
}
