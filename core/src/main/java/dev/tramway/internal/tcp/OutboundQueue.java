package dev.tramway.internal.tcp;

import dev.tramway.CloseReason;
import dev.tramway.FrameWriter;
import dev.tramway.Outbound;
import dev.tramway.SendResult;
import dev.tramway.internal.framing.Raw;
import dev.tramway.internal.loop.OutboundBudget;
import dev.tramway.internal.loop.Segment;
import dev.tramway.internal.loop.SegmentPool;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslClosedEngineException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What one session owes its peer. Lives on the session's loop.
 *
 * <p>Messages are appended to a tail segment; broadcasts are put in line as slices of the loop's log. A flush hands the
 * pieces in front to Netty as one batch; the next batch follows when the kernel has taken this one, so that whatever is not
 * in a batch can still be dropped, and TLS encrypts no more than one batch ahead. The limit is judged here, and only after an
 * attempt to write.
 */
final class OutboundQueue {
    /** Bytes that are worth a write at once, without waiting for the end of the turn. */
    private static final int WRITE_AT_ONCE = SegmentPool.SIZE;

    /** A batch ends with the piece that reaches this many bytes. */
    private static final int BATCH = 256 * 1024;

    /** Bytes in line that are worth waiting for others. */
    private static final int LARGE = 4 * 1024;

    /** Slices of the log up to this size are copied into the tail instead, to spare the kernel a gather. */
    private static final int COPY_BELOW = 1024;

    /** Received messages of this size are echoed without a copy. */
    private static final int WORTH_HOLDING = 8 * 1024;

    private static final int SMALLEST_SEGMENT = 1024;

    private final TcpSession session;
    private final SessionChannel channel;
    private final OutboundFlow flow;
    private final Outbound policy;

    /** Pieces in line before the tail, and how many messages each has; made when first needed. */
    private @Nullable ArrayDeque<ByteBuf> pieces;

    private @Nullable IntQueue pieceMessages;

    /** The last piece, open for appending. */
    private @Nullable Segment tail;

    private int tailMessages;

    /** Of the pieces before the tail. What is in the tail shows in its position alone, which spares counting twice. */
    private long linedBytes;

    private long linedMessages;
    private long inFlightBytes;
    private long inFlightMessages;

    /** Number of the first message in flight; while there is one, those behind it may be dropped and pass it. */
    private long firstInFlight;

    private boolean handingOver;

    private long takenBytes;
    private long takenMessages;
    private long droppedMessages;

    /** Messages that were handed to Netty or dropped from the line: the number of the first that is still in line. */
    private long passedMessages;

    private boolean refused;

    /** Sizes of the messages in line and in flight; only where somebody needs to tell one from the next. */
    private @Nullable IntQueue sizes;

    private @Nullable IntQueue sizesHandedOver;

    /** How many of the sizes handed over belong to messages that the kernel has taken. */
    private int sizesTaken;

    private @Nullable ChannelFutureListener onTaken;

    /** The write that ends what is in flight. */
    private @Nullable ChannelPromise lastInFlight;

    /** What the budget of the service knows of this; made when the peer first does not keep up. */
    private OutboundBudget.@Nullable Debt debt;

    OutboundQueue(TcpSession session, SessionChannel channel, OutboundFlow flow, Outbound policy) {
        this.session = session;
        this.channel = channel;
        this.flow = flow;
        this.policy = policy;
        if (policy.whenFull() == Outbound.WhenFull.DROP_OLDEST) {
            keepSizes();
        }
    }

    /** From now on remembers where messages end, for drops and for {@code onSent}. */
    void keepSizes() {
        if (sizes == null) {
            sizes = new IntQueue();
            sizesHandedOver = new IntQueue();
            // What is in line already cannot be told apart any more: its first message gets the size of all.
            for (long i = 0; i < inLineMessages(); i++) {
                sizes.add(i == 0 ? (int) inLineBytes() : 0);
            }
        }
    }

    boolean keepsSizes() {
        return sizes != null;
    }

    /** Bytes that were accepted and that the kernel has not taken. */
    long pendingBytes() {
        return inLineBytes() + inFlightBytes;
    }

    private long inLineBytes() {
        Segment last = tail;
        return last == null ? linedBytes : linedBytes + last.size();
    }

    private long inLineMessages() {
        return linedMessages + tailMessages;
    }

    /** Number of the message that was accepted last. */
    long lastNumber() {
        return passedMessages + inLineMessages() - 1;
    }

    /** Number of the first message that the kernel has not taken. */
    long firstNotTaken() {
        return inFlightBytes == 0 ? passedMessages : firstInFlight;
    }

    long takenBytes() {
        return takenBytes;
    }

    /** Bytes that Netty was given so far. */
    long handedOverBytes() {
        return takenBytes + inFlightBytes;
    }

