package dev.tramway.cli.cert;

import dev.tramway.Certificates;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cert client}. */
@Command(name = "client", description = "Makes the certificate of a client.", mixinStandardHelpOptions = true)
final class ClientCommand extends SignedCommand implements Callable<Integer> {
    @Mixin
    private final AuthorityOptions authority = new AuthorityOptions();

    @Option(names = "--name", paramLabel = "NAME", description = "How the files are named (default: client).")
    private String name = "client";

    @Override
    public Integer call() {
        Certificates plan = Certificates.client(options.subject.commonName(name));
        return make(name, plan.alternativeNames(names.toArray(String[]::new)), authority);
    }
}
