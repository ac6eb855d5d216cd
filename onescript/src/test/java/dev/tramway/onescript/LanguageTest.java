package dev.tramway.onescript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Statements, variables, methods, texts made at run time. */
class LanguageTest {
    @Test
    void bothLanguagesAndAnyCaseMayBeMixed() {
        assertThat(Scripts.run(
                        "Var Total;",
                        "function Double(val Number) Export",
                        "  вОзВрАт number * 2;",
                        "EndFunction",
                        "total = 0;",
                        "For i = 1 По 4 Do",
                        "  If i = 2 Then Continue; ElsIf I = 4 Тогда Прервать EndIf;",
                        "  TOTAL = Total + Double(i)",
                        "КонецЦикла;",
                        "Message(total);"))
                .containsExactly("8");
    }

    @Test
    void stringsMayBeLongAndNeighboursJoin() {
        assertThat(Scripts.run(
                        "А = \"одна", "  // примечание", "  |вторая \"\"в кавычках\"\"\" \"третья\";", "Сообщить(А);"))
                .containsExactly("одна", "вторая \"в кавычках\"", "третья");
    }

    @Test
    void parametersAreByReferenceUnlessToldOtherwise() {
        assertThat(Scripts.run(
                        "Перем М;",
                        "Процедура Сменить(А, Знач Б, В = 7)",
                        "  А = А + В; Б = Б + В;",
                        "КонецПроцедуры",
                        "Процедура Дальше(Г) Сменить(Г, Г); КонецПроцедуры",
                        "Процедура Чужое(А) М = 5; Сообщить(А); А = 6; КонецПроцедуры",
                        "Икс = 1; Игрек = 1;",
                        "Сменить(Икс, Игрек); Сообщить(\"\" + Икс + \" \" + Игрек);",
                        "Сменить(Икс, Игрек, ); Сообщить(\"\" + Икс + \" \" + Игрек);",
                        "Дальше(Икс); Сообщить(Икс);",
                        "Арр = Новый Массив(1); Арр[0] = 1; Дальше(Арр[0]); Сообщить(Арр[0]);",
                        "Стр = Новый Структура(\"Поле\", 2); Дальше(Стр.Поле); Сообщить(Стр.Поле);",
                        "Дальше(1 + 1);",
                        "М = 1; Чужое(М); Сообщить(М);"))
                .containsExactly("8 1", "15 1", "22", "8", "9", "5", "6");
    }

    @Test
    void loopBoundsAreEvaluatedOnceAndTheCounterIsAVariable() {
        assertThat(Scripts.run(
                        "К = 3; С = \"\";",
                        "Для Сч = 1 По К Цикл К = 1; С = С + Сч; КонецЦикла;",
                        "Сообщить(С + \"/\" + Сч);",
                        "С = \"\"; Для Сч = 1 По 9 Цикл Сч = Сч + 2; С = С + Сч; КонецЦикла; Сообщить(С);",
                        "С = 0; Пока Истина Цикл С = С + 1; Если С > 4 Тогда Прервать; КонецЕсли; КонецЦикла; Сообщить(С);",
                        "Для Сч = 2.5 По 4 Цикл Сообщить(Сч); КонецЦикла;"))
                .containsExactly("123/4", "369", "5", "2.5", "3.5");
    }

    @Test
    void returnLeavesLoopsAndAttempts() {
        assertThat(Scripts.run(
                        "Функция Первое(Список, Что)",
                        "  Для Каждого Элемент Из Список Цикл",
                        "    Попытка Если Элемент = Что Тогда Возврат Элемент; КонецЕсли; Исключение КонецПопытки;",
                        "  КонецЦикла;",
                        "  Возврат \"нет\";",
                        "КонецФункции",
                        "Функция Ничего() КонецФункции",
                        "Сообщить(Первое(СтрРазделить(\"а,б\", \",\"), \"б\"));",
                        "Сообщить(Первое(СтрРазделить(\"а,б\", \",\"), \"в\"));",
                        "Сообщить(ТипЗнч(Ничего()));"))
                .containsExactly("б", "нет", "Неопределено");
    }

    @Test
    void localNamesHideOthers() {
        assertThat(Scripts.run(
                        "Перем А;",
                        "Процедура П() Перем А; А = 2; Сообщить(А); КонецПроцедуры",
                        "Процедура Т(Символы) Сообщить(Символы); КонецПроцедуры",
                        "А = 1; П(); Сообщить(А); Т(3);",
                        "Найти = 4; Сообщить(Найти); Сообщить(Найти(\"аб\", \"б\"));"))
                .containsExactly("2", "1", "3", "4", "2");
    }

    @Test
    void wordsOfLaterVersionsAreNames() {
        assertThat(Scripts.run("Асинх = 1; Ждать = 2; Перейти = 3; Сообщить(Асинх + Ждать + Перейти);"))
                .containsExactly("6");
    }

    @Test
    void keywordsAreNamesOfMembers() {
        assertThat(Scripts.run(
                        "Функция Два() Экспорт Возврат 2; КонецФункции",
                        "С = Новый Структура(\"Если, Новый\", 1, 2); Сообщить(С.Если + С.Новый);",
                        "Сообщить(Новый Действие(ЭтотОбъект, \"Два\").Выполнить());"))
                .containsExactly("3", "2");
    }

