package dev.tramway.server.internal;

import dev.tramway.IoService;
import dev.tramway.KeepAlive;
import dev.tramway.Waiting;
import dev.tramway.server.internal.config.ListenerConfig;
import dev.tramway.server.internal.config.ListenerConfig.BeaconConfig;
import dev.tramway.server.internal.config.ListenerConfig.ProtocolConfig;
import dev.tramway.server.internal.config.ListenerConfig.Role;
import dev.tramway.server.internal.config.ListenerConfig.Secure;
import dev.tramway.server.internal.config.ListenerConfig.TelemetryConfig;
import dev.tramway.server.internal.config.ListenerConfig.Unknown;
import dev.tramway.server.internal.listener.MulticastBeacon;
import dev.tramway.server.internal.listener.RunningListener;
import dev.tramway.server.internal.listener.Servers;
import dev.tramway.server.internal.yaml.Section;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is told at the start: what listens where and how to try it, what it runs on and why. */
public final class StartTable {
    private final Serving serving;
    private final List<List<String>> rows = new ArrayList<>();

    private StartTable(Serving serving) {
        this.serving = serving;
    }

    /**
     * Describes what runs.
     *
     * @param drain time that clients get when the server is stopped
     */
    public static String of(Serving serving, Duration drain) {
        StartTable table = new StartTable(serving);
        table.addListeners();
        table.addPage();
        table.gap();
        table.addLoops();
        table.addTls();
        table.addSockets();
        table.row("stop", "Ctrl-C or SIGTERM", "clients then get " + Durations.text(drain) + " for what is owed them");
        return table.aligned();
    }

    private void addListeners() {
        for (RunningListener listener : serving.listeners()) {
            listener.addresses().forEach(address -> add(listener, address));
        }
    }

    private void add(RunningListener listener, InetSocketAddress address) {
        ListenerConfig config = listener.config();
        if (config.role() == Role.BEACON) {
            String hear = "tramway connect --multicast " + host(address) + " " + address.getPort();
            row("multicast", text(address), hear);
            return;
        }
        String what = Section.word(config.transport()).toUpperCase(Locale.ROOT) + " " + Section.word(config.role());
        String how = switch (config.transport()) {
            case TCP -> "nc " + host(near(address)) + " " + address.getPort();
            case TLS ->
                "openssl s_client -quiet -connect " + text(near(address)) + " -verify_return_error -CAfile "
                        + serving.certificate(config.name()).orElseThrow().certificate();
            case UDP, MULTICAST -> {
                String kind = address.getAddress() instanceof Inet4Address ? "UDP4:" : "UDP6:";
                yield "socat - " + kind + text(near(address));
            }
        };
        row(what, text(address), config.telemetry().map(StartTable::spoken).orElse(how));
    }

    private static String spoken(TelemetryConfig telemetry) {
        String protocols =
                telemetry.protocols().stream().map(ProtocolConfig::name).collect(Collectors.joining(", "));
        return protocols
                + (telemetry.secure() == Secure.NONE ? "" : ", " + Section.word(telemetry.secure()))
                + (telemetry.unknown() == Unknown.ACCEPT ? "; any device" : "");
    }

    private void addPage() {
        serving.page().ifPresent(address -> {
            boolean encrypted = serving.settings().config().api().tls().isPresent();
            row("page", text(address), (encrypted ? "https://" : "http://") + text(near(address)) + "/");
        });
    }

    private void addLoops() {
        IoService io = serving.io();
        int handlers = serving.settings().loops().handlers();
        String handled = handlers == 0 ? "on the loops" : "on " + handlers + " threads of their own";
        row("transport", io.transport().name().toLowerCase(Locale.ROOT), io.transportReason());
        row("loops", io.threads() + ", " + text(io.waiting()), "messages are handled " + handled);
    }

    private void addTls() {
        serving.listeners().stream()
                .flatMap(listener -> serving.certificate(listener.config().name()).stream())
                .distinct()
                .forEach(tls -> {
                    String end =
                            tls.end().atOffset(ZoneOffset.UTC).toLocalDate().toString();
                    String[] engine = tls.tls().engineReason().split(": ", 2); // name: reason
                    row("TLS engine", engine[0], engine[1]);
                    row("certificate", "valid until " + end, tls.certificate() + ", " + tls.origin());
                });
    }

    private void addSockets() {
        for (RunningListener listener : serving.listeners()) {
            if (listener instanceof MulticastBeacon beacon) {
                BeaconConfig config = beacon.config().beacon().orElseThrow();
                row(
                        "beacon",
                        "every " + Durations.text(config.interval()),
                        "sent on " + beacon.way().getName() + " with TTL " + config.ttl());
            }
        }
        serving.listeners().stream()
                .filter(listener -> listener.config().role() == Role.CHAT)
                .findFirst()
                .ifPresent(chat -> {
                    String keepAlive = "keep-alive after " + Durations.text(KeepAlive.DEFAULT.idle());
                    String limit = "; who is owed more than "
                            + chat.config().limits().outbound() / 1024 + " KiB is disconnected";
                    row("sockets", "no delay, " + keepAlive, "backlog " + Servers.BACKLOG + limit);
                });
    }

    // ---- text -------------------------------------------------------------------------------------------------------

    private void row(String... cells) {
        rows.add(List.of(cells));
    }

    private void gap() {
        rows.add(List.of());
    }

    /** All rows, each column as wide as its longest cell, the last one as it is. */
    private String aligned() {
        int first = width(0);
        int second = width(1);
        var text = new StringBuilder();
        for (List<String> row : rows) {
            if (!row.isEmpty()) {
                text.append(pad(row.get(0), first))
                        .append(pad(row.get(1), second))
                        .append(row.get(2));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> !row.isEmpty())
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }

    private static String pad(String cell, int width) {
        return cell + " ".repeat(width - cell.length() + 2);
    }

    private static String text(Waiting waiting) {
        if (waiting.window().isZero()) {
            return "block when idle";
        }
        return waiting.window().equals(Waiting.FOREVER)
                ? "never block"
                : "spin " + Durations.text(waiting.window()) + " before they block";
    }

    /** Where a client on this machine finds a listener. */
    private static InetSocketAddress near(InetSocketAddress address) {
        return address.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort())
                : address;
    }

    private static String text(InetSocketAddress address) {
        String host = host(address);
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private static String host(InetSocketAddress address) {
        InetAddress literal = address.getAddress();
        // The longest form is all that Java has; the first run of zeros gives way.
        return literal.getHostAddress().replaceFirst("(^|:)0(:0)+(:|$)", "::");
    }
}
