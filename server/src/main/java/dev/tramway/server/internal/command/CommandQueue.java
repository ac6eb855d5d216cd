package dev.tramway.server.internal.command;

import dev.tramway.SendResult;
import dev.tramway.frames.Command;
import dev.tramway.frames.Conversation;
import dev.tramway.frames.Message;
import dev.tramway.frames.Protocol;
import dev.tramway.frames.Reply;
import dev.tramway.frames.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The commands to one device: those that wait, and those whose answers are awaited. Used by any thread; guarded by itself.
 *
 * <p>A command is never lost between queue and wire: it leaves the queue only when the connection has accepted its frame, and
 * comes back if it has not. It is never executed twice by our doing: once the connection has accepted the frame, nobody can
 * know whether the device has got it until it answers; so if the connection is lost or the time is over, the command has failed,
 * with words that say that it may have been executed, and is sent again only if the definition calls it repeatable, under the
 * same number.
 *
 * <p>One conversation serves all connections of the device, so that its numbers go on, and the late answer to an old command is
 * not taken for that to a new one. Where answers have nothing in common with commands but their order, one command is under way
 * at a time, and after one that got no answer the line stays quiet as long again, for the late answer to pass.
 */
public final class CommandQueue {
    /** Most commands under way at a time, where answers can be told apart. */
    private static final int WINDOW = 16;

    private final CommandCenter center;
    private final CommandTarget target;
    private final PriorityQueue<Entry> waiting = new PriorityQueue<>(Comparator.comparingLong(Entry::number));
    private final List<Entry> underWay = new ArrayList<>();
    private int leaving;
    /** By the steady clock. */
    private Instant quietUntil = Instant.MIN;

    private @Nullable Line line;
    private @Nullable Protocol protocol;
    private @Nullable Conversation conversation;

    CommandQueue(CommandCenter center, CommandTarget target) {
        this.center = center;
        this.target = target;
    }

    /** The device has connected, in place of an older connection if there is one. */
    public synchronized void connected(Line connection) {
        if (line != null) {
            lost();
        }
        line = connection;
        pump();
    }

    /** A connection has ended; nothing happens if the device has another one by now. */
    public synchronized void disconnected(Line connection) {
        if (connection.equals(line)) {
            lost();
            line = null;
        }
    }

    private void lost() {
        for (Entry entry : List.copyOf(underWay)) {
            forget(entry);
            if (isRepeatable(entry)) {
                change(entry, CommandState.QUEUED, "the connection was lost; told again when the device is back");
                waiting.add(entry);
            } else {
                change(
                        entry,
                        CommandState.FAILED,
                        "the connection was lost before the answer; it is unknown whether it was executed");
            }
        }
    }

    /**
     * Looks whether a message answers a command.
     *
     * @return true if it does
     */
    public synchronized boolean received(Message message) {
        if (conversation == null || underWay.isEmpty()) {
            return false;
        }
        Optional<Reply> reply = conversation.reply(message);
        reply.flatMap(answer -> underWay(answer.request())).ifPresent(entry -> {
            underWay.remove(entry);
            boolean ok = reply.get().ok();
            entry.change(
                    ok ? CommandState.CONFIRMED : CommandState.FAILED,
                    ok ? "" : "the device refused it",
                    entry.view().attempts(),
                    message.values(),
                    center.now());
            center.tell(entry);
            pump();
        });
        return reply.isPresent();
    }

    private Optional<Entry> underWay(Request request) {
        return underWay.stream().filter(entry -> request.equals(entry.request)).findFirst();
    }

    synchronized void add(Entry entry) {
        waiting.add(entry);
        pump();
    }

    /** Takes the next command out, for another server to send it; empty if the device is here, or none waits. */
    synchronized Optional<Entry> lend() {
        return line == null ? Optional.ofNullable(waiting.poll()) : Optional.empty();
    }

    synchronized int size() {
        return waiting.size() + leaving + underWay.size();
    }

    /** How many commands wait or are under way. */
    public int pending() {
        return size();
    }

    synchronized boolean cancel(Entry entry) {
        if (entry.leaving || !waiting.remove(entry)) {
            return false;
        }
        change(entry, CommandState.CANCELLED, "");
        return true;
    }

    /** Looks at the time. */
    synchronized void tick() {
        Instant now = steadyNow();
        for (Entry entry : List.copyOf(waiting)) {
            if (!entry.deadline().isAfter(now)) {
                waiting.remove(entry);
                change(entry, CommandState.EXPIRED, "the device did not come in time");
            }
        }
        if (conversation != null) {
            conversation.expire().forEach(request -> underWay(request).ifPresent(this::unanswered));
        }
        pump();
    }

