package dev.tramway.internal.loop;

import dev.tramway.ErrorEvent;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One event loop: a thread, its sockets, and everything that belongs to them. Methods are for its own thread unless they say
 * otherwise.
 *
 * <p>A turn is: I/O, inbox, deadlines, Netty's tasks, then the work put off to the end of the turn, which is where sessions
 * that were sent to are flushed. Callbacks into the application never nest: what a callback causes is told when it has
 * returned ({@link #announce}), or done when the read is over that brought it ({@link #defer}).
 */
public final class Loop extends SingleThreadIoEventLoop {
    /** Longest that Netty's own tasks may keep a turn busy. */
    private static final long TASK_QUANTUM_NANOS = 1_000_000_000L;

    private static final long NEVER = Long.MAX_VALUE;

    /**
     * Sessions whose large answers go out together: the peer's core is woken once for all of them, which costs as much as
     * thousands of bytes.
     */
    private static final int READS_TOGETHER = 8;

    private static final int CROWD = 64;

    private final LoopSettings settings;
    private final Watchdog watchdog;
    private final int index;
    private final Inbox inbox;
    private final Deadlines deadlines = new Deadlines();
    private final ReceiveBuffer receiveBuffer;
    private @Nullable DatagramBuffer datagramBuffer;
    private final SegmentPool segments;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(4096);
    private final ArrayDeque<Work> announcements = new ArrayDeque<>();

    /** Asked after every message, which is why it does not ask the queue. */
    private boolean hasAnnouncements;

    private final ArrayDeque<Work> deferred = new ArrayDeque<>();
    private final TurnEnd atTurnEnd = new TurnEnd();
    private final TurnEnd unfinished = new TurnEnd();
    private final Work[] afterReads = new Work[READS_TOGETHER];
    private int afterReadsCount;
    private final long spinNanos;
    private boolean spinning;
    private long spinUntil;
    private long turnTime;
    private boolean turnTimeKnown;
    private boolean runningDeferred;

    private long turns;

    /** The number of this turn, for the watchdog. */
    private volatile long turn;

    private volatile @Nullable Thread ownThread;

    /** True while this turn may be running code of the application; read by the watchdog. */
    private volatile boolean busy;

    /** Something to be done on this loop; put into its lists without allocation. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        void perform();
    }

    /** Work for the end of a turn. */
    private static final class TurnEnd {
        private List<Work> waiting = new ArrayList<>();
        private List<Work> taken = new ArrayList<>();

        void add(Work work) {
            waiting.add(work);
        }

        boolean isEmpty() {
            return waiting.isEmpty();
        }

        int size() {
            return waiting.size();
        }

        /**
         * Takes what is there, for good. What comes after waits for the end of the next turn, so that nobody who sends on and on
         * keeps others from theirs.
         */
        List<Work> take() {
            List<Work> all = waiting;
            waiting = taken;
            taken = all;
            return all;
        }
    }

    Loop(IoEventLoopGroup group, Executor executor, LoopSettings settings, Watchdog watchdog, int index) {
        super(group, executor, settings.transport().handlers());
        this.settings = settings;
        this.watchdog = watchdog;
        this.index = index;
        ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
        this.inbox = new Inbox(settings.inboxLimit(), () -> wakeup(false));
        this.receiveBuffer = new ReceiveBuffer(allocator);
        this.segments = new SegmentPool(allocator);
        this.spinNanos = settings.waiting().window().toNanos();
        this.spinning = spinNanos == Long.MAX_VALUE;
    }

    /** The loop that the calling thread runs, if it runs one. */
    public static @Nullable Loop current() {
        return Thread.currentThread() instanceof LoopThread thread ? thread.loop() : null;
    }

    /** Number of this loop in its group. May be asked by any thread. */
    public int index() {
        return index;
    }

    /** Takes work from other threads. May be used by any thread. */
    public Inbox inbox() {
        return inbox;
    }

    /** What is to happen at a time. */
    public Deadlines deadlines() {
        return deadlines;
    }

    /** The buffer that sockets are read into. */
    public ReceiveBuffer receiveBuffer() {
        return receiveBuffer;
    }

    /** The buffer that UDP sockets are read into; made with the first of them. */
    public DatagramBuffer datagramBuffer() {
        if (datagramBuffer == null) {
            datagramBuffer = new DatagramBuffer(DatagramBuffer.SHARED_SLOTS);
        }
        return datagramBuffer;
    }

    /** Memory for what is sent. */
    public SegmentPool segments() {
        return segments;
    }

    /** How much of it the sessions of all loops may hold. */
    public OutboundBudget outboundBudget() {
        return settings.outboundBudget();
    }

    /** Scratch memory of some bytes, big endian, for use inside one method. */
    public ByteBuffer scratch(int size) {
        return size <= scratch.capacity()
                ? scratch.clear().limit(size).order(ByteOrder.BIG_ENDIAN)
                : ByteBuffer.allocateDirect(size);
    }

    /** The clock of this loop. May be asked by any thread. */
    public Clock clock() {
        return settings.clock();
    }

    /** The time at which this turn began to handle what it found; asks the clock once a turn, if at all. */
    public long now() {
        if (!turnTimeKnown) {
            turnTime = settings.clock().nanos();
            turnTimeKnown = true;
        }
        return turnTime;
    }

    /** Sets a deadline some time from now. */
    public void setDeadline(Deadline deadline, long delayNanos) {
        deadlines.set(deadline, settings.clock().nanos() + Math.min(delayNanos, Deadlines.MOST));
    }

    /** Tells the application something that a running callback may have caused, once that has returned. */
    public void announce(Work telling) {
        announcements.add(telling);
        hasAnnouncements = true;
    }

    /** Tells what was announced. To be called only while no callback is running. */
    public void tellAnnounced() {
        if (hasAnnouncements) {
            tellAll();
        }
    }

    private void tellAll() {
        hasAnnouncements = false;
        for (Work telling = announcements.poll(); telling != null; telling = announcements.poll()) {
            perform(telling);
        }
    }

    /** Does something once the way in that is being handled, a read for example, is over. */
    public void defer(Work work) {
        deferred.add(work);
    }

    /** Tells what was announced and does what was put off. To be called at the end of every way in. */
    public void runDeferred() {
        if (runningDeferred) {
            return;
        }
        runningDeferred = true;
        tellAnnounced();
        for (Work work = deferred.poll(); work != null; work = deferred.poll()) {
            perform(work);
            tellAnnounced();
        }
        runningDeferred = false;
    }

    /** Does something after the reads of a few more sessions, at the latest when all that is readable has been read. */
    public void afterReads(Work work) {
        afterReads[afterReadsCount++] = work;
        if (afterReadsCount == READS_TOGETHER) {
            performAfterReads();
        }
    }

    private void performAfterReads() {
        for (int i = 0; i < afterReadsCount; i++) {
            perform(afterReads[i]);
        }
        afterReadsCount = 0;
    }

    /** Nothing that fails here may end the loop, on which all other sessions depend. */
    private void perform(Work work) {
        try {
            work.perform();
        } catch (Throwable e) {
            reportFailure("work of the loop failed", e);
        }
    }

    private void performAll(List<Work> works) {
        for (int i = 0; i < works.size(); i++) {
            perform(works.get(i));
        }
        works.clear();
    }

    /** Does something at the end of this turn. */
    public void atTurnEnd(Work work) {
        atTurnEnd.add(work);
    }

    /** Goes on at the end of the next turn with long work that began at the end of this one, after whatever else is to be done. */
    public void goOnNextTurn(Work work) {
        unfinished.add(work);
    }

    /** True if so many wait for the end of this turn that memory for each of them should be small. */
    public boolean isTurnEndCrowded() {
        return atTurnEnd.size() > CROWD;
    }

    /** Runs a task of the application's; what it throws is reported. */
    public void runReported(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            reportFailure("task failed", e);
        }
    }

    /** Tells the service's error handlers; never throws. May be called by any thread. */
    public void report(ErrorEvent error) {
        settings.errors().accept(error);
    }

    /** Reports an exception of the application's that belongs to no session. */
    public void reportFailure(String what, Throwable cause) {
        report(ErrorEvent.of(
                ErrorEvent.Category.HANDLER, cause.getClass().getSimpleName(), what + ": " + cause, cause));
    }

    void receive(InboxTarget target, ByteBuffer message, @Nullable Object detail) {
        try {
            target.receive(message, detail);
        } catch (Throwable e) {
            reportFailure("task failed", e);
        }
        runDeferred();
    }

    /** Says that code of the application may run now. To be called by every way in: I/O, inbox, deadlines. */
    public void enter() {
        if (!busy) {
            busy = true;
            watchdog.wake();
        }
    }

    /** The thread, once it has started. May be asked by any thread. */
    @Nullable
    Thread thread() {
        return ownThread;
    }

    /** True while code of the application may be running. May be asked by any thread. */
    boolean isBusy() {
        return busy;
    }

    /** Number of the present turn. May be asked by any thread. */
    long turn() {
        return turn;
    }

    @Override
    protected void run() {
        LoopThread carrier = (LoopThread) Thread.currentThread();
        carrier.carry(this);
        ownThread = carrier;
        ioHandler().initialize();
        do {
            int handled = runIo();
            performAfterReads();
            letOthersAnswer();
            handled += drainInbox();
            handled += expireDeadlines();
            if (isShuttingDown()) {
                ioHandler().prepareToDestroy();
            }
            if (runAllTasks(TASK_QUANTUM_NANOS)) {
                handled++;
            }
            endTurn(handled);
        } while (!confirmShutdown());
        finish();
    }

    /** Whoever works on what has just been read may need this core, which long work would keep until it is done. */
    @SuppressWarnings("ThreadPriorityCheck") // a courtesy, on which nothing relies
    private void letOthersAnswer() {
        if (busy && !unfinished.isEmpty()) {
            Thread.yield();
        }
    }

    private int drainInbox() {
        if (!inbox.hasEntries()) {
            return 0;
        }
        enter();
        return inbox.drain(this);
    }

    private int expireDeadlines() {
        if (deadlines.isEmpty()) {
            return 0;
        }
        int expired = 1;
        try {
            expired = deadlines.expire(now());
        } catch (Throwable e) {
            reportFailure("timer failed", e);
        }
        runDeferred();
        return expired;
    }

    private void endTurn(int handled) {
        runDeferred();
        List<Work> goingOn = unfinished.take();
        performAll(atTurnEnd.take());
        performAll(goingOn);
        runDeferred();
        if (spinNanos > 0) {
            spin(handled);
        }
        turn = ++turns;
        turnTimeKnown = false;
        if (busy) {
            busy = false;
        }
    }

    private boolean hasTurnEndWork() {
        return !atTurnEnd.isEmpty() || !unfinished.isEmpty();
    }

    private void spin(int handled) {
        if (spinNanos == NEVER) {
            spinning = true;
        } else if (handled > 0) {
            spinning = true;
            spinUntil = settings.clock().nanos() + spinNanos;
        } else {
            spinning = spinning && settings.clock().nanos() - spinUntil < 0;
        }
        if (spinning && handled == 0) {
            settings.runAll(settings.idle());
        }
    }

    private void finish() {
        do {
            drainInbox();
            endTurn(0);
        } while (!inbox.closeIfEmpty());
        deadlines.abandon();
        do {
            endTurn(0);
        } while (hasTurnEndWork());
        receiveBuffer.free();
        if (datagramBuffer != null) {
            datagramBuffer.free();
        }
        segments.free();
    }

    /** Keeps the transport from blocking while there is something to do, or while the loop is to spin. */
    @Override
    protected boolean hasTasks() {
        return super.hasTasks() || inbox.hasEntries() || hasTurnEndWork() || spinning;
    }

    @Override
    protected long delayNanos(long currentTimeNanos) {
        long delay = deadlines.isEmpty()
                ? NEVER
                : Math.max(0, deadlines.earliest() - settings.clock().nanos());
        long scheduled = nextScheduledTaskNano();
        return scheduled < 0 ? delay : Math.min(delay, scheduled);
    }

    @Override
    protected long deadlineNanos() {
        long scheduled = nextScheduledTaskDeadlineNanos();
        if (deadlines.isEmpty()) {
            return scheduled;
        }
        long own = deadlines.earliest() - ticker().initialNanoTime();
        return scheduled < 0 ? own : Math.min(own, scheduled);
    }
}
