package dev.tramway.onescript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Файл, and global functions of files. */
class FilesTest {
    @TempDir
    private Path directory;

    private List<String> run(String... lines) {
        return Scripts.run(builder -> builder.directory(directory), lines);
    }

    private String error(String... lines) {
        return String.valueOf(catchThrowableOfType(ScriptException.class, () -> run(lines)).getMessage());
    }

    private static String system(String path) {
        return path.replace('/', File.separatorChar);
    }

    @ParameterizedTest
    @CsvSource({
        "'a\\b\\имя.tar.gz', имя.tar.gz, имя.tar, .gz, a/b/",
        "a/b/c/, c, c, '', a/b/",
        "file, file, file, '', ''",
        "/root.txt, root.txt, root, .txt, /",
        "./x., x., x, '', ./"
    })
    void aNameHasPartsWithEitherSlash(String name, String file, String base, String extension, String path) {
        assertThat(run(
                        "Ф = Новый Файл(\"" + name + "\");",
                        "Сообщить(Ф.Имя); Сообщить(Ф.ИмяБезРасширения); Сообщить(Ф.Extension); Сообщить(Ф.Путь);"))
                .containsExactly(file, base, extension, system(path));
    }

    @Test
    void relativeNamesStartFromTheDirectoryOfTheScript() {
        assertThat(run("Сообщить(Новый Файл(\"a\\..\\b/c.txt\").ПолноеИмя); Сообщить(ТекущийКаталог());"))
                .containsExactly(
                        directory.resolve("b").resolve("c.txt").toString(), directory.toString());
    }

    @Test
    void theDirectoryChanges() {
        assertThat(run(
                        "СоздатьКаталог(\"x\\y\"); УстановитьТекущийКаталог(\"x\"); Сообщить(Новый Файл(\"y\").ЭтоКаталог());",
                        "SetCurrentDirectory(\"..\"); Сообщить(ТекущийКаталог());"))
                .containsExactly("Да", directory.toString());
        assertThat(error("УстановитьТекущийКаталог(\"нет\");"))
                .isEqualTo("Каталог не найден: '" + directory.resolve("нет") + "'");
    }

    @Test
    void aFileIsAskedAndChanged() throws IOException {
        Files.writeString(directory.resolve("ф.txt"), "12345");
        assertThat(run(
                        "Ф = Новый Файл(\"ф.txt\"); Сообщить(Ф.Существует()); Сообщить(Ф.Размер()); Сообщить(Ф.IsFile());",
                        "Сообщить(Новый Файл(\"нет\").Exist()); Сообщить(Новый Файл(\".\").ЭтоКаталог());",
                        "Ф.УстановитьВремяИзменения('20200102030405'); Сообщить(Ф.ПолучитьВремяИзменения());",
                        "Сообщить(Ф.ПолучитьВремяСоздания() > '20200101'); Сообщить(Ф.ПолучитьТолькоЧтение());",
                        "Ф.УстановитьТолькоЧтение(Истина); Сообщить(Ф.GetReadOnly()); Ф.SetReadOnly(Ложь);",
                        "Сообщить(Ф.ПолучитьТолькоЧтение()); Сообщить(Ф.ПолучитьНевидимость());"))
                .containsExactly("Да", "5", "Да", "Нет", "Да", "02.01.2020 3:04:05", "Да", "Нет", "Да", "Нет", "Нет");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Размер()", "ЭтоФайл()", "ЭтоКаталог()", "ПолучитьВремяИзменения()", "ПолучитьТолькоЧтение()"})
    void whatIsNotThereIsNamed(String call) {
        assertThat(error("А = Новый Файл(\"нет\")." + call + ";"))
                .isEqualTo("Файл не найден: '" + directory.resolve("нет") + "'");
    }

    @Test
    void filesAreCopiedAndMoved() throws IOException {
        Files.writeString(directory.resolve("a"), "новый");
        Files.writeString(directory.resolve("b"), "старый");
        run("КопироватьФайл(\"a\", \"b\"); MoveFile(\"a\", \"c\");");
        assertThat(directory.resolve("a")).doesNotExist();
        assertThat(Files.readString(directory.resolve("b"))).isEqualTo("новый");
        assertThat(Files.readString(directory.resolve("c"))).isEqualTo("новый");
        assertThat(error("ПереместитьФайл(\"b\", \"c\");"))
                .isEqualTo("Файл уже существует: '" + directory.resolve("c") + "'");
    }

    @Test
    void filesAreFoundByMask() throws IOException {
        Files.createDirectories(directory.resolve("d/e"));
        for (String name : List.of("one.txt", "two.txt", "three.os", "d/four.txt", "d/e/five.txt", "a+b.txt")) {
            Files.writeString(directory.resolve(name), "");
        }
        String show = "Для Каждого Ф Из Найденные Цикл Сообщить(Ф.Имя); КонецЦикла;";
        assertThat(run("Найденные = НайтиФайлы(\".\", \"*.txt\");", show)).containsExactly("a+b.txt", "one.txt", "two.txt");
        assertThat(run("Найденные = НайтиФайлы(\"\", \"???.txt\");", show)).containsExactly("a+b.txt", "one.txt", "two.txt");
        assertThat(run("Найденные = FindFiles(\".\", \"f*.txt\", Истина);", show))
                .containsExactly("five.txt", "four.txt");
        assertThat(run("Найденные = НайтиФайлы(\"d\");", show)).containsExactly("e", "four.txt");
        assertThat(run("Сообщить(НайтиФайлы(\"d\", \"*.*\")[1].Путь);")).containsExactly(system("d/"));
        assertThat(error("НайтиФайлы(\"нет\");")).startsWith("Файл не найден");
    }

    @Test
    void filesAreDeletedWithAllBelowThem() throws IOException {
        Files.createDirectories(directory.resolve("d/e"));
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("kept"), "");
        for (String name : List.of("a.tmp", "b.tmp", "c.txt", "d/e/x")) {
            Files.writeString(directory.resolve(name), "");
        }
        run("УдалитьФайлы(\".\", \"*.tmp\"); DeleteFiles(\"d\"); УдалитьФайлы(\"нет\");");
        try (var left = Files.list(directory)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("c.txt", "outside");
        }
        assertThat(outside.resolve("kept")).exists();
    }

