package dev.tramway.onescript.internal.library.system;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.binary.BslStream;
import dev.tramway.onescript.internal.library.binary.TextEncoding;
import dev.tramway.onescript.internal.library.file.FileNames;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.Values;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Консоль: text in and out, and control of a terminal by the escape sequences that all of today's understand. Where the
 * output is no terminal, these are left out. Java cannot ask a terminal: its size is what COLUMNS and LINES say, else 80 by
 * 25; where the cursor is, nobody knows; a pressed key is there once Enter sent it.
 */
final class BslConsole extends BslObject {
    /** ЦветКонсоли. */
    static final Enumeration COLOR = new Enumeration("ЦветКонсоли", "ConsoleColor");

    /** Number of the escape sequence for text; for the background it is ten more. */
    private static final Map<Enumeration.Value, Integer> CODES = new HashMap<>();

    static {
        CODES.put(COLOR.value("Черный", "Black"), 30);
        CODES.put(COLOR.value("Красный", "Red"), 91);
        CODES.put(COLOR.value("Зеленый", "Green"), 92);
        CODES.put(COLOR.value("Желтый", "Yellow"), 93);
        CODES.put(COLOR.value("Синий", "Blue"), 94);
        CODES.put(COLOR.value("Малиновый", "Magenta"), 95);
        CODES.put(COLOR.value("Бирюза", "Cyan"), 96);
        CODES.put(COLOR.value("Серый", "Gray"), 37);
        CODES.put(COLOR.value("Белый", "White"), 97);
    }

    static final NativeType TYPE = NativeType.declare(BslConsole.class, "Консоль", "Console")
            .requires(Permission.CONSOLE)
            .constructor(Params.NONE, call -> Host.of(call.context().engine()).console())
            .property(
                    "НажатаКлавиша",
                    "KeyPressed",
                    self -> FileNames.io(() -> self.engine.input().available() > 0))
            .property("КурсорЛево", "CursorLeft", self -> unknown(), (self, value) -> self.moveTo(value, "G"))
            .property("КурсорВерх", "CursorTop", self -> unknown(), (self, value) -> self.moveTo(value, "d"))
            .property("Ширина", "Width", self -> self.size("COLUMNS", 80))
            .property("Высота", "Height", self -> self.size("LINES", 25))
            .property("ЦветТекста", "TextColor", self -> self.color, BslConsole::color)
            .property("ЦветФона", "BackgroundColor", self -> self.background, BslConsole::background)
            .property("КодировкаВходногоПотока", "InputEncoding", self -> self.shownInput, (self, value) -> {
                self.input = TextEncoding.of(value);
                self.shownInput = value;
            })
            .property("КодировкаВыходногоПотока", "OutputEncoding", self -> self.shownOutput, (self, value) -> {
                self.output = TextEncoding.of(value);
                self.shownOutput = value;
            })
            .function("ПрочитатьСтроку", "ReadLine", Params.NONE, (self, call) -> self.readLine(call.context()))
            .function("Прочитать", "Read", Params.NONE, (self, call) -> self.read())
            .procedure("Вывести", "Write", Params.of(1), (self, call) -> self.write(call.text(0)))
            .procedure(
                    "ВывестиСтроку",
                    "WriteLine",
                    Params.of(0, 1),
                    (self, call) -> self.write(call.text(0) + System.lineSeparator()))
            .procedure("Очистить", "Clear", Params.NONE, (self, call) -> self.control("\u001b[2J\u001b[H"))
            .function("ВидимостьКурсора", "CursorVisible", Params.of(1), BslConsole::cursorVisible)
            .procedure("Сигнал", "Beep", Params.NONE, (self, call) -> self.control("\u0007"))
            .function("ОткрытьСтандартныйПотокВвода", "OpenStandardInput", BslConsole::standardInput)
            .function("ОткрытьСтандартныйПотокВывода", "OpenStandardOutput", BslConsole::standardOutput)
            .function("ОткрытьСтандартныйПотокОшибок", "OpenStandardError", BslConsole::standardError)
            .procedure("УстановитьПотокВывода", "SetOutput", Params.of(1), BslConsole::redirectOutput)
            .procedure("УстановитьПотокОшибок", "SetError", Params.of(1), BslConsole::redirectErrors)
            .build();

    private static final boolean TERMINAL = isTerminal();

