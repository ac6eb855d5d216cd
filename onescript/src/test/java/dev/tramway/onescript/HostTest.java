package dev.tramway.onescript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Console, programs, environment, machine, time zones, random numbers. */
class HostTest {
    /** A program that every machine with these tests has, on any system. */
    private static final String JAVA =
            "\"\"" + Path.of(System.getProperty("java.home"), "bin", "java") + "\"\" -version";

    @TempDir
    private Path directory;

    private List<String> run(String... lines) {
        return Scripts.run(builder -> builder.directory(directory), lines);
    }

    private String error(String... lines) {
        return String.valueOf(catchThrowableOfType(ScriptException.class, () -> run(lines)).getMessage());
    }

    @Test
    void theConsoleWritesAndReads() {
        assertThat(run(
                        "Консоль.Вывести(\"раз, \"); Консоль.ВывестиСтроку(\"два\"); Console.WriteLine(Консоль.ПрочитатьСтроку());",
                        "Сообщить(Символ(Консоль.Прочитать() ) <> \"\"); Консоль.ЦветТекста = ЦветКонсоли.Желтый;",
                        "Сообщить(Консоль.TextColor); Сообщить(Консоль.НажатаКлавиша); Консоль.Очистить(); Консоль.Сигнал();",
                        "Сообщить(Консоль.ВидимостьКурсора(Ложь)); Сообщить(Новый Консоль().CursorVisible(Истина));",
                        "Сообщить(Консоль.Ширина > 0);"))
                .containsExactly("раз, два", "первая", "Да", "Желтый", "Да", "Да", "Нет", "Да");
    }

    @Test
    void outputIsRedirected() {
        assertThat(run(
                        "Поток = Новый ПотокВПамяти; Было = Консоль.ОткрытьСтандартныйПотокВывода();",
                        "Консоль.УстановитьПотокВывода(Поток); Сообщить(\"скрыто\"); Консоль.Вывести(\"!\");",
                        "Консоль.УстановитьПотокВывода(Было); Сообщить(Поток.Размер() > 12);",
                        "Вывод = Консоль.OpenStandardOutput(); Вывод.Записать(ПолучитьБуферДвоичныхДанныхИзСтроки(\"байты\"), 0, 10);",
                        "Вывод.Закрыть(); Сообщить(\"!\");"))
                .containsExactly("Да", "байты!");
    }

    @Test
    void aProgramRunsAndIsRead() {
        assertThat(run(
                        "Процесс = СоздатьПроцесс(\"" + JAVA + "\", , Истина);",
                        "Попытка А = Процесс.КодВозврата; Исключение Сообщить(\"рано\"); КонецПопытки;",
                        "Процесс.Запустить(); Текст = \"\";",
                        "Пока Процесс.ПотокОшибок.ЕстьДанные Цикл Текст = Текст + Процесс.ПотокОшибок.ПрочитатьСтроку(); КонецЦикла;",
                        "Сообщить(Процесс.ОжидатьЗавершения()); Сообщить(Найти(Текст, \"version\") > 0);",
                        "Сообщить(Процесс.КодВозврата); Сообщить(Процесс.Завершен); Сообщить(Процесс.Идентификатор > 0);",
                        "Сообщить(\"[\" + Процесс.StdOut.Прочитать() + \"]\");"))
                .containsExactly("рано", "Да", "Да", "0", "Да", "Да", "[]");
    }

    @Test
    void aProgramGetsTheCodeOfItsEndToTheScript() {
        assertThat(run(
                        "Код = Неопределено; ЗапуститьПриложение(\"" + JAVA.replace("-version", "-Xbad:option")
                                + "\", , Истина, Код);",
                        "Сообщить(Код);"))
                .containsExactly("1");
        assertThat(error("ЗапуститьПриложение(\"нет-такой-программы -x\");"))
                .startsWith("Не удалось запустить процесс 'нет-такой-программы'");
    }

    @Test
    void processesAreFound() {
        assertThat(run(
                        "Я = ТекущийПроцесс(); Сообщить(НайтиПроцессПоИдентификатору(Я.Идентификатор).ProcessId = Я.ProcessId);",
                        "Сообщить(ТипЗнч(НайтиПроцессПоИдентификатору(-1))); Сообщить(Я.Завершен);",
                        "Сообщить(НайтиПроцессыПоИмени(\"нет-такой-программы\").Количество());",
                        "Попытка Я.Завершить(); Исключение Сообщить(\"отказ\"); КонецПопытки;"))
                .containsExactly("Да", "Неопределено", "Нет", "0", "отказ");
    }

    @Test
    void variablesOfTheEnvironmentBelongToTheEngine() {
        String name = "TRAMWAY_" + System.nanoTime();
        assertThat(run(
                        "УстановитьПеременнуюСреды(\"" + name + "\", \"значение\");",
                        "Сообщить(ПолучитьПеременнуюСреды(\"" + name + "\"));",
                        "Сообщить(EnvironmentVariables()[\"" + name + "\"]);",
                        "Сообщить(Новый СистемнаяИнформация().ПолучитьПеременнуюСреды(\"" + name + "\"));",
                        "SetEnvironmentVariable(\"" + name + "\", \"\"); Сообщить(ТипЗнч(GetEnvironmentVariable(\"" + name + "\")));"))
                .containsExactly("значение", "значение", "значение", "Неопределено");
        assertThat(run("Сообщить(ТипЗнч(ПолучитьПеременнуюСреды(\"" + name + "\")));"))
                .containsExactly("Неопределено");
    }

