package dev.tramway.onescript.internal.library.system;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.BslArray;
import dev.tramway.onescript.internal.library.BslMap;
import dev.tramway.onescript.internal.library.binary.TextEncoding;
import dev.tramway.onescript.internal.library.file.FileNames;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Values;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Процесс: another program, started by the script, to be started, or found among those that run. */
final class BslProcess extends BslObject {
    static final NativeType TYPE = NativeType.declare(BslProcess.class, "Процесс", "Process")
            .requires(Permission.PROCESSES)
            .property("КодировкаВывода", "OutputEncoding", self -> self.shownEncoding)
            .property("ПотокВывода", "StdOut", BslProcess::output)
            .property("ПотокОшибок", "StdErr", BslProcess::errors)
            .property("ПотокВвода", "StdIn", BslProcess::input)
            .property("Завершен", "HasExited", self -> !self.handle().isAlive())
            .property("КодВозврата", "ExitCode", BslProcess::exitCode)
            .property("Идентификатор", "ProcessId", self -> self.handle().pid())
            .procedure("Запустить", "Start", Params.NONE, (self, call) -> self.start(call.context()))
            .function("ОжидатьЗавершения", "WaitForExit", Params.of(0, 1), BslProcess::await)
            .procedure("Завершить", "Stop", Params.NONE, (self, call) -> self.stop())
            .build();

    private final @Nullable ProcessBuilder builder;
    private final boolean outputPiped;
    private final boolean inputPiped;
    private final Object shownEncoding;
    private final TextEncoding encoding;
    private @Nullable Process process;
    private @Nullable ProcessHandle handle;
    private @Nullable TextOutputStream output;
    private @Nullable TextOutputStream errors;
    private @Nullable TextInputStream input;

    private BslProcess(ProcessBuilder builder, boolean outputPiped, boolean inputPiped, Object encoding) {
        this.builder = builder;
        this.outputPiped = outputPiped;
        this.inputPiped = inputPiped;
        this.shownEncoding = encoding;
        this.encoding =
                encoding == Empty.UNDEFINED ? new TextEncoding(nativeEncoding(), false) : TextEncoding.of(encoding);
    }

    private BslProcess(ProcessHandle handle) {
        this.builder = null;
        this.outputPiped = false;
        this.inputPiped = false;
        this.shownEncoding = Empty.UNDEFINED;
        this.encoding = TextEncoding.UTF8;
        this.handle = handle;
    }

    private static Charset nativeEncoding() {
        String name = System.getProperty("native.encoding");
        return name == null ? Charset.defaultCharset() : Charset.forName(name);
    }

    static void declare(Library.Builder library) {
        library.type(TYPE)
                .type(TextOutputStream.TYPE)
                .type(TextInputStream.TYPE)
                .requires(Permission.PROCESSES)
                .function("СоздатьПроцесс", "CreateProcess", Params.of(1, 6), BslProcess::create)
                .procedure("ЗапуститьПриложение", "RunApp", Params.of(1, 4).byReference(3), BslProcess::runApplication)
                .function(
                        "ТекущийПроцесс",
                        "CurrentProcess",
                        Params.NONE,
                        call -> new BslProcess(ProcessHandle.current()))
                .function("НайтиПроцессПоИдентификатору", "FindProcessById", Params.of(1), BslProcess::byId)
                .function("НайтиПроцессыПоИмени", "FindProcessesByName", Params.of(1), BslProcess::byName);
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    /** СоздатьПроцесс(Строка, Каталог, ПеренаправитьВывод, ПеренаправитьВвод, Кодировка, ПеременныеСреды). */
    private static Object create(Call call) {
        boolean outputPiped = call.flag(2, false);
        boolean inputPiped = call.flag(3, false);
        ProcessBuilder builder = prepare(call);
        for (Map.Entry<String, String> variable : given(call, 5).entrySet()) {
            builder.environment().put(variable.getKey(), variable.getValue());
        }
        if (!outputPiped) {
            builder.redirectOutput(ProcessBuilder.Redirect.INHERIT).redirectError(ProcessBuilder.Redirect.INHERIT);
        }
        if (!inputPiped) {
            builder.redirectInput(ProcessBuilder.Redirect.INHERIT);
        }
        return new BslProcess(builder, outputPiped, inputPiped, call.value(4));
    }

    private static Map<String, String> given(Call call, int index) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (call.value(index) != Empty.UNDEFINED) {
            call.as(index, BslMap.class).elements().forEachRemaining(pair -> {
                Context context = call.context();
                BslObject entry = (BslObject) pair;
                variables.put(Values.toText(context.get(entry, "Ключ")), Values.toText(context.get(entry, "Значение")));
            });
        }
        return variables;
    }

