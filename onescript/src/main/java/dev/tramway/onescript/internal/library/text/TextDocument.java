package dev.tramway.onescript.internal.library.text;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.binary.TextEncoding;
import dev.tramway.onescript.internal.library.file.FileNames;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Values;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** ТекстовыйДокумент: lines, counted from 1. */
final class TextDocument extends BslObject {
    static final NativeType TYPE = NativeType.declare(TextDocument.class, "ТекстовыйДокумент", "TextDocument")
            .requires(Permission.PURE)
            .constructor(Params.NONE, call -> new TextDocument())
            .property("Вывод", "Output", self -> Empty.UNDEFINED, (self, ignored) -> {})
            .property("Параметры", "Parameters", self -> Empty.UNDEFINED, (self, ignored) -> {})
            .property("ИспользуемоеИмяФайла", "UsedFileName", self -> self.file)
            .property(
                    "КодЯзыкаМакета",
                    "TemplateLanguageCode",
                    self -> self.language,
                    (self, value) -> self.language = Values.toText(value))
            .property("РазделительСтрок", "LineSeparator", self -> self.separator, TextDocument::separator)
            .property(
                    "ТолькоПросмотр",
                    "ReadOnly",
                    self -> self.readOnly,
                    (self, value) -> self.readOnly = Values.toBoolean(value))
            .procedure("ВставитьСтроку", "InsertLine", Params.of(2), TextDocument::insert)
            .procedure("ДобавитьСтроку", "AddLine", Params.of(1), (self, call) -> self.lines.addAll(split(call, 0)))
            .procedure("ЗаменитьСтроку", "ReplaceLine", Params.of(2), TextDocument::replace)
            .procedure("УдалитьСтроку", "DeleteLine", Params.of(1), TextDocument::delete)
            .function("ПолучитьСтроку", "GetLine", Params.of(1), TextDocument::line)
            .function("КоличествоСтрок", "LineCount", self -> (long) self.lines.size())
            .function("ПолучитьТекст", "GetText", Params.NONE, (self, call) -> self.text(call.context(), "\n"))
            .procedure("УстановитьТекст", "SetText", Params.of(1), TextDocument::setText)
            .procedure("Очистить", "Clear", Params.NONE, (self, call) -> self.lines.clear())
            .requires(Permission.READ_FILES)
            .procedure("Прочитать", "Read", Params.of(1, 3), TextDocument::read)
            .requires(Permission.WRITE_FILES)
            .procedure("Записать", "Write", Params.of(1, 3), TextDocument::write)
            .build();

    private static final Set<String> SEPARATORS = Set.of("\n", "\r", "\r\n");

    private final List<String> lines = new ArrayList<>();
    private String file = "";
    private String language = "";
    private String separator = "\n";
    private boolean readOnly;

    private TextDocument() {}

    @Override
    public NativeType type() {
        return TYPE;
    }

    private void separator(Object value) {
        separator = checked(Values.toText(value));
    }

    private static String checked(String separator) {
        if (!SEPARATORS.contains(separator)) {
            throw Errors.badArgument();
        }
        return separator;
    }

    /** The empty text is one empty line; a line end at the end of others adds none. */
    private static List<String> split(Call call, int index) {
        String text = call.text(index);
        call.context().grow(2L * text.length() + 32);
        return text.isEmpty() ? List.of("") : text.lines().toList();
    }

    /** Before the first line, or behind the last, where the number is beyond them. */
    private void insert(Call call) {
        int index = Math.clamp(call.whole(0) - 1, 0, lines.size());
        lines.addAll(index, split(call, 1));
    }

    private void replace(Call call) {
        long number = call.whole(0);
        if (number < 1) {
            throw Errors.badArgument(1);
        }
        if (number <= lines.size()) {
            int index = (int) number - 1;
            lines.remove(index);
            lines.addAll(index, split(call, 1));
        }
    }

    private boolean has(long number) {
        return number >= 1 && number <= lines.size();
    }

    private void delete(Call call) {
        long number = call.whole(0);
        if (has(number)) {
            lines.remove((int) number - 1);
        }
    }

    private Object line(Call call) {
        long number = call.whole(0);
        return has(number) ? lines.get((int) number - 1) : "";
    }

    /** Every line has its end, the last too. */
    private String text(Context context, String end) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            context.grow(2L * (line.length() + end.length()));
            text.append(line).append(end);
        }
        return text.toString();
    }

    private void setText(Call call) {
        lines.clear();
        lines.addAll(split(call, 0));
    }

    /** All kinds of line ends are recognized, whatever separator is given. */
    private void read(Call call) {
        Context context = call.context();
        Path path = FileNames.readable(context, call.text(0));
        TextEncoding encoding = TextEncoding.of(call, 1);
        List<String> read = FileNames.io(() -> read(context, path, encoding));
        lines.clear();
        lines.addAll(read);
        file = path.toString();
    }

    private static List<String> read(Context context, Path path, TextEncoding encoding) throws IOException {
        List<String> read = new ArrayList<>();
        try (InputStream in = Files.newInputStream(path);
                Lines source = new Lines(in, encoding, "\r\n", true)) {
            for (String line = source.line(context, "\n"); line != null; line = source.line(context, "\n")) {
                context.grow(2L * line.length() + 32);
                read.add(line);
            }
        }
        return read;
    }

    private void write(Call call) {
        Path path = FileNames.writable(call.context(), call.text(0));
        TextEncoding encoding = TextEncoding.of(call, 1);
        String end = checked(call.text(2, System.lineSeparator()));
        byte[] bytes = encoding.encode(text(call.context(), end), true);
        FileNames.io(() -> Files.write(path, bytes));
        file = path.toString();
    }
}
