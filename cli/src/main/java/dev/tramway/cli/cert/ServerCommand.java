package dev.tramway.cli.cert;

import dev.tramway.Certificates;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cert server}. */
@Command(name = "server", description = "Makes the certificate of a server.", mixinStandardHelpOptions = true)
final class ServerCommand extends SignedCommand implements Callable<Integer> {
    @Mixin
    private final AuthorityOptions authority = new AuthorityOptions();

    @Option(names = "--name", paramLabel = "NAME", description = "How the files are named (default: server).")
    private String name = "server";

    @Override
    public Integer call() {
        return make(name, Certificates.server(hosts()), authority);
    }
}