    private static ProcessBuilder prepare(Call call) {
        Context context = call.context();
        String line = call.text(0);
        context.require(Permission.PROCESSES, line);
        List<String> words = CommandLine.words(line);
        if (words.isEmpty()) {
            throw Errors.badArgument(1);
        }
        Path directory = FileNames.path(context.engine(), call.text(1, "."));
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(Environment.variables(context));
        return builder;
    }

    /** ЗапуститьПриложение(Строка, Каталог, Дождаться, КодВозврата). */
    private static void runApplication(Call call) {
        ProcessBuilder builder = prepare(call).inheritIO();
        BslProcess process = new BslProcess(builder, false, false, Empty.UNDEFINED);
        process.start(call.context());
        if (call.flag(2, false)) {
            process.await(call.context(), Long.MAX_VALUE);
            call.assign(3, process.exitCode());
        }
    }

    private static Object byId(Call call) {
        return ProcessHandle.of(call.whole(0)).<Object>map(BslProcess::new).orElse(Empty.UNDEFINED);
    }

    /** The name of the program's file, without directory and extension. */
    private static Object byName(Call call) {
        String wanted = call.text(0);
        BslArray found = new BslArray();
        ProcessHandle.allProcesses()
                .filter(candidate -> candidate
                        .info()
                        .command()
                        .map(BslProcess::name)
                        .orElse("")
                        .equals(wanted))
                .forEach(candidate -> found.add(new BslProcess(candidate)));
        return found;
    }

    private static String name(String command) {
        String file = String.valueOf(Path.of(command).getFileName());
        return file.endsWith(".exe") ? file.substring(0, file.length() - ".exe".length()) : file;
    }

    private void start(Context context) {
        if (builder == null || process != null) {
            throw Errors.of("Процесс уже запущен", "The process is already started");
        }
        try {
            // It may write to the same place.
            context.engine().flushOutput();
            Process started = builder.start();
            process = started;
            handle = started.toHandle();
        } catch (IOException failed) {
            String program = builder.command().get(0);
            throw Errors.of(
                    "Не удалось запустить процесс '" + program + "': " + failed.getMessage(),
                    "Cannot start process '" + program + "': " + failed.getMessage());
        }
    }

    private ProcessHandle handle() {
        if (handle == null) {
            throw Errors.of("Процесс не запущен", "The process is not started");
        }
        return handle;
    }

    private Process piped(boolean isPiped) {
        handle();
        if (process == null || !isPiped) {
            throw Errors.of("Поток процесса не перенаправлен", "The stream of the process is not redirected");
        }
        return process;
    }

    private Object output() {
        Process from = piped(outputPiped);
        if (output == null) {
            output = new TextOutputStream(from.getInputStream(), encoding);
        }
        return output;
    }

    private Object errors() {
        Process from = piped(outputPiped);
        if (errors == null) {
            errors = new TextOutputStream(from.getErrorStream(), encoding);
        }
        return errors;
    }

    private Object input() {
        Process to = piped(inputPiped);
        if (input == null) {
            input = new TextInputStream(to.getOutputStream(), encoding);
        }
        return input;
    }

    /** Known only of programs that the script started. */
    private Object exitCode() {
        handle();
        if (process == null || process.isAlive()) {
            throw Errors.of("Код возврата процесса неизвестен", "The exit code of the process is not known");
        }
        return (long) process.exitValue();
    }

    /** ОжидатьЗавершения(ТаймаутМс): whether it has ended. */
    private Object await(Call call) {
        return await(call.context(), call.whole(0, Long.MAX_VALUE));
    }

    private boolean await(Context context, long milliseconds) {
        try {
            handle().onExit().get(milliseconds, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException still) {
            return false;
        } catch (InterruptedException interrupted) {
            throw context.interrupted();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    private void stop() {
        if (handle().equals(ProcessHandle.current())) {
            throw Errors.of("Процесс не может завершить сам себя", "A process cannot stop itself");
        }
        handle().destroyForcibly();
    }
}
