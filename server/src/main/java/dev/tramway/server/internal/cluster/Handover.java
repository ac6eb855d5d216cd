package dev.tramway.server.internal.cluster;

import dev.tramway.TimedOutException;
import dev.tramway.cluster.ClusterNode;
import dev.tramway.cluster.NatsCluster;
import dev.tramway.server.internal.command.CommandCenter;
import dev.tramway.server.internal.command.CommandRefusedException;
import dev.tramway.server.internal.command.CommandRequest;
import dev.tramway.server.internal.command.CommandView;
import dev.tramway.server.internal.telemetry.TelemetryService;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hands commands over to the node that their device is connected to, and brings back what became of them.
 *
 * <p>A command is in the queue of one node at a time. It is taken out of ours, which is written down, before the other is asked to take it; the other knows
 * it by a key, so that asking again does no harm. If the other says no it comes back; if nobody knows whether it said yes, because it is gone, the
 * command has failed, and says so.
 */
final class Handover implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

    private static final String SUBMIT = "server.command";
    private static final String STATE = "server.command-state";
    private static final long EVERY_MILLIS = 250;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final NatsCluster cluster;
    private final TelemetryService devices;
    private final CommandCenter commands;
    private final ExecutorService asked = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tramway-handover").factory());

    /** Commands of ours that others have, by our id; used by the thread alone. */
    private final Map<String, Lent> lent = new LinkedHashMap<>();

    /**
     * A command of ours that another node has.
     *
     * @param there its id at the other node; empty while that has not said that it has taken it
     */
    private record Lent(CommandView here, UUID node, Optional<String> there) {}

    /** What the other node says: the command, or why it does not take it. */
    record Reply(Optional<CommandView> command, Optional<String> refused) {}

    Handover(NatsCluster cluster, TelemetryService devices) {
        this.cluster = cluster;
        this.devices = devices;
        this.commands = devices.commandCenter();
    }

    void start() {
        cluster.serve(SUBMIT, request -> answer(request, this::submitted));
        cluster.serve(STATE, request -> answer(request, this::state));
        thread.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    // ---- asked by others --------------------------------------------------------------------------------------------

    @FunctionalInterface
    private interface Service {
        Reply answer(byte[] request);
    }

    /** On a thread of its own: a command waits for the disk. */
    private CompletableFuture<byte[]> answer(ByteBuffer request, Service service) {
        byte[] bytes = new byte[request.remaining()];
        request.get(bytes);
        return CompletableFuture.supplyAsync(() -> JSON.writeValueAsBytes(service.answer(bytes)), asked);
    }

    private Reply submitted(byte[] request) {
        try {
            CommandView command = commands.submit(JSON.readValue(request, CommandRequest.class));
            return new Reply(Optional.of(command), Optional.empty());
        } catch (CommandRefusedException | JacksonException e) {
            return new Reply(Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
        }
    }

    private Reply state(byte[] request) {
        return new Reply(commands.find(new String(request, StandardCharsets.UTF_8)), Optional.empty());
    }

    // ---- ours -------------------------------------------------------------------------------------------------------

    private void look() {
        try {
            follow();
            for (String device : devices.awaited()) {
                place(device).ifPresent(node -> hand(device, node));
            }
        } catch (RuntimeException e) {
            LOG.error("commands could not be handed over", e);
        }
    }

    /** The other node that a device is connected to; empty if none is known now. */
    private Optional<UUID> place(String device) {
        try {
            return cluster.places().find(device).join().filter(node -> !node.equals(cluster.id()));
        } catch (CompletionException away) {
            return Optional.empty();
        }
    }

    private void hand(String device, UUID node) {
        Optional<CommandView> next = commands.lend(device, nameOf(node));
        while (next.isPresent()) {
            Lent now = new Lent(next.get(), node, Optional.empty());
            lent.put(now.here().id(), now);
            if (!submit(now, false)) {
                return; // one that comes later does not overtake it
            }
            next = commands.lend(device, nameOf(node));
        }
    }

    private String nameOf(UUID node) {
        return cluster.node(node).map(ClusterNode::name).orElse(node.toString());
    }

    /**
     * Asks the other node to take a command.
     *
     * @param again true if it was asked before, and nobody knows whether it has taken it
     * @return true if it has
     */
    private boolean submit(Lent loan, boolean again) {
        CommandView command = loan.here();
        Duration left = Duration.between(Instant.now(), command.expires());
        CommandRequest request = new CommandRequest(
                command.device(),
                command.source(),
                command.command(),
                command.arguments(),
                Optional.of("handover " + command.id()),
                Optional.of(left.isNegative() ? Duration.ZERO : left));
        try {
            Reply reply = call(loan.node(), SUBMIT, JSON.writeValueAsBytes(request));
            if (reply.command().isPresent()) {
                lent.put(
                        command.id(),
                        new Lent(
                                command,
                                loan.node(),
                                Optional.of(reply.command().get().id())));
                return true;
            }
            lent.remove(command.id());
            commands.lentIsLost(command, reply.refused().orElse("the other node does not take it"));
        } catch (TimedOutException unknown) {
            LOG.debug("{}: asked again", command.id());
        } catch (RuntimeException notReached) {
            // Who has been asked before and is not reached now may have it: if it is gone, that is said; else it is
            // asked again.
            if (!again) {
                lent.remove(command.id());
                commands.giveBack(command);
            }
        }
        return false;
    }

    /** Looks what has become of those that others have. */
    private void follow() {
        for (Lent loan : List.copyOf(lent.values())) {
            if (cluster.node(loan.node()).isEmpty()) {
                lent.remove(loan.here().id());
                commands.lentIsLost(loan.here(), "the node that had it is gone; it is unknown whether it was executed");
            } else if (loan.there().isEmpty()) {
                submit(loan, true);
            } else {
                outcome(loan, loan.there().get());
            }
        }
    }

    private void outcome(Lent loan, String there) {
        try {
            Optional<CommandView> now = call(loan.node(), STATE, there.getBytes(StandardCharsets.UTF_8))
                    .command();
            if (now.isEmpty() || now.get().isOver()) {
                lent.remove(loan.here().id());
                now.ifPresentOrElse(
                        outcome -> commands.lentIsOver(loan.here(), outcome),
                        () -> commands.lentIsLost(loan.here(), "the node that had it has forgotten it"));
            }
        } catch (RuntimeException later) {
            LOG.debug("{}: asked again", loan.here().id());
        }
    }

    private Reply call(UUID node, String service, byte[] request) {
        try {
            return JSON.readValue(cluster.call(node, service, request).join(), Reply.class);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        asked.shutdown();
    }
}