    @Test
    void onlyTheVariableAllowedIsSeen() {
        Access policy = (permission, subject) -> permission == Permission.CONSOLE
                || (permission == Permission.SYSTEM && (subject.isEmpty() || subject.equals("PATH")));
        assertThat(Scripts.run(
                        builder -> builder.access(policy), "Сообщить(ТипЗнч(ПолучитьПеременнуюСреды(\"PATH\")));"))
                .hasSize(1);
        ScriptException denied = catchThrowableOfType(
                ScriptException.class,
                () -> Scripts.run(builder -> builder.access(policy), "А = ПолучитьПеременнуюСреды(\"HOME\");"));
        assertThat(denied).hasMessage("Действие запрещено: нет разрешения SYSTEM, HOME");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "А = СоздатьПроцесс(\"ls\")",
                "ЗапуститьПриложение(\"ls\")",
                "А = ТекущийПроцесс()",
                "А = НайтиПроцессПоИдентификатору(1)",
                "А = ПеременныеСреды()",
                "А = Новый СистемнаяИнформация().ИмяКомпьютера",
                "А = Новый СистемнаяИнформация().ПолучитьПутьПапки(СпециальнаяПапка.РабочийСтол)",
                "А = Новый ИнформацияОДиске(\"/\")",
                "А = КаталогВременныхФайлов()",
                "Консоль.Вывести(\"\")"
            })
    void nothingOfItIsPure(String statement) {
        ScriptException denied = catchThrowableOfType(
                ScriptException.class, () -> Scripts.run(builder -> builder.access(Access.only()), statement + ";"));
        assertThat(denied).isNotNull();
        assertThat(denied.getMessage()).startsWith("Действие запрещено");
    }

    @Test
    void theMachineIsDescribed() {
        assertThat(run(
                        "СИ = Новый СистемнаяИнформация; Сообщить(СтрНачинаетсяС(СИ.Версия, \"1.9.\"));",
                        "Сообщить(СИ.КоличествоПроцессоров > 0); Сообщить(СИ.РазмерСистемнойСтраницы % 4096);",
                        "Сообщить(СИ.ИменаЛогическихДисков.Количество() > 0); Сообщить(ПустаяСтрока(СИ.OSVersion));",
                        "Сообщить(ТипЗнч(СИ.ТипПлатформы)); Сообщить(СИ.ВремяРаботыСМоментаЗагрузки <= СИ.ВремяРаботыСМоментаЗагрузки);",
                        "Сообщить(СИ.ПолучитьПутьПапки(СпециальнаяПапка.ПрофильПользователя) <> \"\");",
                        "Диск = Новый ИнформацияОДиске(\".\"); Сообщить(Диск.Готов); Сообщить(Диск.РазмерДиска >= Диск.Доступно);",
                        "Сообщить(Диск.КорневойКаталог.ЭтоКаталог());"))
                .containsExactly("Да", "Да", "0", "Да", "Нет", "ТипПлатформы", "Да", "Да", "Да", "Да", "Да");
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Moscow, 01.06.2020 15:00:00, 10800, GMT+03:00",
        "Asia/Kolkata, 01.06.2020 17:30:00, 19800, GMT+05:30",
        "Europe/Berlin, 01.06.2020 14:00:00, 3600, GMT+01:00",
        "America/New_York, 01.06.2020 8:00:00, -18000, GMT-05:00",
        "UTC, 01.06.2020 12:00:00, 0, GMT+00:00"
    })
    void timesAreConvertedBetweenZones(String zone, String local, String offset, String presentation) {
        assertThat(run(
                        "Местное = МестноеВремя('20200601120000', \"" + zone + "\"); Сообщить(Местное);",
                        "Сообщить(УниверсальноеВремя(Местное, \"" + zone + "\"));",
                        "Сообщить(СмещениеСтандартногоВремени(\"" + zone + "\", '20200601'));",
                        "Сообщить(ПредставлениеЧасовогоПояса(\"" + zone + "\"));",
                        "Сообщить(ПолучитьДопустимыеЧасовыеПояса().Найти(\"" + zone + "\") <> Неопределено);"))
                .containsExactly(local, "01.06.2020 12:00:00", offset, presentation, "Да");
    }

    @Test
    void anUnknownZoneIsRefused() {
        assertThat(error("А = МестноеВремя('20200601', \"Луна/Море\");"))
                .isEqualTo("Неверное значение аргумента номер 2");
    }

    @Test
    void randomNumbersKeepToTheirBounds() {
        assertThat(run(
                        "Г = Новый ГенераторСлучайныхЧисел; Было = Новый Соответствие;",
                        "Для Сч = 1 По 1000 Цикл Было.Вставить(Г.СлучайноеЧисло(3, 5), 1); КонецЦикла;",
                        "Сообщить(Было.Количество()); Сообщить(\"\" + Было[3] + Было[4] + Было[5]);",
                        "Сообщить(Г.СлучайноеЧисло(7, 7)); Сообщить(Г.RandomNumber() >= 0);",
                        "А = Новый ГенераторСлучайныхЧисел(42); Б = Новый RandomNumberGenerator(42);",
                        "Сообщить(А.СлучайноеЧисло() = Б.СлучайноеЧисло());"))
                .containsExactly("3", "111", "7", "Да", "Да");
        assertThat(error("А = Новый ГенераторСлучайныхЧисел().СлучайноеЧисло(5, 4);"))
                .isEqualTo("Неверное значение аргумента номер 2");
    }
}
