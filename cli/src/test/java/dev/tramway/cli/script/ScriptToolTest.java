package dev.tramway.cli.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.cli.Program;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tramway script}, run in this process except where the process itself is meant. */
class ScriptToolTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private InputStream typed = InputStream.nullInputStream();

    private int tramwayScript(String... arguments) {
        output.reset();
        errors.reset();
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(errors, true, StandardCharsets.UTF_8);
        StringWriter usage = new StringWriter();
        int code = ScriptTool.run(
                new ScriptCommand(typed, out, err), new PrintWriter(usage), new PrintWriter(usage), arguments);
        err.print(usage);
        err.flush();
        return code;
    }

    private String script(String... lines) throws IOException {
        return Files.writeString(directory.resolve("сценарий.os"), String.join("\n", lines))
                .toString();
    }

    private String output() {
        return output.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private String errors() {
        return errors.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private void type(String... lines) {
        typed = new ByteArrayInputStream((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aScriptThatEndsIsSuccess() throws IOException {
        assertThat(tramwayScript(script("Сообщить(\"Ёж\");"))).isZero();
        assertThat(output()).isEqualTo("Ёж\n");
        assertThat(errors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ЗавершитьРаботу(0), 0", "ЗавершитьРаботу(7), 7", "Exit(255), 255"})
    void theScriptChoosesTheExitCode(String statement, int code) throws IOException {
        assertThat(tramwayScript(script(statement + ";", "Сообщить(\"не дойдет\");")))
                .isEqualTo(code);
        assertThat(output()).isEmpty();
    }

    @Test
    void anErrorIsToldWithItsPlaceOnTheErrorStream() throws IOException {
        assertThat(tramwayScript(script("Сообщить(1);", "А = 1 / 0;"))).isEqualTo(1);
        assertThat(output()).isEqualTo("1\n");
        assertThat(errors()).contains("сценарий.os", "2", "Деление на ноль", "А = 1 / 0;");
    }

    @Test
    void aScriptThatIsMissingIsFailure() {
        assertThat(tramwayScript(directory.resolve("нет.os").toString())).isEqualTo(1);
        assertThat(errors()).contains("нет.os");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--no-such-option", "--steps=5", "--sandbox --steps=many"})
    void wrongUsageIsSaid(String options) throws IOException {
        String[] arguments = (options + " " + script("")).split(" ");
        assertThat(tramwayScript(arguments)).isEqualTo(2);
        assertThat(errors()).startsWith("tramway script: ");
    }

    @Test
    void checkingRunsNothing() throws IOException {
        assertThat(tramwayScript("-check", script("Сообщить(1 / 0);"))).isZero();
        assertThat(output()).isEqualTo("No errors.\n");
        assertThat(tramwayScript("-check", script("Сообщить(1);", "Если Истина Тогда")))
                .isEqualTo(1);
        assertThat(output()).isEmpty();
        assertThat(errors()).contains("Ожидается КонецЕсли");
    }

    @Test
    void measuringTellsBothTimes() throws IOException {
        assertThat(tramwayScript("-measure", script("Сообщить(1);"))).isZero();
        assertThat(output()).matches("1\nCompile time: \\d+ ms\nExecution time: \\d+ ms\n");
    }

    @Test
    void whatFollowsTheFileBelongsToTheScript() throws IOException {
        String file = script("Для Каждого А Из АргументыКоманднойСтроки Цикл Сообщить(А); КонецЦикла;");
        assertThat(tramwayScript(file, "-check", "--", "@б", "", "в г")).isZero();
        assertThat(output()).isEqualTo("-check\n--\n@б\n\nв г\n");
    }

    @Test
    void aScriptReadsWhatIsTyped() throws IOException {
        type("Ёж", "два");
        assertThat(tramwayScript(
                        script("А = \"\"; Пока ВвестиСтроку(А) Цикл Сообщить(\"<\" + А + \">\"); КонецЦикла;")))
                .isZero();
        assertThat(output()).isEqualTo("<Ёж>\n<два>\n");
    }

    @Test
    void librariesAreFoundWhereTheOptionSays() throws IOException {
        Path library = Files.createDirectories(directory.resolve("lib").resolve("счет"));
        Files.writeString(library.resolve("Счет.os"), "Функция Два() Экспорт Возврат 2; КонецФункции");
        assertThat(tramwayScript(
                        "--library=" + directory.resolve("lib"), script("#Использовать счет", "Сообщить(Счет.Два());")))
                .isZero();
        assertThat(output()).isEqualTo("2\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "А = Новый ЧтениеТекста(\"/etc/passwd\");",
                "А = Новый ЗаписьТекста(\"новый.txt\");",
                "ЗапуститьПриложение(\"ls\");",
                "А = ПолучитьПеременнуюСреды(\"PATH\");",
                "А = ЗагрузитьСценарий(\"другой.os\");",
                "А = Новый TCPСоединение(\"192.0.2.1\", 80);",
                "А = Новый TCPСоединение(\"localhost\", 80);"
            })
    void theSandboxDeniesWhatReachesOutside(String statement) throws IOException {
        assertThat(tramwayScript(
                        "--sandbox",
                        script(
                                "Попытка " + statement + " Исключение",
                                "Сообщить(ИнформацияОбОшибке().Описание); КонецПопытки;")))
                .isZero();
        assertThat(output()).startsWith("Действие запрещено: ");
        assertThat(directory.resolve("новый.txt")).doesNotExist();
    }

    @Test
    void theSandboxLetsServersAndTheirComponentRun() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(tramwayScript(
                            "--sandbox",
                            script(
                                    "ПодключитьВнешнююКомпоненту(\"MultithreadedTCPServer.dll\");",
                                    "МС = Новый МногопоточныйTCPСерверДляОдноСкрипта; С = МС.МногопоточныйСервер(0); С.Начать();",
                                    "А = Новый TCPСоединение(\"127.0.0.1\", " + listener.getLocalPort() + ");",
                                    "Сообщить(А.Активно); А.Закрыть(); С.Остановить();")))
                    .as(() -> output() + errors())
                    .isZero();
            assertThat(output()).contains("Да\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--steps=10000|Пока Истина Цикл КонецЦикла;|Превышен предел числа шагов",
                "--memory=32|А = Новый Массив; Пока Истина Цикл А.Добавить(Новый Массив(1000)); КонецЦикла;|памят",
                "--depth=50|Процедура П() П(); КонецПроцедуры П();|стек"
            })
    void theSandboxBoundsScripts(String option, String statements, String error) throws IOException {
        assertThat(tramwayScript("--sandbox", option, script(statements))).isEqualTo(1);
        assertThat(errors()).containsIgnoringCase(error);
    }

    @Test
    void statementsAreTypedOneByOne() {
        type(
                "А = 2",
                "? А * 21",
                "Для Сч = 1 По 2 Цикл",
                "А = А + Сч;",
                "КонецЦикла",
                "",
                "Сообщить(А)",
                "? 1 / 0",
                "? \"дальше\"");
        assertThat(tramwayScript()).isZero();
        assertThat(output()).contains("42\n", "5\n", "Деление на ноль", "дальше\n");
        assertThat(errors()).isEmpty();
    }

    @Test
    void typedStatementsMayEndTheSession() {
        type("ЗавершитьРаботу(3)", "Сообщить(\"не дойдет\")");
        assertThat(tramwayScript()).isEqualTo(3);
        assertThat(output()).doesNotContain("не дойдет");
    }

    @Test
    void aProcessSpeaksUtf8WhateverTheSystemSays() throws IOException {
        String file =
                script("А = \"\"; ВвестиСтроку(А); Сообщить(\"Ё\" + А); ВызватьИсключение \"Ошибка в \" + А + \"!\";");
        try (Program process = Program.tramway("script", file)) {
            process.type("жук\n");
            assertThat(process.exitCode()).isEqualTo(1);
            assertThat(process.output()).isEqualToIgnoringNewLines("Ёжук\n");
            assertThat(process.errors()).contains("Ошибка в жук!");
        }
    }
}
