package dev.tramway.cli.cert;

import dev.tramway.Certificates;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cert csr}. */
@Command(
        name = "csr",
        description = "Makes a key and a request for another authority to sign.",
        mixinStandardHelpOptions = true)
final class RequestCommand extends SignedCommand implements Callable<Integer> {
    @Option(names = "--name", paramLabel = "NAME", description = "How the files are named (default: server).")
    private String name = "server";

    @Override
    public Integer call() {
        return request(name, Certificates.server(hosts()));
    }
}