    long takenMessages() {
        return takenMessages;
    }

    long droppedMessages() {
        return droppedMessages;
    }

    /**
     * True if so much is in line that it does not matter to the peer whether it goes out now or some reads later. Not with TLS,
     * where the answers to what came with the peer's close_notify must be written before ours.
     */
    boolean mayWait() {
        return inLineBytes() >= LARGE && !channel.isEncrypted();
    }

    /** True if nothing is owed. */
    boolean isEmpty() {
        return inFlightBytes == 0 && inLineBytes() == 0;
    }

    /** True while the kernel has not taken a batch. */
    boolean isStalled() {
        return inFlightBytes > 0;
    }

    /** Takes one message. */
    SendResult append(ByteBuffer message, FrameWriter writer) {
        int most = writer.frameSize(message.remaining());
        Segment last = tail;
        if (last == null || last.bytes().remaining() < most) {
            SendResult room = makeRoom(most);
            if (room != SendResult.ACCEPTED) {
                return room;
            }
            if (most >= WORTH_HOLDING && writer == Raw.INSTANCE && sendWhereItLies(message)) {
                return SendResult.ACCEPTED;
            }
            last = tailWithRoom(most);
        }
        count(WholeFrame.put(writer, message, last.bytes()));
        return SendResult.ACCEPTED;
    }

    /**
     * An echo: sends the message that is being received out of the buffer that it was read into; at once, so that the loop can
     * read into it again. False if it lies elsewhere, or if the peer is slow and would keep the buffer.
     */
    private boolean sendWhereItLies(ByteBuffer message) {
        ByteBuf held = isStalled() ? null : session.loop().receiveBuffer().hold(message);
        if (held == null) {
            return false;
        }
        closeTail();
        if (sizes != null) {
            sizes.add(held.readableBytes());
        }
        line(held, 1);
        flush();
        return true;
    }

    /** Takes one message also if the limit is reached: its sender waits for what it has sent before. */
    SendResult appendBeyondLimit(ByteBuffer message, FrameWriter writer) {
        int most = writer.frameSize(message.remaining());
        Segment last = tail;
        if (last == null || last.bytes().remaining() < most) {
            flushIfWorthIt(most);
            last = tailWithRoom(most);
        }
        count(WholeFrame.put(writer, message, last.bytes()));
        return SendResult.ACCEPTED;
    }

    private void count(int frameSize) {
        if (frameSize == 0) {
            // An empty message without a frame around it: there is nothing that the kernel could take.
            takenMessages++;
            flow.nothingToTake();
            return;
        }
        tailMessages++;
        if (sizes != null) {
            sizes.add(frameSize);
        }
    }

    /**
     * Takes whole messages out of the loop's log.
     *
     * @param log holds the segment and knows where messages end
     * @param from position in the log
     * @param to position in the log
     */
    void append(BroadcastLog log, long from, long to) {
        int size = (int) (to - from);
        if (makeRoom(size) == SendResult.ACCEPTED) {
            put(log, from, to);
        } else if (session.isOpen()) {
            // What fits is taken message by message; the policy has told the rest off.
            appendOneByOne(log, from, to);
        }
    }

    private void appendOneByOne(BroadcastLog log, long from, long to) {
        long start = from;
        while (start < to && session.isOpen()) {
            long end = log.endOfMessageAt(start);
            if (makeRoom((int) (end - start)) == SendResult.ACCEPTED) {
                put(log, start, end);
            } else {
                dropped(1, end - start);
            }
            start = end;
        }
    }

    private void put(BroadcastLog log, long from, long to) {
        int size = (int) (to - from);
        int messages = log.countMessages(from, to);
        if (sizes != null) {
            log.addSizes(from, to, sizes);
        }
        if (size <= COPY_BELOW || isStalled()) {
            // A stalled session copies, so that it does not pin a whole segment of the log for a few bytes.
            log.copy(from, size, tailWithRoom(size).bytes());
            tailMessages += messages;
        } else {
            closeTail();
            line(log.slice(from, size), messages);
        }
    }

    /** Writes, if it is worth it, and judges the limit. */
    private SendResult makeRoom(int size) {
        flushIfWorthIt(size);
        if (fits(size)) {
            return SendResult.ACCEPTED;
        }
        flush();
        if (fits(size) || isEmpty()) {
            return SendResult.ACCEPTED;
        }
        return switch (policy.whenFull()) {
            case DISCONNECT -> {
                session.close(CloseReason.of(
                        CloseReason.Kind.SLOW_CONSUMER,
                        pendingBytes() + " bytes are owed, " + policy.limit() + " are allowed"));
                yield SendResult.CLOSED;
            }
            case DROP_NEWEST -> refuse();
            case DROP_OLDEST -> dropOldest(size) ? SendResult.ACCEPTED : refuse();
        };
    }

