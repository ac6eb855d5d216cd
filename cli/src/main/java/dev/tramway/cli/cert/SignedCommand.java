package dev.tramway.cli.cert;

import dev.tramway.Certificates;
import dev.tramway.Credentials;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What {@code cert server}, {@code cert client} and {@code cert csr} have in common: names, a key and a request. */
abstract class SignedCommand {
    @Mixin
    final OutputOptions output = new OutputOptions();

    @Mixin
    final CertificateOptions options = new CertificateOptions();

    @Option(
            names = "--san",
            paramLabel = "NAME",
            split = ",",
            description = "Host names and addresses that it is valid for, with commas between.")
    List<String> names = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The names asked for; else the common name; else this machine. */
    final String[] hosts() {
        if (!names.isEmpty()) {
            return names.toArray(String[]::new);
        }
        return Optional.ofNullable(options.subject.fields().get("CN"))
                .map(commonName -> new String[] {commonName})
                .orElseGet(() -> new String[] {"localhost", "127.0.0.1", "::1"});
    }

    /** Makes everything and writes it. */
    final int make(String name, Certificates base, AuthorityOptions authority) {
        Certificates plan = options.applyTo(base);
        Credentials made = authority
                .read(output.directory)
                .map(plan::signedBy)
                .orElse(plan)
                .make();
        new FileSet(output)
                .certificate(name, made)
                .text(name + ".csr", "certificate request", plan.request(made))
                .write(spec.commandLine().getOut());
        return 0;
    }

    /** Makes a key and a request for it. */
    final int request(String name, Certificates base) {
        Certificates plan = options.applyTo(base);
        Credentials made = plan.make();
        new FileSet(output)
                .key(name, made)
                .text(name + ".csr", "certificate request", plan.request(made))
                .write(spec.commandLine().getOut());
        return 0;
    }
}
