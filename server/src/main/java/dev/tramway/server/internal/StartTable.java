package dev.tramway.server.internal;

import dev.tramway.IoService;
import dev.tramway.UdpEndpoint;
import dev.tramway.Waiting;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

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
        table.addChat();
        table.addUdp();
        table.gap();
        table.addLoops();
        table.addTls();
        table.addSockets();
        table.row("stop", "Ctrl-C or SIGTERM", "clients then get " + Durations.text(drain) + " for what is owed them");
        return table.aligned();
    }

    private void addChat() {
        if (serving.chat().isEmpty()) {
            return;
        }
        Iterator<InetSocketAddress> addresses = serving.chat().get().addresses().iterator();
        if (serving.settings().tcp().isPresent()) {
            InetSocketAddress address = addresses.next();
            row("TCP chat", text(address), "nc " + host(near(address)) + " " + address.getPort());
        }
        serving.tls()
                .ifPresent(tls -> addTlsChat(addresses.next(), tls.certificate().toString()));
    }

    private void addTlsChat(InetSocketAddress address, String certificate) {
        String trust = " -verify_return_error -CAfile " + certificate;
        row("TLS chat", text(address), "openssl s_client -quiet -connect " + text(near(address)) + trust);
    }

    private void addUdp() {
        serving.echo().map(UdpEndpoint::address).ifPresent(address -> {
            String kind = address.getAddress() instanceof Inet4Address ? "UDP4:" : "UDP6:";
            row("UDP echo", text(address), "socat - " + kind + text(near(address)));
        });
        serving.beacon().map(MulticastBeacon::group).ifPresent(group -> {
            String hear = "tramway connect --multicast " + host(group) + " " + group.getPort();
            row("multicast", text(group), hear);
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
        serving.tls().ifPresent(tls -> {
            String end = tls.end().atOffset(ZoneOffset.UTC).toLocalDate().toString();
            String[] engine = tls.tls().engineReason().split(": ", 2); // name: reason
            row("TLS engine", engine[0], engine[1]);
            row("certificate", "valid until " + end, tls.certificate() + ", " + tls.origin());
        });
    }

    private void addSockets() {
        serving.settings().beacon().ifPresent(beacon -> {
            String way = beacon.way().getName();
            row("beacon", "every " + Durations.text(beacon.interval()), "sent on " + way + " with TTL " + beacon.ttl());
        });
        if (serving.chat().isPresent()) {
            String keepAlive = "keep-alive after " + Durations.text(Serving.KEEP_ALIVE.idle());
            String limit = "; who is owed more than " + Serving.OUTBOUND.limit() / 1024 + " KiB is disconnected";
            row("sockets", "no delay, " + keepAlive, "backlog " + Serving.BACKLOG + limit);
        }
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
