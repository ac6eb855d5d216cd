package dev.tramway.server.internal.sink;

import dev.tramway.server.internal.reading.DeviceReading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A receiver inside the test that can be told to hang, to fail, or to refuse one reading. */
public final class MemorySink implements Sink {
    private final String name;
    private final List<DeviceReading> received = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private volatile boolean hanging;
    private volatile boolean failing;
    private volatile String refusedId = "";
    private volatile boolean closed;

    public MemorySink(String name) {
        this.name = name;
    }

    public void hang() {
        hanging = true;
    }

    public void fail(boolean fails) {
        failing = fails;
    }

    public void refuse(String id) {
        refusedId = id;
    }

    public void release() {
        lock.lock();
        try {
            hanging = false;
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public List<DeviceReading> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    public boolean closed() {
        return closed;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void deliver(List<DeviceReading> readings) throws IOException, InterruptedException {
        lock.lock();
        try {
            while (hanging) {
                released.await();
            }
        } finally {
            lock.unlock();
        }
        if (failing) {
            throw new IOException("told to fail");
        }
        if (readings.stream().anyMatch(reading -> reading.id().equals(refusedId))) {
            throw new RefusedException("told to refuse " + refusedId);
        }
        synchronized (received) {
            received.addAll(readings);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
