package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.Params;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Messages, input of lines, arguments, waiting, the end of a script. */
final class SystemLibrary {
    private static final Enumeration STATUS = new Enumeration("СтатусСообщения", "MessageStatus");

    static {
        STATUS.value("БезСтатуса", "WithoutStatus");
        STATUS.value("Важное", "Important");
        STATUS.value("Внимание", "Attention");
        STATUS.value("Информация", "Information");
        STATUS.value("Обычное", "Ordinary");
        STATUS.value("ОченьВажное", "VeryImportant");
    }

    private SystemLibrary() {}

    static void declare(Library.Builder library) {
        library.enumeration(STATUS)
                .requires(Permission.CONSOLE)
                .procedure(
                        "Сообщить",
                        "Message",
                        Params.of(1, 2),
                        call -> call.context().engine().print(call.text(0)))
                .function("ВвестиСтроку", "InputString", Params.of(1, 4).byReference(0), SystemLibrary::input)
                .requires(Permission.PURE)
                .procedure("Приостановить", "Sleep", Params.of(1), SystemLibrary::sleep)
                .procedure("ОсвободитьОбъект", "FreeObject", Params.of(1), call -> {})
                .procedure("ВыполнитьСборкуМусора", "RunGarbageCollection", Params.NONE, call -> {})
                .property(
                        "АргументыКоманднойСтроки",
                        "CommandLineArguments",
                        context -> new BslFixedArray(context.engine().arguments()))
                .requires(Permission.EXIT)
                .procedure("ЗавершитьРаботу", "Exit", Params.of(0, 1), SystemLibrary::exit);
    }

    private static void sleep(Call call) {
        try {
            call.context().work(1);
            TimeUnit.MILLISECONDS.sleep(Math.max(0, call.whole(0)));
        } catch (InterruptedException interrupted) {
            throw call.context().interrupted();
        }
    }

    private static void exit(Call call) {
        throw call.context().engine().exit(call.integer(0, 0));
    }

    /** ВвестиСтроку(Результат, Подсказка, Длина, Многострочный): false at the end of input. */
    private static Object input(Call call) {
        String prompt = call.text(1);
        if (!prompt.isEmpty()) {
            call.context().engine().print(prompt);
        }
        String line = readLine(call.context().engine().input());
        int length = call.integer(2, 0);
        boolean cut = line != null && length > 0 && line.length() > length;
        call.assign(0, line == null ? "" : cut ? line.substring(0, length) : line);
        return line != null;
    }

    /** Reads byte by byte, so that nothing is taken that others want to read. */
    static @Nullable String readLine(InputStream input) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            synchronized (input) {
                int next = input.read();
                if (next < 0) {
                    return null;
                }
                while (next >= 0 && next != '\n') {
                    bytes.write(next);
                    next = input.read();
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        String line = bytes.toString(StandardCharsets.UTF_8);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
