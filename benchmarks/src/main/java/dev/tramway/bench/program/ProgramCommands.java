package dev.tramway.bench.program;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Adds the scenario programs to a command: echo and multicast, server and client, each over TCP, TLS and UDP. */
public final class ProgramCommands {
    private static final String GROUP = "239.255.0.1";

    private ProgramCommands() {}

    /** Adds all of them. */
    public static void addTo(CommandLine parent) {
        for (var protocol : Protocol.values()) {
            add(parent, protocol.program("echo-server"), new EchoServer(protocol), defaults(protocol, "0.0.0.0"));
            add(parent, protocol.program("echo-client"), new EchoClient(protocol), defaults(protocol, "127.0.0.1"));
            boolean grouped = protocol == Protocol.UDP;
            add(
                    parent,
                    protocol.program("multicast-server"),
                    new MulticastServer(protocol),
                    defaults(protocol, grouped ? GROUP : "0.0.0.0"));
            add(
                    parent,
                    protocol.program("multicast-client"),
                    new MulticastClient(protocol),
                    defaults(protocol, grouped ? GROUP : "127.0.0.1"));
        }
    }

    private static void add(CommandLine parent, String name, Object program, Map<String, String> defaults) {
        var line = new CommandLine(program).setCaseInsensitiveEnumValuesAllowed(true);
        line.setDefaultValueProvider(argument -> argument instanceof OptionSpec option
                ? defaults.getOrDefault(option.longestName(), option.defaultValue())
                : argument.defaultValue());
        parent.addSubcommand(name, line);
    }

    private static Map<String, String> defaults(Protocol protocol, String address) {
        return Map.of("--address", address, "--port", Integer.toString(protocol.port()));
    }
}
