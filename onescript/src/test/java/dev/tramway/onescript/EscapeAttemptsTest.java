package dev.tramway.onescript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scripts that nobody trusts try to get out of the sandbox, which leaves them the console and nothing else. Each attempt must end
 * in an error that names the permission it lacks, or, where the language has no such thing at all, says so; and nothing may have
 * happened.
 */
class EscapeAttemptsTest {
    private static final String NONE = "";

    @TempDir
    Path directory;

    /**
     * One attempt.
     *
     * @param category what it is after
     * @param missing the permission that the error names; empty if the thing does not exist in the language
     * @param script one line; {@code FILE}, {@code NEW} and {@code DIR} stand for paths of files that exist, that do not, and
     *     their directory
     */
    record Attempt(String category, String missing, String script) {
        @Override
        public String toString() {
            return category + ": " + script;
        }
    }

    static List<Attempt> attempts() {
        return Stream.of(
                        files(),
                        directories(),
                        processes(),
                        objectsOfTheSystem(),
                        components(),
                        network(),
                        modules(),
                        java(),
                        environment(),
                        properties(),
                        shutdown(),
                        evaluation(),
                        threads())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Attempt> of(String category, String... missingAndScript) {
        return Stream.iterate(0, i -> i < missingAndScript.length, i -> i + 2)
                .map(i -> new Attempt(category, missingAndScript[i], missingAndScript[i + 1]))
                .toList();
    }

    private static List<Attempt> files() {
        return of(
                "files",
                "READ_FILES",
                "Т = Новый ЧтениеТекста(\"FILE\"); Сообщить(Т.Прочитать());",
                "READ_FILES",
                "Т = Новый ТекстовыйДокумент; Т.Прочитать(\"FILE\"); Сообщить(Т.ПолучитьТекст());",
                "READ_FILES",
                "Сообщить(Новый ДвоичныеДанные(\"FILE\").Размер());",
                "READ_FILES",
                "П = ФайловыеПотоки.ОткрытьДляЧтения(\"FILE\"); Сообщить(П.Размер());",
                "READ_FILES",
                "П = Новый ФайловыйПоток(\"FILE\", РежимОткрытияФайла.Открыть); Сообщить(П.Размер());",
                "WRITE_FILES",
                "З = Новый ЗаписьТекста(\"NEW\"); З.Записать(\"x\"); З.Закрыть();",
                "WRITE_FILES",
                "Т = Новый ТекстовыйДокумент; Т.УстановитьТекст(\"x\"); Т.Записать(\"NEW\");",
                "WRITE_FILES",
                "П = ФайловыеПотоки.Создать(\"NEW\"); П.Закрыть();",
                "WRITE_FILES",
                "УдалитьФайлы(\"FILE\");");
    }

    private static List<Attempt> directories() {
        return of(
                "directories",
                "READ_FILES",
                "Сообщить(НайтиФайлы(\"DIR\", \"*\").Количество());",
                "WRITE_FILES",
                "СоздатьКаталог(\"NEW\");",
                "WRITE_FILES",
                "УдалитьФайлы(\"DIR\", \"*\");",
                "READ_FILES",
                "Сообщить(Новый Файл(\"FILE\").Существует());",
                "READ_FILES",
                "Сообщить(Новый Файл(\"FILE\").Размер());");
    }

    private static List<Attempt> processes() {
        return of(
                "processes",
                "PROCESSES",
                "ЗапуститьПриложение(\"touch NEW\", , Истина);",
                "PROCESSES",
                "П = СоздатьПроцесс(\"touch NEW\"); П.Запустить(); П.ОжидатьЗавершения();",
                "PROCESSES",
                "Сообщить(ТекущийПроцесс().Идентификатор);",
                "PROCESSES",
                "НайтиПроцессПоИдентификатору(1).Завершить();",
                "PROCESSES",
                "Сообщить(НайтиПроцессыПоИмени(\"java\").Количество());");
    }

    private static List<Attempt> objectsOfTheSystem() {
        return of(
                "objects of the system",
                NONE,
                "О = Новый COMОбъект(\"WScript.Shell\"); О.Run(\"calc\");",
                NONE,
                "О = Новый COMObject(\"Scripting.FileSystemObject\"); О.DeleteFile(\"FILE\");",
                NONE,
                "О = ПолучитьCOMОбъект(\"FILE\", \"Excel.Application\");",
                NONE,
                "О = Новый(\"COMОбъект\"); Сообщить(О);");
    }

    private static List<Attempt> components() {
        return of(
                "native add-ins",
                "COMPONENTS",
                "ПодключитьВнешнююКомпоненту(\"C:\\MultithreadedTCPServer.dll\");",
                "COMPONENTS",
                "ПодключитьВнешнююКомпоненту(\"/lib/libc.so.6\", \"Системная\");",
                "COMPONENTS",
                "AttachAddIn(\"FILE\");",
                "COMPONENTS",
                "Попытка ПодключитьВнешнююКомпоненту(\"x.dll\"); Исключение ВызватьИсключение; КонецПопытки;");
    }

    private static List<Attempt> network() {
        return of(
                "network",
                "CONNECT",
                "С = Новый TCPСоединение(\"127.0.0.1\", 9); С.ОтправитьСтроку(\"x\");",
                "CONNECT",
                "С = Новый TCPConnection(\"198.51.100.1\", 80);",
                "LISTEN",
                "С = Новый TCPСервер(0); С.Запустить();",
                "COMPONENTS",
                "ПодключитьВнешнююКомпоненту(\"MultithreadedTCPServer.dll\"); "
                        + "С = Новый(\"МногопоточныйTCPСерверДляОдноСкрипта\"); С.TCPКлиент(\"127.0.0.1\", 9);",
                NONE,
                "С = Новый HTTPСоединение(\"198.51.100.1\"); С.Получить(Неопределено);");
    }

    private static List<Attempt> modules() {
        return of(
                "modules",
                "LOAD_SCRIPTS",
                "ПодключитьСценарий(\"FILE\", \"Чужой\");",
                "LOAD_SCRIPTS",
                "О = ЗагрузитьСценарий(\"FILE\");",
                "LOAD_SCRIPTS",
                "#Использовать \"DIR\"",
                "EVALUATE",
                "О = ЗагрузитьСценарийИзСтроки(\"Сообщить(1);\");",
                NONE,
                "ЗагрузитьБиблиотеку(\"DIR\");");
    }

    private static List<Attempt> java() {
        return of(
                "Java",
                NONE,
                "О = Новый(\"java.lang.Runtime\");",
                NONE,
                "О = Тип(\"java.lang.System\");",
                NONE,
                "О = Новый Массив; Сообщить(О.getClass());",
                NONE,
                "О = Новый Массив; Сообщить(О.class.forName(\"java.lang.Runtime\"));",
                "REFLECT",
                "Р = Новый Рефлектор; Сообщить(Р.ВызватьМетод(Новый Массив, \"getClass\"));",
                "REFLECT",
                "Р = Новый Рефлектор; Сообщить(Р.ПолучитьТаблицуМетодов(Новый Массив).Количество());",
                NONE,
                "Сообщить(Новый Действие(Новый Массив, \"getClass\").Выполнить());");
    }

    private static List<Attempt> environment() {
        return of(
                "environment",
                "SYSTEM",
                "Сообщить(ПолучитьПеременнуюСреды(\"PATH\"));",
                "SYSTEM",
                "УстановитьПеременнуюСреды(\"A\", \"B\");",
                "SYSTEM",
                "С = Новый СистемнаяИнформация; Сообщить(С.ПеременныеСреды().Количество());",
                "SYSTEM",
                "С = Новый СистемнаяИнформация; Сообщить(С.ПолучитьПеременнуюСреды(\"HOME\"));");
    }

    private static List<Attempt> properties() {
        return of(
                "properties of the system",
                "SYSTEM",
                "С = Новый СистемнаяИнформация; Сообщить(С.ИмяКомпьютера);",
                "SYSTEM",
                "С = Новый СистемнаяИнформация; Сообщить(С.ПользовательОС);",
                "SYSTEM",
                "С = Новый СистемнаяИнформация; Сообщить(С.ВерсияОС);",
                "SYSTEM",
                "С = Новый СистемнаяИнформация; Сообщить(С.ИмяЯдра);",
                "SYSTEM",
                "Сообщить(КаталогПрограммы());");
    }

    private static List<Attempt> shutdown() {
        return of(
                "shutdown",
                "EXIT",
                "ЗавершитьРаботу(0);",
                "EXIT",
                "Exit(3);",
                "EXIT",
                "Попытка ЗавершитьРаботу(0); Исключение ВызватьИсключение; КонецПопытки;",
                "PROCESSES",
                "ТекущийПроцесс().Завершить();");
    }

    private static List<Attempt> evaluation() {
        return of(
                "evaluation",
                "EVALUATE",
                "Выполнить(\"Сообщить(1)\");",
                "EVALUATE",
                "А = Вычислить(\"1 + 1\");",
                "EVALUATE",
                "Выполнить(\"Выполнить(\"\"УдалитьФайлы(1)\"\")\");",
                "EVALUATE",
                "О = LoadScriptFromString(\"А = 1;\");");
    }

    private static List<Attempt> threads() {
        return of(
                "threads",
                "JOBS",
                "ФоновыеЗадания.Выполнить(ЭтотОбъект, \"А\");",
                "JOBS",
                "BackgroundTasks.Execute(ЭтотОбъект, \"А\", Новый Массив);",
                "JOBS",
                "ФоновыеЗадания.ОжидатьВсе(Новый Массив);",
                "JOBS",
                "Сообщить(ФоновыеЗадания.ПолучитьФоновыеЗадания().Количество());");
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void nothingGetsOut(Attempt attempt) throws Exception {
        Path file = Files.writeString(directory.resolve("secret.os"), "Сообщить(\"secret\");");
        Path absent = directory.resolve("made");
        String script = attempt.script()
                .replace("FILE", file.toString())
                .replace("NEW", absent.toString())
                .replace("DIR", directory.toString());
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        String error = failure(script, output);
        assertThat(error).as("the error").isNotEmpty();
        assertThat(error).contains(attempt.missing());
        assertThat(output.toString(StandardCharsets.UTF_8)).as("output").isEmpty();
        assertThat(absent).doesNotExist();
        assertThat(file).exists();
    }

    private String failure(String script, ByteArrayOutputStream output) throws InterruptedException {
        ScriptEngine engine = ScriptEngine.builder()
                .output(output)
                .errorOutput(output)
                .directory(directory)
                .access(Access.only(Permission.CONSOLE))
                .build();
        try {
            engine.compile(script, "escape").run();
            return "";
        } catch (ScriptException stopped) {
            return String.valueOf(stopped.getMessage());
        }
    }

    @Test
    void thereAreSixtyAndFourOfEachCategory() {
        Map<String, Long> counts =
                attempts().stream().collect(Collectors.groupingBy(Attempt::category, Collectors.counting()));
        assertThat(attempts()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(counts).hasSize(13);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isGreaterThanOrEqualTo(4));
    }

    /** The other way round: with the permission, what was refused for its lack is not refused. */
    @ParameterizedTest
    @MethodSource("allowed")
    void withThePermissionItWorks(String permissions, String script) throws Exception {
        Permission[] granted =
                Arrays.stream(permissions.split(" ")).map(Permission::valueOf).toArray(Permission[]::new);
        Path file = Files.writeString(directory.resolve("data.txt"), "x");
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ScriptEngine.builder()
                .output(output)
                .directory(directory)
                .access(Access.only(granted))
                .build()
                .compile(script.replace("FILE", file.toString()), "allowed")
                .run();
        assertThat(output.toString(StandardCharsets.UTF_8)).isNotEmpty();
    }

    static List<org.junit.jupiter.params.provider.Arguments> allowed() {
        return List.of(
                org.junit.jupiter.params.provider.Arguments.of(
                        "CONSOLE READ_FILES", "Сообщить(Новый ДвоичныеДанные(\"FILE\").Размер());"),
                org.junit.jupiter.params.provider.Arguments.of("CONSOLE EVALUATE", "Сообщить(Вычислить(\"1 + 1\"));"),
                org.junit.jupiter.params.provider.Arguments.of(
                        "CONSOLE SYSTEM", "С = Новый СистемнаяИнформация; Сообщить(С.ВерсияОС);"));
    }
}
