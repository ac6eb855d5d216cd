package dev.tramway.cli.cert;

import dev.tramway.Certificates;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cert dhparam}. */
@Command(
        name = "dhparam",
        description = "Writes Diffie-Hellman parameters, for programs that want a file with them.",
        mixinStandardHelpOptions = true)
final class DhParametersCommand implements Callable<Integer> {
    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(
            names = "--bits",
            paramLabel = "N",
            description = "2048, 3072, 4096, 6144 or 8192 (default: 4096); any from 512 with --random.")
    private int bits = 4096;

    @Option(names = "--random", description = "Look for a prime of one's own: takes minutes, and is no safer.")
    private boolean random;

    @Option(names = "--name", paramLabel = "NAME", description = "How the file is named (default: dh and the bits).")
    private String name = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        String text = random ? Certificates.randomDhParameters(bits) : Certificates.dhParameters(bits);
        String content = random ? "Diffie-Hellman parameters" : "Diffie-Hellman parameters, ffdhe" + bits;
        new FileSet(output)
                .text((name.isEmpty() ? "dh" + bits : name) + ".pem", content, text)
                .write(spec.commandLine().getOut());
        return 0;
    }
}
