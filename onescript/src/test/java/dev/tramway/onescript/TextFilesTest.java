package dev.tramway.onescript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ЧтениеТекста, ЗаписьТекста, ТекстовыйДокумент. */
class TextFilesTest {
    @TempDir
    private Path directory;

    private List<String> run(String... lines) {
        return Scripts.run(builder -> builder.directory(directory), lines);
    }

    private String written(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    private void given(String name, String text, Charset charset) throws IOException {
        Files.write(directory.resolve(name), text.getBytes(charset));
    }

    @Test
    void linesEndWithCrLfAndTheFileBeginsWithAMark() throws IOException {
        run(
                "Запись = Новый ЗаписьТекста(\"т.txt\"); Запись.ЗаписатьСтроку(\"раз\");",
                "Запись.Записать(\"два\" + Символы.ПС + \"три\"); Запись.Закрыть();");
        assertThat(written("т.txt")).isEqualTo("\uFEFFраз\r\nдва\r\nтри");
    }

    @Test
    void lineEndsAndSeparatorsAreChosen() throws IOException {
        run(
                "Запись = Новый TextWriter; Запись.Открыть(\"т.txt\", КодировкаТекста.UTF8NoBOM, \"|\", , Символы.ПС);",
                "Запись.ЗаписатьСтроку(\"раз\"); Запись.WriteLine(\"два\", Символы.ПС); Запись.Закрыть();");
        assertThat(written("т.txt")).isEqualTo("раз|два\n");
    }

    @Test
    void whatWasWrittenIsThereBeforeTheFileIsClosed() throws IOException {
        assertThat(run(
                        "Запись = Новый ЗаписьТекста(\"т.txt\", \"windows-1251\"); Запись.Записать(\"Жук\");",
                        "Сообщить(Новый ЧтениеТекста(\"т.txt\", \"windows-1251\").Прочитать()); Запись.Закрыть();",
                        "Попытка Запись.Записать(\"\"); Исключение Сообщить(ОписаниеОшибки()); КонецПопытки;"))
                .satisfiesExactly(
                        text -> assertThat(text).isEqualTo("Жук"),
                        error -> assertThat(error).contains("Файл не открыт"));
        assertThat(Files.readAllBytes(directory.resolve("т.txt"))).hasSize(3);
    }

    @Test
    void appendingWritesNoSecondMark() throws IOException {
        run(
                "Для Сч = 1 По 2 Цикл Запись = Новый ЗаписьТекста(\"т.txt\", \"utf-8\", , Истина);",
                "Запись.Записать(Сч); Запись.Закрыть(); КонецЦикла;");
        assertThat(written("т.txt")).isEqualTo("\uFEFF12");
    }

    @Test
    void aFileIsReadLineByLine() throws IOException {
        given("т.txt", "\uFEFFодин\r\n\nтри", StandardCharsets.UTF_8);
        assertThat(run(
                        "Чтение = Новый ЧтениеТекста(\"т.txt\"); Стр = Чтение.ПрочитатьСтроку();",
                        "Пока Стр <> Неопределено Цикл Сообщить(\"[\" + Стр + \"]\"); Стр = Чтение.ReadLine(); КонецЦикла;",
                        "Сообщить(ТипЗнч(Чтение.Прочитать())); Чтение.Закрыть();",
                        "Попытка Чтение.ПрочитатьСтроку(); Исключение Сообщить(\"закрыт\"); КонецПопытки;"))
                .containsExactly("[один]", "[]", "[три]", "Неопределено", "закрыт");
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE, UTF8", "UTF-16BE, UTF8", "UTF-8, ANSI"})
    void aMarkWinsOverTheEncodingGiven(String actual, String given) throws IOException {
        given("т.txt", "\uFEFFЖ", Charset.forName(actual));
        assertThat(run("Сообщить(Новый ЧтениеТекста(\"т.txt\", КодировкаТекста." + given + ").Прочитать());"))
                .containsExactly("Ж");
    }

    @Test
    void aPieceIsReadAndThenTheRest() throws IOException {
        given("т.txt", "аб\r\nвг", StandardCharsets.UTF_8);
        assertThat(run(
                        "Чтение = Новый ЧтениеТекста; Чтение.Открыть(\"т.txt\");",
                        "Сообщить(Чтение.Прочитать(3) = \"аб\" + Символы.ПС); Сообщить(Чтение.Прочитать());"))
                .containsExactly("Да", "вг");
    }

    @Test
    void linesAreDividedByWhatIsSaid() throws IOException {
        given("т.txt", "а;б\rв;", StandardCharsets.UTF_8);
        assertThat(run(
                        "Чтение = Новый ЧтениеТекста(\"т.txt\", \"utf-8\", \";\", \"\"); Сообщить(Чтение.ПрочитатьСтроку());",
                        "Сообщить(КодСимвола(Чтение.ПрочитатьСтроку(), 2)); Сообщить(ТипЗнч(Чтение.ПрочитатьСтроку()));",
                        "Сообщить(КодСимвола(Новый ЧтениеТекста(\"т.txt\", \"utf-8\").Прочитать(), 4));"))
                .containsExactly("а", "13", "Неопределено", "10");
    }

    @Test
    void textIsReadFromAStream() {
        assertThat(run(
                        "Поток = ПолучитьДвоичныеДанныеИзСтроки(\"а\" + Символы.ПС + \"б\").ОткрытьПотокДляЧтения();",
                        "Чтение = Новый ЧтениеТекста(Поток); Сообщить(Чтение.ПрочитатьСтроку()); Сообщить(Чтение.Read());"))
                .containsExactly("а", "б");
    }

    @Test
    void memoryOfALongLineIsCounted() throws IOException {
        given("т.txt", "x".repeat(1_000_000), StandardCharsets.UTF_8);
        ScriptException tooMuch = catchThrowableOfType(
                ScriptException.class,
                () -> Scripts.run(
                        builder -> builder.directory(directory).maxMemory(100_000),
                        "А = Новый ЧтениеТекста(\"т.txt\").ПрочитатьСтроку();"));
        assertThat(tooMuch.getMessage()).containsIgnoringCase("памят");
    }

    @Test
    void aDocumentIsEditedByLines() {
        assertThat(run(
                        "Док = Новый ТекстовыйДокумент; Док.УстановитьТекст(\"а\" + Символы.ПС + \"б\");",
                        "Док.ДобавитьСтроку(\"в\"); Док.ВставитьСтроку(1, \"начало\"); Док.InsertLine(100, \"конец\");",
                        "Док.ЗаменитьСтроку(3, \"Б\" + Символы.ПС + \"ББ\"); Док.УдалитьСтроку(2); Док.DeleteLine(77);",
                        "Сообщить(СтрЗаменить(Док.ПолучитьТекст(), Символы.ПС, \"|\")); Сообщить(Док.КоличествоСтрок());",
                        "Сообщить(Док.ПолучитьСтроку(2)); Сообщить(\"[\" + Док.GetLine(99) + \"]\");",
                        "Док.Очистить(); Сообщить(Док.LineCount());",
                        "Попытка Док.РазделительСтрок = \"x\"; Исключение Сообщить(\"нельзя\"); КонецПопытки;"))
                .containsExactly("начало|Б|ББ|в|конец|", "5", "Б", "[]", "0", "нельзя");
    }

    @Test
    void aDocumentIsReadAndWritten() throws IOException {
        given("т.txt", "раз\r\nдва\nтри\r", StandardCharsets.UTF_8);
        assertThat(run(
                        "Док = Новый ТекстовыйДокумент; Док.Прочитать(\"т.txt\"); Сообщить(Док.КоличествоСтрок());",
                        "Сообщить(Новый Файл(Док.ИспользуемоеИмяФайла).Имя);",
                        "Док.Записать(\"у.txt\", \"utf-8\", Символы.ПС);"))
                .containsExactly("3", "т.txt");
        assertThat(written("у.txt")).isEqualTo("\uFEFFраз\nдва\nтри\n");
    }
}