    private void unanswered(Entry entry) {
        underWay.remove(entry);
        Line connection = line;
        if (isRepeatable(entry) && entry.view().attempts() <= center.retries() && connection != null) {
            change(entry, CommandState.QUEUED, "no answer; told again");
            leave(entry, connection);
            return;
        }
        Duration timeout = command(entry).map(Command::timeout).orElse(Duration.ZERO);
        change(
                entry,
                CommandState.FAILED,
                "no answer within " + timeout.toSeconds() + " s; it is unknown whether it was executed");
        if (!isCorrelated(entry)) {
            quietUntil = steadyNow().plus(timeout);
        }
    }

    // ---- from the queue to the wire ---------------------------------------------------------------------------------

    private void pump() {
        Line connection = line;
        while (connection != null && hasRoom()) {
            Entry next = waiting.remove();
            if (next.deadline().isAfter(steadyNow())) {
                leave(next, connection);
            } else {
                change(next, CommandState.EXPIRED, "the device did not come in time");
            }
        }
    }

    private boolean hasRoom() {
        Entry next = waiting.peek();
        if (next == null || steadyNow().isBefore(quietUntil)) {
            return false;
        }
        int most = isCorrelated(next) && underWay.stream().allMatch(this::isCorrelated) ? WINDOW : 1;
        return underWay.size() + leaving < most;
    }

    /** First it is written down that it goes, then it goes: after a crash it must not be thought to be waiting still. */
    private void leave(Entry entry, Line connection) {
        entry.leaving = true;
        leaving++;
        center.willSend(entry).whenComplete((done, failure) -> {
            try {
                connection.execute(() -> left(entry, connection, failure == null));
            } catch (RejectedExecutionException stopped) {
                left(entry, connection, false);
            }
        });
    }

    private synchronized void left(Entry entry, Line connection, boolean permitted) {
        leaving--;
        entry.leaving = false;
        if (!permitted || !connection.equals(line) || !write(entry, connection)) {
            waiting.add(entry); // the next connection, or the next look at the time, tries again
            center.stillWaits(entry);
            return;
        }
        pump();
    }

    /** Hands the frame to the connection; false if that did not take it. */
    private boolean write(Entry entry, Line connection) {
        try {
            Request request = request(entry);
            byte[] frame = target.protocol().orElseThrow().encode(request.message());
            entry.request = request;
            if (connection.send(frame) != SendResult.ACCEPTED) {
                talk().forget(request);
                return false;
            }
            entry.change(CommandState.SENT, "", entry.view().attempts() + 1, Map.of(), center.now());
            if (entry.view().answered()) {
                underWay.add(entry);
            }
            center.tell(entry);
            return true;
        } catch (IllegalArgumentException e) {
            change(entry, CommandState.FAILED, String.valueOf(e.getMessage()));
            return true;
        } catch (IllegalStateException full) {
            return false;
        }
    }

    private Request request(Entry entry) {
        Conversation talk = talk();
        if (entry.request != null) {
            return talk.again(entry.request);
        }
        CommandView view = entry.view();
        return talk.request(view.command(), view.arguments(), target.header(view.command(), view.source()));
    }

    /** The conversation; a new one once the definition has changed and no answer is awaited by the old one. */
    private Conversation talk() {
        Protocol current = target.protocol().orElseThrow(() -> new IllegalStateException("no protocol yet"));
        Conversation talk = conversation;
        if (talk == null || (!current.equals(protocol) && underWay.isEmpty())) {
            talk = new Conversation(
                    current, center.clocks().wall(), center.clocks().steady());
            conversation = talk;
            protocol = current;
        }
        return talk;
    }

    private void forget(Entry entry) {
        underWay.remove(entry);
        Request request = entry.request;
        if (conversation != null && request != null) {
            conversation.forget(request);
        }
    }

    private Instant steadyNow() {
        return center.clocks().steady().instant();
    }

    private void change(Entry entry, CommandState state, String detail) {
        entry.change(state, detail, center.now());
        center.tell(entry);
    }

    // ---- what the definition says -----------------------------------------------------------------------------------

    private Optional<Command> command(Entry entry) {
        return target.protocol()
                .filter(known -> known.commands().contains(entry.view().command()))
                .map(known -> known.command(entry.view().command()));
    }

    private boolean isRepeatable(Entry entry) {
        return command(entry).map(Command::repeatable).orElse(false);
    }

    private boolean isCorrelated(Entry entry) {
        return command(entry)
                .map(command ->
                        command.replies().isEmpty() || !command.correlation().isEmpty())
                .orElse(true);
    }
}
