package dev.tramway.onescript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time, work of built-ins, depth and places of files are bounded as the host says. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class BoundsTest {
    private static final String TABLE =
            "Т = Новый ТаблицаЗначений; Т.Колонки.Добавить(\"А\"); Для Сч = 1 По 5000 Цикл Т.Добавить().А = -Сч; КонецЦикла;";

    @TempDir
    Path directory;

    private static ScriptException error(UnaryOperator<ScriptEngine.Builder> change, String... lines) {
        return catchThrowableOfType(ScriptException.class, () -> Scripts.run(change, lines));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Приостановить(100000000);",
                "Пока Истина Цикл КонецЦикла;",
                "ПодключитьВнешнююКомпоненту(\"MultithreadedTCPServer.dll\");"
                        + " (Новый МногопоточныйTCPСерверДляОдноСкрипта()).ПолучитьСобытие();"
            })
    void whatTakesTooLongEndsAndCannotCatchThat(String statement) {
        assertThat(error(
                        builder -> builder.maxTime(Duration.ofMillis(300)),
                        "Попытка " + statement + " Исключение КонецПопытки; Сообщить(\"дальше\");"))
                .hasMessage("Превышен предел времени");
    }

    @Test
    void whatIsDoneInTimeIsNotTouched() {
        assertThat(Scripts.run(
                        builder -> builder.maxTime(Duration.ofMinutes(1)), "Приостановить(1); Сообщить(\"дальше\");"))
                .containsExactly("дальше");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScriptEngine.builder().maxTime(Duration.ZERO))
                .withMessageContaining("maxTime");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Т.Сортировать(\"А\");",
                "К = Т.Скопировать();",
                "К = Т.ВыгрузитьКолонку(\"А\");",
                "К = Т.Итог(\"А\");",
                "К = Т.Найти(0);",
                "Т.ЗаполнитьЗначения(1);"
            })
    void workOfBuiltInsCountsAsSteps(String statement) {
        String[] script = {TABLE, "Для Сч = 1 По 20 Цикл " + statement + " КонецЦикла; Сообщить(\"конец\");"};
        assertThat(error(builder -> builder.maxSteps(60_000), script)).hasMessage("Превышен предел числа шагов");
        assertThat(Scripts.run(builder -> builder.maxSteps(10_000_000), script)).containsExactly("конец");
    }

    @Test
    void aTreeThatIsTooDeepIsAnError() {
        assertThat(Scripts.run(
                        "Д = Новый ДеревоЗначений; Д.Колонки.Добавить(\"А\"); Строки = Д.Строки;",
                        "Попытка",
                        "Пока Истина Цикл Строки = Строки.Добавить().Строки; КонецЦикла;",
                        "Исключение Сообщить(ОписаниеОшибки()); КонецПопытки;",
                        "Д.Строки.Сортировать(\"А\", Истина); К = Д.Скопировать();",
                        "Сообщить(К.Строки.НайтиСтроки(Новый Структура(\"А\", Неопределено), Истина).Количество());"))
                .last()
                .isEqualTo("10000");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // links need a privilege there
    void aSymbolicLinkDoesNotLeadOutOfWhatIsAllowed() throws IOException {
        Path root = directory.toRealPath();
        Path allowed = Files.createDirectory(root.resolve("allowed"));
        Path secret = Files.writeString(root.resolve("secret.txt"), "тайна");
        Files.writeString(allowed.resolve("open.txt"), "открыто");
        Files.createSymbolicLink(allowed.resolve("inside.txt"), Path.of("open.txt"));
        Files.createSymbolicLink(allowed.resolve("outside.txt"), secret);
        Files.createSymbolicLink(allowed.resolve("up"), root);
        Files.createSymbolicLink(allowed.resolve("new.txt"), root.resolve("made.txt"));
        UnaryOperator<ScriptEngine.Builder> policy = builder -> builder.directory(allowed)
                .access((permission, subject) -> subject.isEmpty()
                        || !permission.name().endsWith("FILES")
                        || Path.of(subject).startsWith(allowed));
        assertThat(Scripts.run(policy, "Сообщить((Новый ЧтениеТекста(\"inside.txt\")).Прочитать());"))
                .containsExactly("открыто");
        for (String statement : new String[] {
            "А = Новый ЧтениеТекста(\"outside.txt\");",
            "А = Новый ЧтениеТекста(\"up/secret.txt\");",
            "А = (Новый Файл(\"outside.txt\")).Размер();",
            "А = Новый ЗаписьТекста(\"new.txt\");",
            "КопироватьФайл(\"outside.txt\", \"copy.txt\");",
            "УдалитьФайлы(\"up/secret.txt\");"
        }) {
            assertThat(error(policy, statement)).as(statement).hasMessageStartingWith("Действие запрещено");
        }
        assertThat(secret).hasContent("тайна");
        assertThat(root.resolve("made.txt")).doesNotExist();
        assertThat(allowed.resolve("copy.txt")).doesNotExist();
    }

    @Test
    void whoAllocatesLittleIsNotJudgedByOthers() throws InterruptedException {
        ScriptEngine engine = ScriptEngine.builder().maxMemory(8 << 20).build();
        byte[] ofOthers = new byte[64 << 20];
        Script script = engine.compile("Б = Новый БуферДвоичныхДанных(4000000); А = Б.Размер;", "small");
        assertThat(script.run()).isZero();
        assertThat(ofOthers).hasSize(64 << 20);
    }

    @Test
    void anIndexFindsWhatASearchFinds() {
        String table = "Т = Новый ТаблицаЗначений; Т.Колонки.Добавить(\"Ключ\"); Т.Колонки.Добавить(\"Имя\"); %s"
                + " Для Сч = 1 По 300 Цикл С = Т.Добавить(); С.Ключ = Сч %% 7; С.Имя = \"н\" + Сч %% 5; КонецЦикла;";
        String searches = "Для Раз = 1 По 3 Цикл"
                + " Сообщить(Т.Индекс(Т.Найти(3, \"Ключ\"))); Сообщить(Т.НайтиСтроки(Новый Структура(\"Ключ\", 4.0)).Количество());"
                + " Для Каждого С Из Т.НайтиСтроки(Новый Структура(\"Имя, Ключ\", \"н2\", 3)) Цикл Сообщить(Т.Индекс(С)); КонецЦикла;"
                + " Сообщить(Т.НайтиСтроки(Новый Структура(\"Ключ\", \"нет\")).Количество());"
                + " КонецЦикла;";
        String changes =
                "Т[0].Ключ = 3; Т.Удалить(9); Т.Сдвинуть(2, 1); Т.Сортировать(\"Имя Убыв\"); Т.Вставить(0).Ключ = 3;";
        String[] without = {table.formatted(""), searches, changes, searches, "Т.Очистить();", searches};
        String[] with = without.clone();
        with[0] = table.formatted("Т.Индексы.Добавить(\"Ключ\"); Т.Индексы.Добавить(\"Ключ, Имя\");");
        assertThat(Scripts.run(with)).isEqualTo(Scripts.run(without)).hasSizeGreaterThan(60);
    }
}