    private final Context.Engine engine;
    private final OutputStream firstOutput;
    private final OutputStream firstErrors;
    private Object color = Empty.UNDEFINED;
    private Object background = Empty.UNDEFINED;
    private TextEncoding input = TextEncoding.UTF8;
    private TextEncoding output = TextEncoding.UTF8;
    private Object shownInput = "utf-8";
    private Object shownOutput = "utf-8";
    private boolean cursorVisible = true;

    BslConsole(Context.Engine engine) {
        this.engine = engine;
        this.firstOutput = engine.output();
        this.firstErrors = engine.errorOutput();
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    /** Gives the terminal back as it was, when the script has ended. */
    void restore() {
        if (color != Empty.UNDEFINED || background != Empty.UNDEFINED) {
            control("\u001b[0m");
        }
        if (!cursorVisible) {
            control("\u001b[?25h");
        }
        engine.output(firstOutput);
        engine.errorOutput(firstErrors);
    }

    private void write(String text) {
        engine.write(output.encode(text));
    }

    /** Writes an escape sequence, to a terminal only. */
    private void control(String sequence) {
        if (engine.isOutputOfProcess() && TERMINAL) {
            write(sequence);
        }
    }

    /** Java 21 has a console for terminals only; later ones always have one, which knows. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException older) {
            return true;
        }
    }

    private static Object unknown() {
        throw Errors.of("Положение курсора неизвестно", "The position of the cursor is not known");
    }

    private void moveTo(Object value, String command) {
        int position = Numbers.toInt(Values.toNumber(value));
        if (position < 0) {
            throw Errors.badArgument();
        }
        control("\u001b[" + (position + 1) + command);
    }

    private Object size(String variable, long otherwise) {
        String said = System.getenv(variable);
        return said != null && said.matches("[1-9]\\d{0,4}") ? Long.parseLong(said) : otherwise;
    }

    private void color(Object value) {
        control("\u001b[" + code(value) + "m");
        color = value;
    }

    private void background(Object value) {
        control("\u001b[" + (code(value) + 10) + "m");
        background = value;
    }

    private static int code(Object color) {
        Integer code = color instanceof Enumeration.Value value ? CODES.get(value) : null;
        if (code == null) {
            throw Errors.badArgumentType();
        }
        return code;
    }

    /** Returns whether it was visible before. */
    private Object cursorVisible(Call call) {
        boolean before = cursorVisible;
        cursorVisible = call.flag(0);
        control(cursorVisible ? "\u001b[?25h" : "\u001b[?25l");
        return before;
    }

    /** Reads byte by byte, so that nothing is taken that others want to read; Неопределено at the end. */
    private Object readLine(Context context) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        InputStream in = engine.input();
        synchronized (in) {
            int next = FileNames.io(in::read);
            if (next < 0) {
                return Empty.UNDEFINED;
            }
            while (next >= 0 && next != '\n') {
                line.write(next);
                context.grow(1);
                next = FileNames.io(in::read);
            }
        }
        String text = line.toString(input.charset());
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** The code of the next byte, -1 at the end. */
    private Object read() {
        InputStream in = engine.input();
        synchronized (in) {
            return (long) FileNames.io(in::read);
        }
    }

    private Object standardInput() {
        return BslStream.reading(new FilterInputStream(engine.input()) {
            @Override
            public void close() {
                // the console stays
            }
        });
    }

    private Object standardOutput() {
        return BslStream.writing(new Unclosed(engine.output()));
    }

    private Object standardError() {
        engine.flushOutput();
        return BslStream.writing(new Unclosed(engine.errorOutput()));
    }

    private void redirectOutput(Call call) {
        engine.output(new Target(call.context().engine(), call.as(0, BslStream.class)));
    }

    private void redirectErrors(Call call) {
        engine.errorOutput(new Target(call.context().engine(), call.as(0, BslStream.class)));
    }

    /** An output that scripts cannot close. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            out.write(bytes, offset, count);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /** Writes to a script's stream, from whatever thread. */
    private static final class Target extends OutputStream {
        private final Context.Engine engine;
        private final BslStream stream;

        Target(Context.Engine engine, BslStream stream) {
            this.engine = engine;
            this.stream = stream;
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            stream.write(engine.context(), bytes, offset, count);
        }
    }
}
