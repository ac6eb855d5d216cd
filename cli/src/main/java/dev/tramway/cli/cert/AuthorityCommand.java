package dev.tramway.cli.cert;

import dev.tramway.Certificates;
import dev.tramway.Credentials;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cert ca}. */
@Command(name = "ca", description = "Makes a certificate authority.", mixinStandardHelpOptions = true)
final class AuthorityCommand implements Callable<Integer> {
    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final CertificateOptions options = new CertificateOptions();

    @Option(names = "--name", paramLabel = "NAME", description = "How the files are named (default: ca).")
    private String name = "ca";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Certificates plan = Certificates.authority(options.subject.commonName("Tramway CA"));
        Credentials made = options.applyTo(plan).make();
        new FileSet(output).certificate(name, made).write(spec.commandLine().getOut());
        return 0;
    }
}