    private void flushIfWorthIt(int size) {
        if (inLineBytes() + size > WRITE_AT_ONCE) {
            flush();
        }
    }

    private boolean fits(int size) {
        return pendingBytes() + size <= policy.limit();
    }

    private SendResult refuse() {
        refused = true;
        return SendResult.FULL;
    }

    /** Drops whole messages from the head of the line until there is room; false if that is not enough. */
    private boolean dropOldest(int size) {
        IntQueue known = sizes;
        assert known != null;
        long messages = 0;
        long bytes = 0;
        while (!fits(size) && inLineBytes() > 0) {
            int oldest = known.remove();
            skip(oldest);
            flow.droppedNumber(passedMessages++);
            messages++;
            bytes += oldest;
        }
        dropped(messages, bytes);
        return fits(size) || isEmpty();
    }

    /** Counts a message that was refused, for which nobody waits who could send it again. */
    void drop(ByteBuffer message, FrameWriter writer) {
        dropped(1, writer.frameSize(message.remaining()));
    }

    private void dropped(long messages, long bytes) {
        if (messages > 0) {
            droppedMessages += messages;
            flow.dropped(messages, bytes);
        }
    }

    /** Takes one message off the head of the line. */
    private void skip(int size) {
        if (linedBytes == 0) {
            skipInTail(size);
            return;
        }
        ByteBuf head = pieces().element();
        head.skipBytes(size);
        linedBytes -= size;
        linedMessages--;
        pieceMessages().replaceFirst(pieceMessages().first() - 1);
        if (!head.isReadable()) {
            pieces().remove();
            pieceMessages().remove();
            head.release();
        }
    }

    private void skipInTail(int size) {
        Segment last = tail;
        assert last != null;
        last.settled().skipBytes(size);
        tailMessages--;
        giveBackEmptyTail();
    }

    private void giveBackEmptyTail() {
        Segment last = tail;
        if (last != null && last.size() == 0) {
            session.loop().segments().giveBack(last);
            tail = null;
        }
    }

    /** Hands the pieces in front to Netty, unless it still has some. */
    void flush() {
        if (handingOver) {
            return;
        }
        handingOver = true;
        while (inFlightBytes == 0 && inLineBytes() > 0 && channel.canWrite()) {
            handOverBatch(channel.context());
        }
        handingOver = false;
        // A writer that failed, or an empty message, may have left a tail in which there is nothing.
        giveBackEmptyTail();
    }

    /**
     * Hands everything to TLS, however much is in flight, since it may take nothing more afterwards. Not where the oldest may be
     * dropped: such a line is one that may lose, and what TLS has it cannot drop.
     */
    void flushBeforeEnd() {
        flush();
        if (inLineBytes() == 0 || policy.whenFull() == Outbound.WhenFull.DROP_OLDEST || !channel.canWrite()) {
            return;
        }
        handOver(channel.context(), Long.MAX_VALUE);
    }

    private void handOverBatch(ChannelHandlerContext context) {
        handOver(context, BATCH);
        if (inFlightBytes == 0) {
            return;
        }
        if (channel.isEncrypted()) {
            stalled();
        } else if (channel.kernelHasAll()) {
            taken();
        } else {
            stalled();
            context.writeAndFlush(Unpooled.EMPTY_BUFFER, tracked(context));
        }
    }

    private void stalled() {
        session.stalled();
        if (debt == null && session.loop().outboundBudget().isLimited()) {
            debt = session.loop().outboundBudget().newDebt(session::giveUp);
        }
        noteDebt();
    }

    /** Only from a stall to the end of what was owed then: who keeps up is not counted. */
    private void noteDebt() {
        if (debt != null && (isStalled() || debt.bytes() > 0)) {
            Segment last = tail;
            debt.set(linedBytes + inFlightBytes + (last == null ? 0 : last.capacity()));
        }
    }

    /** Hands pieces to Netty until so much is in flight. */
    private void handOver(ChannelHandlerContext context, long most) {
        SegmentPool pool = session.loop().segments();
        while (inFlightBytes < most && inLineBytes() > 0) {
            handOverPiece(context, pool);
        }
        context.flush();
        pool.takeBackLent();
    }

    private void handOverPiece(ChannelHandlerContext context, SegmentPool pool) {
        ByteBuf piece;
        int messages;
        if (linedBytes > 0) {
            piece = pieces().remove();
            messages = pieceMessages().remove();
            linedBytes -= piece.readableBytes();
            linedMessages -= messages;
        } else {
            Segment last = tail;
            assert last != null;
            piece = last.settled();
            messages = tailMessages;
            pool.lend(last);
            tail = null;
            tailMessages = 0;
        }
        if (inFlightBytes == 0) {
            firstInFlight = passedMessages;
        }
        inFlightBytes += piece.readableBytes();
        inFlightMessages += messages;
        passedMessages += messages;
        moveSizes(messages);
        boolean last = inFlightBytes >= BATCH || inLineBytes() == 0;
        // TLS keeps what it has not encrypted where it cannot be seen, so there the write itself has to tell.
        context.write(piece, last && channel.isEncrypted() ? tracked(context) : context.voidPromise());
    }

