package dev.tramway.server.internal;

import dev.tramway.server.internal.reading.DeviceReading;
import dev.tramway.server.internal.reading.ReadingStore;
import dev.tramway.server.internal.reading.StoreFullException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store that remembers what it was given, and can be slow or full. */
final class TestStore implements ReadingStore {
    private final List<DeviceReading> stored = new CopyOnWriteArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private boolean holding;
    private boolean full;
    private int refused;

    @Override
    public synchronized CompletableFuture<Void> store(List<DeviceReading> readings) {
        if (full) {
            refused++;
            return CompletableFuture.failedFuture(new StoreFullException("full by test"));
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        Runnable finish = () -> {
            stored.addAll(readings);
            done.complete(null);
        };
        if (holding) {
            held.add(finish);
        } else {
            finish.run();
        }
        return done;
    }

    /** Finishes nothing until it is told to. */
    synchronized void hold() {
        holding = true;
    }

    /** Finishes everything that it was given. */
    void release() {
        List<Runnable> now;
        synchronized (this) {
            holding = false;
            now = List.copyOf(held);
            held.clear();
        }
        now.forEach(Runnable::run);
    }

    /** How much waits to be finished. */
    synchronized int waiting() {
        return held.size();
    }

    synchronized void full(boolean nowFull) {
        full = nowFull;
    }

    /** How often there was no room. */
    synchronized int refused() {
        return refused;
    }

    List<DeviceReading> stored() {
        return stored;
    }

    /** What is stored, in words. */
    List<String> words() {
        return stored.stream()
                .map(reading -> reading.device() + " " + (reading.source().isEmpty() ? "" : reading.source() + " ")
                        + reading.name() + "=" + reading.value())
                .toList();
    }
}
