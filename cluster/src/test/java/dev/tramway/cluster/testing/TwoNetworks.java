package dev.tramway.cluster.testing;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two network namespaces, joined by one wire that a test can cut. Nothing in them reaches the machine's own network, nor the other way
 * round; they have no names, and end with the processes in them.
 */
public final class TwoNetworks implements AutoCloseable {
    /** Where programs of the first are reached; of a range that is kept for examples. */
    public static final String HUB = "192.0.2.1";

    private static final String LEAF = "192.0.2.2";

    /** An Ethernet address that nobody has. */
    private static final String NOBODY = "02:00:00:00:00:01";

    private final Process hub;
    private final Process leaf;

    /** How the wire is cut. */
    public enum Cut {
        /** As if somebody had pulled the plug: who looks at the network card knows. */
        DOWN,
        /** Whatever is sent is lost, and nothing says so. */
        SILENT
    }

    private TwoNetworks(Process hub, Process leaf) {
        this.hub = hub;
        this.leaf = leaf;
    }

    /** Makes them. Where that is not allowed, which needs root and the programs {@code unshare}, {@code nsenter} and {@code ip}, the test is left out. */
    public static TwoNetworks make() throws IOException, InterruptedException {
        assumeThat(List.of("unshare", "nsenter", "ip"))
                .as("no network namespaces: these programs are missing")
                .allMatch(TwoNetworks::isInstalled);
        TwoNetworks networks = new TwoNetworks(hold(), hold());
        networks.run(networks.inHub(), "ip link add wire type veth peer name wire netns " + networks.leaf.pid());
        networks.run(networks.inHub(), "ip address add " + HUB + "/30 dev wire");
        networks.run(networks.inLeaf(), "ip address add " + LEAF + "/30 dev wire");
        for (List<String> network : List.of(networks.inHub(), networks.inLeaf())) {
            networks.run(network, "ip link set lo up");
            networks.run(network, "ip link set wire up");
        }
        return networks;
    }

    /** A process that does nothing but keep a namespace, until its input ends, be it that the test is killed. */
    private static Process hold() throws IOException {
        Process holder = new ProcessBuilder("unshare", "--net", "sh", "-c", "echo ready; exec cat")
                .redirectErrorStream(true)
                .start();
        BufferedReader says = holder.inputReader(StandardCharsets.UTF_8);
        assumeThat(says.readLine()).as("no network namespaces").isEqualTo("ready");
        return holder;
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Path.of(place, program).toFile().canExecute());
    }

    /** What a command begins with that is to run in the first network. */
    public List<String> inHub() {
        return enter(hub);
    }

    /** What a command begins with that is to run in the second network. */
    public List<String> inLeaf() {
        return enter(leaf);
    }

    private static List<String> enter(Process holder) {
        return List.of("nsenter", "--net", "--target", Long.toString(holder.pid()));
    }

    /** Cuts the wire. */
    public void cut(Cut how) throws IOException, InterruptedException {
        switch (how) {
            case DOWN -> run(inLeaf(), "ip link set wire down");
            case SILENT -> {
                run(inHub(), "ip neighbour replace " + LEAF + " lladdr " + NOBODY + " nud permanent dev wire");
                run(inLeaf(), "ip neighbour replace " + HUB + " lladdr " + NOBODY + " nud permanent dev wire");
            }
        }
    }

    /** Joins it again. */
    public void heal(Cut how) throws IOException, InterruptedException {
        switch (how) {
            case DOWN -> run(inLeaf(), "ip link set wire up");
            case SILENT -> {
                run(inHub(), "ip neighbour delete " + LEAF + " dev wire");
                run(inLeaf(), "ip neighbour delete " + HUB + " dev wire");
            }
        }
    }

    private void run(List<String> where, String command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(where);
        words.addAll(List.of(command.split(" ")));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String says = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            close();
            throw new IllegalStateException(command + ": " + says);
        }
    }

    @Override
    public void close() {
        hub.destroy();
        leaf.destroy();
    }
}