    @Test
    void codeMadeAtRunTimeSeesTheNamesAroundIt() {
        assertThat(Scripts.run(
                        "Перем М;",
                        "Процедура П(А)",
                        "  Б = 2;",
                        "  Выполнить(\"А = А + Б; М = А; Новая = 5; Сообщить(Новая);\");",
                        "  Сообщить(Вычислить(\"А * Б + М\"));",
                        "КонецПроцедуры",
                        "Икс = 1; П(Икс); Сообщить(Икс);",
                        "Для Сч = 1 По 2 Цикл Выполнить \"Л = ?(Сч = 1, 1, 0); Сообщить(Л);\"; КонецЦикла;"))
                .containsExactly("5", "9", "3", "1", "0");
    }

    @Test
    void codeMadeAtRunTimeMayMakeMore() {
        assertThat(Scripts.run(
                        "Т = \"Л = 1; Выполнить(\"\"К = 2; Л = Л + К;\"\"); Сообщить(Л + Вычислить(\"\"Л * 10\"\"));\";",
                        "Выполнить(Т); Выполнить(Т);"))
                .containsExactly("33", "33");
    }

    @Test
    void namesOfCodeMadeAtRunTimeEndWithIt() {
        assertThat(Scripts.error("Выполнить(\"Новая = 5;\");", "Выполнить(\"Сообщить(Новая);\");"))
                .hasMessage("Неизвестный символ: Новая");
    }

    @Test
    void theLanguageIsChosenByThePreprocessor() {
        assertThat(Scripts.run(
                        "#!/usr/bin/env oscript",
                        "#Область Начало",
                        "#Если Windows И Linux Тогда",
                        "  Это не язык \"вовсе",
                        "#ИначеЕсли Windows Или Linux Или MacOS Тогда",
                        "  #Если Не (Неведомое) Тогда",
                        "  Сообщить(1);",
                        "  #Иначе",
                        "  Сообщить(2);",
                        "  #КонецЕсли",
                        "#Иначе",
                        "  Сообщить(3);",
                        "#КонецЕсли",
                        "#КонецОбласти"))
                .containsExactly("1");
    }

    @Test
    void annotationsAreAllowedWhereverNamesAreDeclared() {
        assertThat(Scripts.run(
                        "&Поле(Имя = \"а\", 5, -1)",
                        "Перем А;",
                        "&НаСервере",
                        "Процедура П(&Парам(\"x\") Б, &Второй Знач В = Истина) Экспорт",
                        "  Сообщить(В);",
                        "КонецПроцедуры",
                        "П(1);"))
                .containsExactly("Да");
    }

    @Test
    void inputIsReadByLine() {
        assertThat(Scripts.run(
                        "Строка1 = \"\";",
                        "Пока ВвестиСтроку(Строка1, , , ) Цикл Сообщить(\"<\" + Строка1 + \">\"); КонецЦикла;",
                        "Сообщить(\"<\" + Строка1 + \">\");"))
                .containsExactly("<первая>", "<вторая>", "<>");
    }

    @Test
    void argumentsAreAFixedArray() {
        assertThat(Scripts.run(
                        builder -> builder.arguments("раз", "два"),
                        "Для Каждого А Из АргументыКоманднойСтроки Цикл Сообщить(А); КонецЦикла;"))
                .containsExactly("раз", "два");
    }

    @Test
    void theExitCodeIsTheScripts() throws InterruptedException {
        ScriptEngine engine = ScriptEngine.builder().build();
        assertThat(engine.compile("Попытка ЗавершитьРаботу(3); Исключение КонецПопытки;", "exit")
                        .run())
                .isEqualTo(3);
        assertThat(engine.compile("А = 1", "end").run()).isZero();
    }

    @Test
    void aLongExpressionIsNoProblem() {
        String sum = IntStream.range(0, 20_000).mapToObj(i -> "1").collect(Collectors.joining(" + "));
        assertThat(Scripts.value(sum)).isEqualTo("20000");
    }

    @Test
    void textThatGrowsIsOrdinaryText() {
        assertThat(Scripts.run(
                        "Функция Съесть(Т) К = СтрДлина(Т); Т = \"\"; Возврат К; КонецФункции",
                        "С = \"\"; Для Сч = 1 По 1000 Цикл С = С + Сч + \";\"; КонецЦикла; Было = С;",
                        "С = С + Лев(С, 2) + Прав(С, 5); Сообщить(СтрДлина(Было)); Сообщить(Прав(С, 9));",
                        "Попытка С = С + 1 / 0; Исключение КонецПопытки; Сообщить(СтрДлина(С));",
                        "С = С + \"<\" + Съесть(С) + \">\"; Сообщить(Прав(С, 6)); Сообщить(СтрДлина(С));",
                        "Д = С; С = С + \"!\"; Сообщить(Прав(Д, 1) + Прав(С, 1));",
                        "Выполнить(\"С = С + \"\"?\"\";\"); Сообщить(Прав(С, 2)); Съесть(С); С = С + 1; Сообщить(С);",
                        "С = 5; С = С + 1; Сообщить(С);"))
                .containsExactly("3893", "0;1;1000;", "3900", "<3900>", "3906", ">!", "!?", "1", "6");
    }

    @Test
    void objectsPrintThemselvesByTheirOwnMethod() {
        assertThat(Scripts.run(
                        "Процедура ОбработкаПолученияПредставления(Текст, Стандартно)",
                        "  Текст = \"это я\"; Стандартно = Ложь;",
                        "КонецПроцедуры",
                        "Сообщить(ЭтотОбъект);"))
                .containsExactly("это я");
        assertThat(Scripts.value("ЭтотОбъект")).isEqualTo("Сценарий");
    }
}