    @Test
    void pathsAreCombined() {
        assertThat(run(
                        "Сообщить(ОбъединитьПути(\"a\\b\", \"c\")); Сообщить(CombinePath(\"a/\", \"b\", \"\", \"c\"));",
                        "Сообщить(ОбъединитьПути(\"a\", \"/b\")); Сообщить(ПолучитьРазделительПути());"))
                .containsExactly(system("a/b/c"), system("a/b/c"), system("/b"), File.separator);
    }

    @Test
    void temporaryNamesAreNew() {
        assertThat(run(
                        "Имя = ПолучитьИмяВременногоФайла(\"dat\"); Сообщить(Имя <> GetTempFileName(\"dat\"));",
                        "Ф = Новый Файл(Имя); Сообщить(Ф.Расширение); Сообщить(Ф.Существует());",
                        "Сообщить(Ф.Путь = КаталогВременныхФайлов());"))
                .containsExactly("Да", ".dat", "Нет", "Да");
    }

    @Test
    void exactlyThePathThatIsTouchedIsAskedFor() throws IOException {
        Files.createDirectory(directory.resolve("open"));
        Files.writeString(directory.resolve("open/a"), "а");
        Files.writeString(directory.resolve("secret"), "тайна");
        String root = directory.resolve("open").toString();
        Access policy = (permission, subject) -> permission == Permission.CONSOLE
                || ((permission == Permission.READ_FILES || permission == Permission.WRITE_FILES)
                        && (subject.isEmpty() || subject.startsWith(root)));
        String open = "А = Новый ДвоичныеДанные(\"open/a\"); КопироватьФайл(\"open/a\", \"open/b\");";
        assertThat(Scripts.run(
                        builder -> builder.directory(directory).access(policy), open, "Сообщить(А.Размер());"))
                .containsExactly("2");
        for (String closed : List.of(
                "А = Новый ДвоичныеДанные(\"open/../secret\")",
                "А = Новый ДвоичныеДанные(\"open\\..\\secret\")",
                "КопироватьФайл(\"secret\", \"open/c\")",
                "КопироватьФайл(\"open/a\", \"c\")",
                "ПереместитьФайл(\"secret\", \"open/c\")",
                "А = Новый ЧтениеТекста(\"secret\")",
                "А = Новый ЧтениеДанных(\"secret\")",
                "А = Новый ЗаписьДанных(\"secret\")",
                "А = Новый ФайловыйПоток(\"secret\", РежимОткрытияФайла.Открыть)",
                "А = ФайловыеПотоки.Открыть(\"secret\", РежимОткрытияФайла.ОткрытьИлиСоздать, ДоступКФайлу.Чтение)",
                "А = Новый ЗаписьТекста(\"secret\")",
                "ПолучитьДвоичныеДанныеИзСтроки(\"\").Записать(\"secret\")",
                "А = Новый Файл(\"secret\").Размер()",
                "А = НайтиФайлы(\".\")",
                "УдалитьФайлы(\"secret\")",
                "А = ТекущийКаталог()")) {
            ScriptException denied = catchThrowableOfType(
                    ScriptException.class,
                    () -> Scripts.run(builder -> builder.directory(directory).access(policy), closed + ";"));
            assertThat(denied).as(closed).isNotNull();
            assertThat(denied.getMessage()).as(closed).startsWith("Действие запрещено");
        }
        assertThat(Files.readString(directory.resolve("secret"))).isEqualTo("тайна");
    }
}
