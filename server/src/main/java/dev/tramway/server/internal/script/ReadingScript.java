package dev.tramway.server.internal.script;

import dev.tramway.onescript.Instance;
import dev.tramway.onescript.Script;
import dev.tramway.onescript.ScriptException;
import dev.tramway.server.internal.RareWarning;
import dev.tramway.server.internal.reading.DeviceReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The script of a telemetry listener, which is told of every message whose readings are stored. It has a thread and a queue of its
 * own: a slow or broken one delays nobody, but misses messages. Offered to by any thread, which never waits.
 */
public final class ReadingScript implements AutoCloseable {
    /** One of these it must have; the names of the fields are in the same language. */
    public static final List<String> HANDLERS = List.of("ПриПолученииПоказаний", "OnReadings");

    private static final Logger LOG = LoggerFactory.getLogger(ReadingScript.class);
    private static final Words RUSSIAN = new Words(
            "Слушатель",
            "Устройство",
            "Показания",
            List.of("Ид", "Источник", "Имя", "Значение", "Единица", "ВремяУстройства", "ВремяСервера", "Качество"));
    private static final Words ENGLISH = new Words(
            "Listener",
            "Device",
            "Readings",
            List.of("Id", "Source", "Name", "Value", "Unit", "DeviceTime", "ServerTime", "Quality"));

    private static final int QUEUE = 1024;
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final String listener;
    private final Path file;
    private final LongAdder calls = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final ThreadPoolExecutor worker;
    private final RareWarning warning = new RareWarning(LOG);

    /** Of the worker's thread. */
    private @Nullable Handler handler;

    private volatile Optional<FileTime> taken;

    /** What the fields are called, in one language. */
    private record Words(String listener, String device, String readings, List<String> ofReading) {}

    /** A script that has been started, and its procedure. */
    private record Handler(Instance instance, String name, Words words) {}

    /**
     * Prepares it; nothing is run before the first message.
     *
     * @param listener name of the listener
     * @param file the script
     */
    public ReadingScript(String listener, Path file) {
        this.listener = listener;
        this.file = file;
        taken = changed();
        worker = new ThreadPoolExecutor(
                1,
                1,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                Thread.ofPlatform().daemon().name("tramway-script-" + listener).factory(),
                (task, full) -> dropped.increment());
        worker.allowCoreThreadTimeOut(true);
    }

    /** How often it was called. */
    public long calls() {
        return calls.sum();
    }

    /** How many calls ended with an error. */
    public long errors() {
        return errors.sum();
    }

    /** How many messages found its queue full. */
    public long dropped() {
        return dropped.sum();
    }

    /** Tells it of the readings of a message. */
    public void offer(String device, List<DeviceReading> readings) {
        worker.execute(() -> call(device, readings));
    }

    /** Takes the file again if it has changed and can be used; says what became of it, in words. */
    public Optional<String> reload() {
        Optional<FileTime> now = changed();
        if (now.isEmpty() || now.equals(taken)) {
            return Optional.empty();
        }
        taken = now;
        Optional<String> mistake = Sandbox.mistake(file, HANDLERS);
        if (mistake.isEmpty()) {
            worker.execute(() -> handler = null);
        }
        return Optional.of(file + mistake.map(wrong -> " not taken: " + wrong).orElse(" taken"));
    }

    private Optional<FileTime> changed() {
        try {
            return Optional.of(Files.getLastModifiedTime(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Ends after what is in its queue. */
    @Override
    public void close() {
        worker.shutdown();
    }

    // ---- on the thread of the script --------------------------------------------------------------------------------

    private void call(String device, List<DeviceReading> readings) {
        long begun = System.nanoTime();
        calls.increment();
        try {
            Handler ready = handler;
            if (ready == null) {
                ready = start();
                handler = ready;
            }
            ready.instance.call(ready.name, LONGEST, message(ready.words, device, readings));
        } catch (ScriptException wrong) {
            errors.increment();
            warning.warn(() -> listener + ": " + wrong.report());
            if (System.nanoTime() - begun > LONGEST.toNanos()) {
                handler = null; // it may not have ended
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Handler start() throws InterruptedException {
        Script script = Sandbox.engine(listener, file, List.of()).build().load(file);
        boolean russian = script.exports(HANDLERS.get(0));
        return new Handler(
                script.start(LONGEST), russian ? HANDLERS.get(0) : HANDLERS.get(1), russian ? RUSSIAN : ENGLISH);
    }

    private Map<String, Object> message(Words words, String device, List<DeviceReading> readings) {
        return Map.of(
                words.listener,
                listener,
                words.device,
                device,
                words.readings,
                readings.stream().map(reading -> structure(words, reading)).toList());
    }

    private static Map<String, Object> structure(Words words, DeviceReading reading) {
        List<Object> values = List.of(
                reading.id(),
                reading.source(),
                reading.name(),
                reading.value(),
                reading.unit(),
                reading.deviceTime(),
                reading.serverTime(),
                reading.quality());
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            fields.put(words.ofReading.get(i), values.get(i));
        }
        return fields;
    }
}
