package dev.tramway.onescript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tramway.onescript.internal.bind.Callable;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.bind.Property;
import dev.tramway.onescript.internal.library.BslArray;
import dev.tramway.onescript.internal.library.StandardLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script that nobody trusts can and cannot do. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SandboxTest {
    private static ScriptEngine.Builder strict(ScriptEngine.Builder builder) {
        return builder.access(Access.only(Permission.CONSOLE));
    }

    private static ScriptException error(UnaryOperator<ScriptEngine.Builder> change, String... lines) {
        return catchThrowableOfType(ScriptException.class, () -> Scripts.run(change, lines));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "Выполнить(~А = 1;~) | EVALUATE",
                "А = Вычислить(~1~) | EVALUATE",
                "А = ЗагрузитьСценарийИзСтроки(~~) | EVALUATE",
                "А = ЗагрузитьСценарий(~x.os~) | LOAD_SCRIPTS",
                "ПодключитьСценарий(~x.os~, ~X~) | LOAD_SCRIPTS",
                "ДобавитьМодуль(~x.os~, ~X~) | LOAD_SCRIPTS",
                "ДобавитьКласс(~x.os~, ~X~) | LOAD_SCRIPTS",
                "ПодключитьВнешнююКомпоненту(~x.dll~) | COMPONENTS",
                "А = Новый Рефлектор | REFLECT",
                "А = Новый(~Рефлектор~) | REFLECT",
                "А = Новый(Тип(~Reflector~)) | REFLECT",
                "ФоновыеЗадания.Выполнить(ЭтотОбъект, ~П~) | JOBS",
                "А = BackgroundTasks | JOBS",
                "ЗавершитьРаботу(1) | EXIT"
            })
    void whatIsNotAllowedNamesThePermission(String statement, String permission) {
        assertThat(error(SandboxTest::strict, statement.replace('~', '"') + ";"))
                .hasMessage("Действие запрещено: нет разрешения " + permission);
    }

    @Test
    void librariesAreNotLoaded() {
        assertThat(error(SandboxTest::strict, "#Использовать \"..\""))
                .hasMessage("Действие запрещено: нет разрешения LOAD_SCRIPTS, ..");
    }

    @Test
    void aPolicyIsAskedForThePath() {
        List<String> asked = new ArrayList<>();
        Access policy = (permission, subject) -> {
            asked.add(permission + " " + subject);
            return subject.isEmpty();
        };
        assertThat(error(builder -> builder.access(policy), "А = ЗагрузитьСценарий(\"../../etc/passwd\");"))
                .hasMessage("Действие запрещено: нет разрешения LOAD_SCRIPTS, ../../etc/passwd");
        assertThat(asked).containsExactly("LOAD_SCRIPTS ", "LOAD_SCRIPTS ../../etc/passwd");
    }

    @Test
    void whatIsPureIsNeverAskedFor() {
        assertThat(Scripts.run(
                        builder -> builder.access((permission, subject) -> {
                            assertThat(permission).isEqualTo(Permission.CONSOLE);
                            return true;
                        }),
                        "М = Новый Массив(5); М[0] = СтрЗаменить(\"аб\", \"а\", \"б\"); Сообщить(М[0]);"))
                .containsExactly("бб");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Пока Истина Цикл КонецЦикла;",
                "Пока Истина Цикл Попытка Пока Истина Цикл КонецЦикла; Исключение КонецПопытки; КонецЦикла;",
                "А = 1; Пока А > 0 Цикл А = А + 1; Продолжить; КонецЦикла;",
                "Для Сч = 1 По 1000000000000 Цикл Сч = 1; КонецЦикла;",
                "Процедура П(Н) Если Н > 0 Тогда П(Н - 1); П(Н - 1); КонецЕсли; КонецПроцедуры П(200);",
                "М = Новый Массив(1); Для Каждого Э Из М Цикл М.Добавить(1); М.Удалить(0); М.Вставить(0); КонецЦикла;"
            })
    void anEndlessScriptEndsAndCannotCatchThat(String script) {
        ScriptException error =
                error(builder -> builder.maxSteps(200_000).maxMemory(256L << 20), script.split("(?<=;)"));
        assertThat(error).hasMessage("Превышен предел числа шагов");
        assertThat(error.line()).isPositive();
    }

    @Test
    void stepsAreEnoughForWhatTheyAreMeantFor() {
        assertThat(Scripts.run(
                        builder -> builder.maxSteps(200_000),
                        "С = 0; Для Сч = 1 По 190000 Цикл С = С + 1; КонецЦикла; Сообщить(С);"))
                .containsExactly("190000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "А = \"бомба\"; Пока Истина Цикл А = А + А; КонецЦикла;",
                "А = \"аа\"; Пока Истина Цикл А = СтрЗаменить(А, \"а\", \"аааа\"); КонецЦикла;",
                "М = Новый Массив; М.Добавить(\"1234567890\"); Пока Истина Цикл А = СтрСоединить(М, \"------\"); М.Добавить(А); М.Добавить(А); КонецЦикла;",
                "М = Новый Массив(2000000000);",
                "М = Новый Массив(50000, 50000);",
                "М = Новый Массив; М.Вставить(2000000000, 1);",
                "М = Новый Массив; Пока Истина Цикл М.Добавить(Новый Массив(1000)); КонецЦикла;",
                "М = Новый Соответствие; А = 0; Пока Истина Цикл А = А + 1; М[А] = А; КонецЦикла;",
                "М = Новый Соответствие; А = 0; Пока Истина Цикл А = А + 1; М.Вставить(А, А); КонецЦикла;",
                "М = Новый Структура; А = 0; Пока Истина Цикл А = А + 1; М.Вставить(\"П\" + Формат(А, \"ЧГ=\"), А); КонецЦикла;",
                "А = \"%1%1%1%1\"; Пока Истина Цикл А = СтрШаблон(\"%1%1%1%1%1%1\", А); КонецЦикла;"
            })
    void aMemoryBombEndsAndCannotBeCaught(String script) {
        ScriptException error = error(
                builder -> builder.maxMemory(16L << 20), "Попытка", script, "Исключение Сообщить(1);", "КонецПопытки;");
        assertThat(error).hasMessage("Превышен предел памяти");
    }

    @Test
    void garbageIsNotCounted() {
        assertThat(Scripts.run(
                        builder -> builder.maxMemory(64L << 20),
                        "А = СтрСоединить(Новый Массив(1000), \"0123456789\");",
                        "Для Сч = 1 По 20000 Цикл Б = А + Сч; КонецЦикла; Сообщить(СтрДлина(Б));"))
                .containsExactly("9995");
    }

    @Test
    void aFormatCannotAskForAWidthBeyondReason() {
        assertThat(Scripts.error("А = Формат(1, \"ЧЦ=1000000000; ЧВН=\");"))
                .hasMessage("Неверное значение аргумента номер 2");
        assertThat(Scripts.error("А = Формат(1, \"ЧДЦ=1000000000\");"))
                .hasMessage("Неверное значение аргумента номер 2");
    }

    @Test
    void depthIsBounded() {
        assertThat(error(builder -> builder.maxDepth(50), "Процедура П(Н) П(Н + 1); КонецПроцедуры", "П(1);"))
                .hasMessage("Переполнение стека: слишком глубокая вложенность вызовов");
        assertThat(Scripts.error("А = " + "(".repeat(10_000) + "1" + ")".repeat(10_000) + ";"))
                .hasMessage("Слишком глубокая вложенность выражения");
        assertThat(Scripts.error("Если 1 = 1 Тогда ".repeat(10_000)))
                .hasMessage("Слишком глубокая вложенность операторов");
        assertThat(Scripts.error("А = " + "?(1=1,".repeat(10_000)))
                .hasMessage("Слишком глубокая вложенность выражения");
    }

    @Test
    void jobsShareTheLimit() {
        assertThat(error(
                        builder -> builder.maxSteps(100_000),
                        "Процедура Вечно() Экспорт Пока Истина Цикл КонецЦикла; КонецПроцедуры",
                        "З = ФоновыеЗадания.Выполнить(ЭтотОбъект, \"Вечно\"); З.ОжидатьЗавершения();",
                        "Пока Истина Цикл КонецЦикла;"))
                .hasMessage("Превышен предел числа шагов");
    }

    @Test
    void everyBuiltInSaysWhatItNeeds() {
        Library library = StandardLibrary.all();
        List<Permission> permissions = new ArrayList<>();
        library.functions().stream().map(Callable::permission).forEach(permissions::add);
        library.globals().stream().map(Library.Global::permission).forEach(permissions::add);
        for (var type : library.types()) {
            if (type instanceof NativeType known) {
                known.methods().stream().map(Callable::permission).forEach(permissions::add);
                known.properties().stream().map(Property::permission).forEach(permissions::add);
            }
        }
        assertThat(permissions).hasSizeGreaterThan(100).doesNotContainNull();
    }

    @Test
    void aBuiltInThatDoesNotSaySoCannotBeDeclared() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Library.builder().function("Новая", "New", Params.NONE, call -> 1L))
                .withMessage("No permission is required by Новая");
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> NativeType.declare(BslArray.class, "Тип", "Type").function("Новая", "New", self -> 1L))
                .withMessage("No permission is required by Тип.Новая");
    }
}