    private ArrayDeque<ByteBuf> pieces() {
        assert pieces != null;
        return pieces;
    }

    private IntQueue pieceMessages() {
        assert pieceMessages != null;
        return pieceMessages;
    }

    private void moveSizes(int messages) {
        if (sizes != null && sizesHandedOver != null) {
            for (int i = 0; i < messages && !sizes.isEmpty(); i++) {
                sizesHandedOver.add(sizes.remove());
            }
        }
    }

    private ChannelPromise tracked(ChannelHandlerContext context) {
        if (onTaken == null) {
            onTaken = future -> {
                if (future.isSuccess()) {
                    if (future == lastInFlight) {
                        taken();
                    }
                } else if (future.cause() instanceof SslClosedEngineException) {
                    session.outputEnded();
                }
            };
        }
        ChannelPromise promise = context.newPromise();
        lastInFlight = promise;
        return promise.addListener(onTaken);
    }

    /** The kernel has taken the whole batch. */
    private void taken() {
        takenBytes += inFlightBytes;
        takenMessages += inFlightMessages;
        flow.batchTaken(inFlightBytes, inFlightMessages, handingOver);
        inFlightBytes = 0;
        inFlightMessages = 0;
        noteDebt();
        if (sizesHandedOver != null && flow.wantsSent()) {
            sizesTaken = sizesHandedOver.size();
        } else if (sizesHandedOver != null) {
            sizesHandedOver.clear();
            sizesTaken = 0;
        }
    }

    /** Size of a message that the kernel has taken and that was not told yet; -1 if there is none. */
    int nextTakenSize() {
        if (sizesTaken == 0 || sizesHandedOver == null) {
            return -1;
        }
        sizesTaken--;
        return sizesHandedOver.remove();
    }

    /** True once after a refusal, when half of the limit is free again. */
    boolean becameWritable() {
        if (refused && pendingBytes() <= policy.limit() / 2) {
            refused = false;
            return true;
        }
        return false;
    }

    /** Throws away what is owed, now that the channel has closed; returns how many bytes are lost with it. */
    long discard() {
        long lost = pendingBytes();
        if (pieces != null) {
            pieces.forEach(ByteBuf::release);
            pieces.clear();
        }
        if (tail != null) {
            session.loop().segments().giveBack(tail);
            tail = null;
            tailMessages = 0;
        }
        linedBytes = 0;
        linedMessages = 0;
        inFlightBytes = 0;
        inFlightMessages = 0;
        noteDebt();
        return lost;
    }

    /**
     * The tail, with room that was granted before. Its limit is what the policy allows as of now, so that appending needs to
     * look at nothing else.
     */
    private Segment tailWithRoom(int size) {
        Segment last = tail;
        if (last == null || last.capacity() - last.bytes().position() < size) {
            closeTail();
            last = newSegment(size);
            tail = last;
            noteDebt();
        }
        ByteBuffer bytes = last.bytes();
        long allowed = Math.max(size, policy.limit() - pendingBytes());
        bytes.limit((int) Math.min(last.capacity(), bytes.position() + allowed));
        return last;
    }

    /**
     * While the peer keeps up, segments are the pool's. Behind a stalled batch they grow with what is owed, and so they do where
     * thousands are sent to in one turn.
     */
    private Segment newSegment(int size) {
        SegmentPool pool = session.loop().segments();
        if (size > SegmentPool.SIZE) {
            return pool.take(size);
        }
        if (!isStalled() && !session.loop().isTurnEndCrowded()) {
            return pool.take();
        }
        long wanted = Math.max(Math.max(size, SMALLEST_SEGMENT), linedBytes);
        return wanted > SegmentPool.SIZE / 2 ? pool.take() : pool.take(Integer.highestOneBit((int) wanted) * 2);
    }

    private void closeTail() {
        Segment last = tail;
        if (last != null) {
            line(last.settled(), tailMessages);
            tail = null;
            tailMessages = 0;
        }
    }

    private void line(ByteBuf piece, int messages) {
        if (pieces == null || pieceMessages == null) {
            pieces = new ArrayDeque<>(4);
            pieceMessages = new IntQueue();
        }
        pieces.add(piece);
        pieceMessages.add(messages);
        linedBytes += piece.readableBytes();
        linedMessages += messages;
    }
}
