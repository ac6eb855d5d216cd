package dev.tramway.onescript.internal.component;

import dev.tramway.onescript.ScriptEngine;
import dev.tramway.onescript.ScriptException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A script that runs, and what it prints. Closing it ends the script. */
final class ScriptRun implements AutoCloseable {
    private static final long LIMIT = 20;

    /** As users write it, with a path of their own machine. */
    static final String ATTACH = """
            ПодключитьВнешнююКомпоненту("C:\\Users\\Кто-то\\OneScript\\MultithreadedTCPServer.dll");
            МС = Новый МногопоточныйTCPСерверДляОдноСкрипта();
            """;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final PipedOutputStream keyboard = new PipedOutputStream();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final Thread thread;

    private ScriptRun(Path file, Path directory, String... arguments) {
        try {
            InputStream input = new PipedInputStream(keyboard);
            ScriptEngine engine = ScriptEngine.builder()
                    .output(new Lines())
                    .input(input)
                    .directory(directory)
                    .arguments(arguments)
                    .build();
            thread = new Thread(() -> run(engine, file), "test-script");
            thread.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a script from text, kept in a file of that directory. */
    static ScriptRun start(Path directory, String text, Object... arguments) {
        try {
            Path file = directory.resolve("script.os");
            Files.writeString(file, text);
            return start(file, directory, arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a script file. */
    static ScriptRun start(Path file, Path directory, Object... arguments) {
        List<String> texts = new ArrayList<>();
        for (Object argument : arguments) {
            texts.add(argument.toString());
        }
        return new ScriptRun(file, directory, texts.toArray(String[]::new));
    }

    private void run(ScriptEngine engine, Path file) {
        try {
            exit.complete(engine.load(file).run());
        } catch (ScriptException failed) {
            lines.add("ERROR " + failed.report());
            exit.complete(1);
        } catch (InterruptedException | RuntimeException ended) {
            exit.completeExceptionally(ended);
        }
    }

    /** Waits for the next line. */
    String line() {
        try {
            String line = lines.poll(LIMIT, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("no line within " + LIMIT + " s");
            }
            return line;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until the server says that it listens, and returns its port. */
    int port() {
        String line = line();
        if (!line.matches("Сервер запущен на порту \\d+")) {
            throw new AssertionError("not started: " + line + " " + lines);
        }
        return Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
    }

    /** Types a line. */
    void type(String line) throws IOException {
        keyboard.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    /** Waits for the end of the script. */
    int exitCode() throws Exception {
        return exit.get(LIMIT, TimeUnit.SECONDS);
    }

    boolean hasEnded() {
        return exit.isDone();
    }

    @Override
    public void close() throws Exception {
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(LIMIT));
        keyboard.close();
        if (thread.isAlive()) {
            throw new AssertionError("the script does not end");
        }
    }

    /** Cuts output into lines. */
    private final class Lines extends OutputStream {
        private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int b) {
            if (b == '\n') {
                lines.add(begun.toString(StandardCharsets.UTF_8).stripTrailing());
                begun.reset();
            } else {
                begun.write(b);
            }
        }
    }
}
