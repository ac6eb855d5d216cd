package dev.tramway.onescript;

import static dev.tramway.onescript.Scripts.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ЧтениеJSON, ЗаписьJSON and the functions that read and write whole values. */
class JsonTest {
    private static final String READER = "Чтение = Новый ЧтениеJSON; Чтение.УстановитьСтроку(Текст);";
    private static final String WRITER =
            "Запись = Новый ЗаписьJSON; Запись.УстановитьСтроку(" + "Новый ПараметрыЗаписиJSON(ПереносСтрокJSON.Нет));";

    @TempDir
    private Path directory;

    /** Returns an expression that means that text. */
    private static String literal(String text) {
        return "\"" + text.replace("\"", "\"\"").replace("\n", "\" + Символы.ПС + \"") + "\"";
    }

    /** Runs statements that find the JSON in a reader. */
    private static List<String> reading(String json, String... statements) {
        return run("Текст = " + literal(json) + "; " + READER, String.join("\n", statements));
    }

    private static String error(String json) {
        return errorOf("Текст = " + literal(json) + "; " + READER, "ПрочитатьJSON(Чтение);");
    }

    private static String errorOf(String... lines) {
        return String.valueOf(
                catchThrowableOfType(ScriptException.class, () -> run(lines)).getMessage());
    }

    /** Returns the JSON of an expression. */
    private static String written(String value) {
        return String.join("\n", run(WRITER, "ЗаписатьJSON(Запись, " + value + ");", "Сообщить(Запись.Закрыть());"));
    }

    @Test
    void objectsBecomeStructures() {
        assertThat(reading(
                        "{\"Имя\": \"Жук\", \"Ноги\": [6, {\"ж\": null}], \"Летает\": true}",
                        "З = ПрочитатьJSON(Чтение); Сообщить(ТипЗнч(З)); Сообщить(З.имя); Сообщить(ТипЗнч(З.Ноги));",
                        "Сообщить(З.Ноги[0] + 1); Сообщить(ТипЗнч(З.Ноги[1].ж)); Сообщить(З.Летает);"))
                .containsExactly("Структура", "Жук", "Массив", "7", "Неопределено", "Да");
    }

    @Test
    void objectsBecomeMapsWithAnyNames() {
        assertThat(reading(
                        "{\"1 %\": {\"a b\": []}, \"1 %\": {\"\": 5}}",
                        "З = ReadJSON(Чтение, Истина); Сообщить(ТипЗнч(З)); Сообщить(З.Количество());",
                        "Сообщить(З[\"1 %\"][\"\"]);"))
                .containsExactly("Соответствие", "1", "5");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "0, 0",
                "-12, -12",
                "1.50, 1.5",
                "-0.1, -0.1",
                "1e3, 1000",
                "12.5E-1, 1.25",
                "9223372036854775808, 9223372036854775808",
                "79228162514264337593543950335, 79228162514264337593543950335",
                "0.1234567890123456789012345678, 0.1234567890123456789012345678",
                "1e-400, 0",
                "\"\\u0416\\\\\\/\\\"\\t|\", `Ж\\/\"\t|`",
                "'а\"б', `а\"б`",
                "true, Да"
            })
    void aValueMayStandAlone(String json, String shown) {
        assertThat(reading(json, "Сообщить(ПрочитатьJSON(Чтение));")).containsExactly(shown);
    }

    /** The text is read in pieces of 8,192 characters, which may end anywhere. */
    @Test
    void aTokenMayEndAnywhere() {
        String json = "{\"имя\":\"а\\\"б\",x:[-123,true,false,null,1.5],\"последнее\":\"да\"}";
        String check = "З = ПрочитатьJSON(Чтение);"
                + " Сообщить(З.имя + З.x[0] + З.x[1] + З.x[2] + (З.x[3] = Неопределено) + З.x[4] + З.последнее);";
        for (int before = 8192 - json.length() - 1; before <= 8192; before++) {
            assertThat(reading(" ".repeat(before) + json, check)).containsExactly("а\"б-123ДаНетДа1.5да");
        }
    }

    @Test
    void commentsAndCommasAtTheEndAreAllowed() {
        assertThat(reading(
                        "// начало\n[1, /* два\n 3 ] */ 4, // пять\n {\"а\": // б\n 5,},]",
                        "З = ПрочитатьJSON(Чтение); Сообщить(З.Количество()); Сообщить(З[1] + З[2].а);"))
                .containsExactly("3", "9");
    }

    @Test
    void severalValuesFollowEachOther() {
        assertThat(reading(
                        "[1, 2] {\"а\": 3}, 4",
                        "Сообщить(ПрочитатьJSON(Чтение).Количество()); Сообщить(ПрочитатьJSON(Чтение, Истина)[\"а\"]);",
                        "Сообщить(ПрочитатьJSON(Чтение));",
                        "Попытка ПрочитатьJSON(Чтение); Исключение Сообщить(\"все\"); КонецПопытки;"))
                .containsExactly("2", "3", "4", "все");
    }

    @Test
    void elementsOfALongArrayAreReadOneByOne() {
        assertThat(reading(
                        "{\"всего\": 2, \"список\": [{\"н\": 1}, {\"н\": [2]}], \"дальше\": 0}",
                        "Пока Чтение.Прочитать() Цикл",
                        "Если Чтение.ТипТекущегоЗначения = ТипЗначенияJSON.НачалоМассива Тогда Прервать; КонецЕсли;",
                        "КонецЦикла;",
                        "Пока Чтение.Прочитать() И Чтение.ТипТекущегоЗначения = JSONValueType.ObjectStart Цикл",
                        "Сообщить(ТипЗнч(ПрочитатьJSON(Чтение).н)); КонецЦикла;",
                        "Сообщить(Чтение.ТипТекущегоЗначения); Чтение.Read(); Сообщить(Чтение.CurrentValue);"))
                .containsExactly("Число", "Массив", "КонецМассива", "дальше");
    }

    @Test
    void tokensHaveKindsValuesAndPlaces() {
        assertThat(
                        reading(
                                "{\"а\":\n [1, true,null /*к*/]}",
                                "Сообщить(Чтение.ТекущаяСтрока); Сообщить(Чтение.ТипТекущегоЗначения);",
                                "Пока Чтение.Прочитать() Цикл Вид = Строка(Чтение.ТипТекущегоЗначения);",
                                "Попытка Вид = Вид + \" \" + Чтение.ТекущееЗначение; Исключение КонецПопытки;",
                                "Сообщить(Вид + \" \" + Чтение.ТекущаяСтрока + \":\" + Чтение.ТекущаяПозиция); КонецЦикла;",
                                "Сообщить(Чтение.ТипТекущегоЗначения); Чтение.Закрыть(); Сообщить(ТипЗнч(Чтение.ТекущаяСтрока));"))
                .containsExactly(
                        "0",
                        "Ничего",
                        "НачалоОбъекта 1:1",
                        "ИмяСвойства а 1:4",
                        "НачалоМассива 2:2",
                        "Число 1 2:3",
                        "Булево Да 2:9",
                        "Null  2:14",
                        "Комментарий к 2:20",
                        "КонецМассива 2:21",
                        "КонецОбъекта 2:22",
                        "Ничего",
                        "Неопределено");
    }

    @Test
    void whatHasBegunIsSkippedWithAllThatIsInIt() {
        assertThat(reading(
                        "1, [2, [-1], {\"а\": []}, 3], 4, 5, [6,",
                        "Чтение.Прочитать(); Чтение.Прочитать(); Сообщить(Чтение.Пропустить()); Сообщить(Чтение.ТекущееЗначение);",
                        "Чтение.Skip(); Сообщить(Чтение.ТекущееЗначение); Чтение.Прочитать(); Сообщить(Чтение.Пропустить());",
                        "Сообщить(Чтение.ТипТекущегоЗначения);"))
                .containsExactly("Да", "4", "5", "Нет", "Ничего");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[123,undefined]|строка 1, позиция 6: ожидалось значение",
                "[[1,2]|строка 1, позиция 7: неожиданный конец текста",
                "{\"а\":[1}|строка 1, позиция 8: ожидалось ]",
                "[{\"а\":1]|строка 1, позиция 8: ожидалось }",
                "{\"а\":}|строка 1, позиция 6: ожидалось значение",
                "{\"а\" 1}|строка 1, позиция 6: ожидалось :",
                "{1: 1}|строка 1, позиция 2: ожидалось имя свойства",
                "[1,,2]|строка 1, позиция 4: ожидалось значение",
                "[1 2]|строка 1, позиция 4: ожидалось запятая или ]",
                "[1 /*]|строка 1, позиция 4: комментарий не закончен",
                "[\"а|строка 1, позиция 2: строка не закончена",
                "[\"\\х\"]|строка 1, позиция 4: неизвестная последовательность \\х",
                "[01]|строка 1, позиция 2: неверное число",
                "[1.]|строка 1, позиция 2: неверное число",
                "[1e99]|строка 1, позиция 2: слишком большое число",
                "[1e99999999999]|строка 1, позиция 2: слишком большой показатель степени",
                "{\"1\": 1}|строка 1, позиция 2: имя \"1\" недопустимо в структуре",
                "]|строка 1, позиция 1: ожидалось значение"
            })
    void errorsSayWhereAndWhatWasExpected(String json, String error) {
        assertThat(error(json)).contains(error);
    }

    @Test
    void anErrorOnALaterLineNamesIt() {
        assertThat(error("{\n  \"а\": 1,\n  \"б\" 2\n}")).contains("строка 3, позиция 7");
        assertThat(errorOf("Reader = New JSONReader; Reader.SetString(\"[1 2]\"); ReadJSON(Reader);"))
                .isEqualTo("Error in JSON text, line 1, position 4: expected a comma or ]");
    }

    @Test
    void nestingIsBounded() {
        assertThat(error("[".repeat(501) + "]".repeat(501))).contains("вложенность больше 500");
        assertThat(reading(
                        "[".repeat(2000) + "]".repeat(2000),
                        "А = ПрочитатьJSON(Чтение,,,,,,,, 2000); Сообщить(А.Количество());"))
                .containsExactly("1");
        assertThat(errorOf(WRITER, "А = Новый Массив; А.Добавить(А); ЗаписатьJSON(Запись, А);"))
                .contains("Вложенность больше");
    }

    @Test
    void datesAreReadWhereTheirNamesAreGiven() {
        assertThat(reading(
                        "{\"д\": \"2026-11-27T03:04:05\", \"внутри\": {\"д2\": \"2026-01-02\"}, \"с\": \"2026-01-02\"}",
                        "З = ПрочитатьJSON(Чтение, , \"д, д2\"); Сообщить(З.д = '20261127030405');",
                        "Сообщить(З.внутри.д2 = '20260102'); Сообщить(ТипЗнч(З.с));"))
                .containsExactly("Да", "Да", "Строка");
        assertThat(errorOf(
                        "Текст = \"{\"\"д\"\": \"\"вчера\"\"}\"; " + READER,
                        "Имена = Новый Массив; Имена.Добавить(\"д\"); ПрочитатьJSON(Чтение, Истина, Имена);"))
                .contains("\"вчера\" - не дата");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-27T03:04:05|ISO",
                "2026-11-27T03:04:05.678Z|ISO",
                "2026-11-27 03:04:05|ISO",
                "/Date(1795748645000)/|Microsoft",
                "\\/Date(1795748645000)\\/|Microsoft",
                "new Date(1795748645000)|JavaScript"
            })
    void datesAreReadInThreeFormats(String text, String format) {
        assertThat(run("Сообщить(ПрочитатьДатуJSON(\"" + text + "\", ФорматДатыJSON." + format
                        + ") = '20261127030405');"))
                .containsExactly("Да");
    }

    @Test
    void datesWithAnOffsetBecomeLocal() {
        assertThat(
                        run(
                                "А = ПрочитатьДатуJSON(\"2026-11-27T03:04:05+05:00\", ФорматДатыJSON.ISO);",
                                "Сообщить(А = МестноеВремя('20261126220405'));",
                                "Сообщить(ReadJSONDate(\"/Date(1795748645000+0500)/\", JSONDateFormat.Microsoft) = МестноеВремя('20261127030405'));"))
                .containsExactly("Да", "Да");
    }

    @Test
    void datesAreWrittenInThreeFormats() {
        assertThat(run(
                        "Д = '20261127030405'; Сообщить(ЗаписатьДатуJSON(Д)); Сообщить(ЗаписатьДатуJSON(Д, ФорматДатыJSON.Microsoft));",
                        "Сообщить(WriteJSONDate(Д, JSONDateFormat.JavaScript, JSONDateWritingVariant.LocalDate));",
                        "С = ЗаписатьДатуJSON(Д, ФорматДатыJSON.ISO, ВариантЗаписиДатыJSON.ЛокальнаяДатаСоСмещением);",
                        "Сообщить(ПрочитатьДатуJSON(С, ФорматДатыJSON.ISO) = Д);",
                        "С = ЗаписатьДатуJSON(Д, ФорматДатыJSON.ISO, ВариантЗаписиДатыJSON.УниверсальнаяДата);",
                        "Сообщить(ПрочитатьДатуJSON(С, ФорматДатыJSON.ISO) = УниверсальноеВремя(Д));"))
                .containsExactly("2026-11-27T03:04:05", "/Date(1795748645000)/", "new Date(1795748645000)", "Да", "Да");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-13-01", "27.11.2026", "0000-01-01", "2026-11-27T25:00:00", "2026-11-27T01:00:00+99:00"})
    void whatIsNoDateIsAnError(String text) {
        assertThat(errorOf("ПрочитатьДатуJSON(\"" + text + "\", ФорматДатыJSON.ISO);"))
                .contains("Неверный формат даты");
    }

    @Test
    void aFunctionOfTheScriptRevivesValues() {
        assertThat(run(
                        "Функция Оживить(Свойство, Значение, Дополнительно) Экспорт",
                        "  Если Свойство = \"день\" Тогда Возврат Дата(Значение); КонецЕсли;",
                        "  Возврат Дополнительно;",
                        "КонецФункции",
                        "Текст = \"{\"\"день\"\": \"\"20261127\"\", \"\"имя\"\": \"\"а\"\", \"\"мимо\"\": 1}\"; "
                                + READER,
                        "Имена = Новый Массив; Имена.Добавить(\"день\"); Имена.Добавить(\"имя\");",
                        "З = ПрочитатьJSON(Чтение, Ложь, , , \"Оживить\", ЭтотОбъект, \"доп\", Имена);",
                        "Сообщить(З.день = '20261127'); Сообщить(З.имя); Сообщить(З.мимо);"))
                .containsExactly("Да", "доп", "1");
    }

    @Test
    void withoutNamesTheFunctionGetsEveryPropertyAndElement() {
        assertThat(run(
                        "Функция Оживить(Свойство, Значение, Дополнительно) Экспорт",
                        "  Сообщить(\"\" + Свойство + \"=\" + Значение); Возврат Значение;",
                        "КонецФункции",
                        "Текст = \"{\"\"а\"\": [7], \"\"б\"\": 2}\"; " + READER,
                        "ПрочитатьJSON(Чтение, Истина, , , \"Оживить\", ЭтотОбъект);"))
                .containsExactly("=7", "а=Массив", "б=2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"а\"\"б\\\" + Символы.ПС + Символ(1)|`\"а\\\"б\\\\\\n\\u0001\"`",
                "12|12",
                "-1.50|-1.50",
                "7.00|7",
                "79228162514264337593543950335|79228162514264337593543950335",
                "Ложь|false",
                "Неопределено|null",
                "Null|null",
                "'20261127030405'|`\"2026-11-27T03:04:05\"`",
                "Новый Массив|[]",
                "Новый Структура|{}",
                "Новый Структура(\"а,б\", 1, Новый ФиксированнаяСтруктура(\"в\", Новый Массив(2)))|`{\"а\":1,\"б\":{\"в\":[null,null]}}`"
            })
    void valuesAreWritten(String value, String json) {
        assertThat(written(value)).isEqualTo(json);
    }

    @Test
    void linesAndIndentsAreAsTheSettingsSay() {
        String build = "С = Новый Структура(\"а,б,в\", 1, Новый Массив(2), Новый Массив); ";
        assertThat(run(
                        build
                                + "Запись = Новый ЗаписьJSON; Запись.УстановитьСтроку(Новый ПараметрыЗаписиJSON(ПереносСтрокJSON.Unix));",
                        "ЗаписатьJSON(Запись, С); Сообщить(Запись.Закрыть());"))
                .containsExactly("{", "\"а\": 1,", "\"б\": [", "null,", "null", "],", "\"в\": []", "}");
        assertThat(run(
                        build
                                + "Writer = New JSONWriter; Writer.SetString(New JSONWriterSettings(JSONLineBreak.Windows, \"  \"));",
                        "WriteJSON(Writer, С); Сообщить(СтрЗаменить(Writer.Close(), Символы.ВК + Символы.ПС, \"|\"));"))
                .containsExactly("{|  \"а\": 1,|  \"б\": [|    null,|    null|  ],|  \"в\": []|}");
    }

    @Test
    void theNumberOfLinesIsThatOfTheOriginal() {
        assertThat(run(
                        "Запись = Новый ЗаписьJSON; Запись.УстановитьСтроку(); Запись.ЗаписатьНачалоМассива();",
                        "Запись.ЗаписатьЗначение(1); Запись.ЗаписатьКонецМассива(); Сообщить(Запись.Закрыть());"))
                .containsExactly("[", "1", "]");
    }

    @Test
    void charactersAreEscapedAsTheSettingsSay() {
        String text = "\"Ж<&'/>\" + Символ(8232) + Символ(55357) + Символ(56832)";
        assertThat(run(
                        "Процедура Показать(Параметры) Запись = Новый ЗаписьJSON; Запись.УстановитьСтроку(Параметры);",
                        "Запись.ЗаписатьЗначение(" + text + "); Сообщить(Запись.Закрыть()); КонецПроцедуры",
                        "Показать(Новый ПараметрыЗаписиJSON());",
                        "Показать(Новый ПараметрыЗаписиJSON(,,, ЭкранированиеСимволовJSON.СимволыВнеASCII));",
                        "Показать(Новый ПараметрыЗаписиJSON(,,, ЭкранированиеСимволовJSON.СимволыВнеBMP,, Ложь));",
                        "Показать(Новый ПараметрыЗаписиJSON(,, Ложь));",
                        "Показать(Новый ПараметрыЗаписиJSON(,,,, Истина, Истина, Истина, Истина, Истина));"))
                .containsExactly(
                        "\"Ж<&'/>\\u2028😀\"",
                        "\"\\u0416<&'/>\\u2028\\ud83d\\ude00\"",
                        "\"Ж<&'/>\u2028\\ud83d\\ude00\"",
                        "'Ж<&\\u0027/>\\u2028😀'",
                        "\"Ж\\u003c\\u0026\\u0027\\/\\u003e\\u2028😀\"");
    }

    @Test
    void settingsCanBeRead() {
        assertThat(
                        run(
                                "П = Новый ПараметрыЗаписиJSON(, \"т\", Ложь); Сообщить(П.ПереносСтрок); Сообщить(П.СимволыОтступа);",
                                "Сообщить(П.UseDoubleQuotes); Сообщить(П.EscapeSingleQuotes); Сообщить(П.ЭкранированиеСимволов);",
                                "Запись = Новый ЗаписьJSON; Запись.УстановитьСтроку(П); Сообщить(Запись.Параметры.PaddingSymbols);"))
                .containsExactly("Авто", "т", "Нет", "Да", "Нет", "т");
    }

    @Test
    void numbersMayBeWrittenWithAnExponent() {
        assertThat(run(
                        WRITER,
                        "Запись.ЗаписатьНачалоМассива(); Для Каждого Ч Из СтрРазделить(\"0 15 -0.00120 1000\", \" \") Цикл",
                        "Запись.ЗаписатьЗначение(Число(Ч), Истина); КонецЦикла; Запись.ЗаписатьКонецМассива();",
                        "Сообщить(Запись.Закрыть());"))
                .containsExactly("[0E+0,1.5E+1,-1.2E-3,1E+3]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Запись.ЗаписатьНачалоОбъекта(); Запись.ЗаписатьЗначение(1);",
                "Запись.ЗаписатьИмяСвойства(\"а\");",
                "Запись.ЗаписатьНачалоМассива(); Запись.ЗаписатьИмяСвойства(\"а\");",
                "Запись.ЗаписатьНачалоМассива(); Запись.ЗаписатьКонецОбъекта();",
                "Запись.ЗаписатьКонецМассива();",
                "Запись.ЗаписатьНачалоОбъекта(); Запись.ЗаписатьИмяСвойства(\"а\"); Запись.ЗаписатьКонецОбъекта();",
                "Запись.ЗаписатьНачалоОбъекта(); Запись.ЗаписатьИмяСвойства(\"а\"); Запись.ЗаписатьИмяСвойства(\"б\");"
            })
    void theStructureIsChecked(String statements) {
        assertThat(errorOf(WRITER, statements)).contains("Нарушение структуры JSON");
        assertThat(run(
                        "Запись = Новый ЗаписьJSON; Запись.ПроверятьСтруктуру = Ложь; Запись.УстановитьСтроку();",
                        statements,
                        "Сообщить(\"без проверки\");"))
                .containsExactly("без проверки");
    }

    @Test
    void textMayBeWrittenAsItIs() {
        assertThat(run(
                        WRITER,
                        "Запись.ЗаписатьБезОбработки(\"{\"); Запись.WriteRaw(\"}\"); Сообщить(Запись.Закрыть());",
                        "Сообщить(\"[\" + Запись.Закрыть() + \"]\");",
                        "Попытка Запись.ЗаписатьЗначение(1); Исключение Сообщить(ОписаниеОшибки()); КонецПопытки;"))
                .satisfiesExactly(
                        text -> assertThat(text).isEqualTo("{}"),
                        none -> assertThat(none).isEqualTo("[]"),
                        error -> assertThat(error).contains("Приемник данных JSON не открыт"));
    }

    @Test
    void aFunctionOfTheScriptConvertsWhatHasNoForm() {
        assertThat(run(
                        "Функция Вид(Свойство, Значение, Дополнительно, Отказ) Экспорт",
                        "  Если Свойство = \"тайна\" Тогда Отказ = Истина; Возврат Неопределено; КонецЕсли;",
                        "  Возврат Новый Структура(\"тип\", Дополнительно + Значение);",
                        "КонецФункции",
                        WRITER,
                        "С = Новый Структура(\"т,тайна,м\", Тип(\"Число\"), Тип(\"Дата\"), Новый Массив);",
                        "С.м.Добавить(Тип(\"Строка\"));",
                        "ЗаписатьJSON(Запись, С, , \"Вид\", ЭтотОбъект, \"+\"); Сообщить(Запись.Закрыть());",
                        "Запись.УстановитьСтроку(); Попытка ЗаписатьJSON(Запись, С); Исключение Сообщить(ОписаниеОшибки());",
                        "КонецПопытки;"))
                .satisfiesExactly(
                        json -> assertThat(json)
                                .isEqualTo("{\"т\":{\"тип\":\"+Число\"},\"м\":[{\"тип\":\"+Строка\"}]}"),
                        error -> assertThat(error).contains("Тип переданного значения не поддерживается: Тип"));
    }

    @Test
    void datesAreWrittenAsTheSettingsOfSerializationSay() {
        assertThat(
                        run(
                                WRITER,
                                "Н = Новый НастройкиСериализацииJSON; Н.ФорматСериализацииДаты = ФорматДатыJSON.Microsoft;",
                                "Н.DateWritingVariant = ВариантЗаписиДатыJSON.ЛокальнаяДата;",
                                "ЗаписатьJSON(Запись, Новый Структура(\"д\", '20261127030405'), Н); Сообщить(Запись.Закрыть());"))
                .containsExactly("{\"д\":\"/Date(1795748645000)/\"}");
    }

    @Test
    void keysOfAMapMustBeStrings() {
        assertThat(errorOf(WRITER, "С = Новый Соответствие; С.Вставить(1, 2); ЗаписатьJSON(Запись, С);"))
                .contains("Ключ соответствия должен быть строкой: 1");
    }

    private List<String> inDirectory(String... lines) {
        return run(builder -> builder.directory(directory), lines);
    }

    @Test
    void filesAreWrittenAndRead() throws IOException {
        assertThat(inDirectory(
                        "Запись = Новый ЗаписьJSON; Запись.ОткрытьФайл(\"а.json\", , , Новый ПараметрыЗаписиJSON(ПереносСтрокJSON.Нет));",
                        "ЗаписатьJSON(Запись, Новый Структура(\"ж\", \"Ж\")); Сообщить(\"[\" + Запись.Закрыть() + \"]\");",
                        "Запись.ОткрытьФайл(\"б.json\", \"windows-1251\"); Запись.ЗаписатьЗначение(\"Ж\"); Запись.Закрыть();",
                        "Запись.ОткрытьФайл(\"в.json\", \"utf-8\", Истина); Запись.ЗаписатьЗначение(\"Ж\"); Запись.Закрыть();",
                        "Чтение = Новый ЧтениеJSON; Чтение.ОткрытьФайл(\"а.json\"); Сообщить(ПрочитатьJSON(Чтение).ж);",
                        "Чтение.ОткрытьФайл(\"б.json\", \"windows-1251\"); Сообщить(ПрочитатьJSON(Чтение));",
                        "Чтение.ОткрытьФайл(\"в.json\", КодировкаТекста.ANSI); Сообщить(ПрочитатьJSON(Чтение)); Чтение.Закрыть();",
                        "Попытка Чтение.Прочитать(); Исключение Сообщить(ОписаниеОшибки()); КонецПопытки;"))
                .satisfiesExactly(
                        closed -> assertThat(closed).isEqualTo("[]"),
                        first -> assertThat(first).isEqualTo("Ж"),
                        second -> assertThat(second).isEqualTo("Ж"),
                        third -> assertThat(third).isEqualTo("Ж"),
                        error -> assertThat(error).contains("Источник данных JSON не открыт"));
        assertThat(Files.readString(directory.resolve("а.json"))).isEqualTo("{\"ж\":\"Ж\"}");
        assertThat(Files.readString(directory.resolve("б.json"), Charset.forName("windows-1251")))
                .isEqualTo("\"Ж\"");
        assertThat(Files.readString(directory.resolve("в.json"))).isEqualTo("\uFEFF\"Ж\"");
    }

    @Test
    void aFileMayBeLongerThanWhatIsCollected() throws IOException {
        assertThat(inDirectory(
                        "Запись = Новый ЗаписьJSON; Запись.ОткрытьФайл(\"а.json\"); А = Новый Массив;",
                        "Для Сч = 1 По 20000 Цикл А.Добавить(\"ж\" + Сч); КонецЦикла; ЗаписатьJSON(Запись, А); Запись.Закрыть();",
                        "Чтение = Новый ЧтениеJSON; Чтение.ОткрытьФайл(\"а.json\"); Б = ПрочитатьJSON(Чтение);",
                        "Сообщить(Б.Количество()); Сообщить(Б[19999]);"))
                .containsExactly("20000", "ж20000");
    }

    @Test
    void aFileThatCannotBeOpenedLeavesTheStringAsItWas() {
        assertThat(inDirectory(
                        WRITER + "Запись.ЗаписатьБезОбработки(\"{\");",
                        "Попытка Запись.ОткрытьФайл(\"нет/а.json\"); Исключение Сообщить(\"нельзя\"); КонецПопытки;",
                        "Попытка Запись.ОткрытьФайл(\"б.json\", , , 5); Исключение Сообщить(\"нельзя\"); КонецПопытки;",
                        "Запись.ЗаписатьБезОбработки(\"}\"); Сообщить(Запись.Закрыть());"))
                .containsExactly("нельзя", "нельзя", "{}");
        assertThat(directory.resolve("б.json")).doesNotExist();
    }

    @Test
    void streamsStayOpen() {
        assertThat(run(
                        "Поток = Новый ПотокВПамяти; Запись = Новый ЗаписьJSON; Запись.ОткрытьПоток(Поток);",
                        "Запись.ЗаписатьЗначение(\"ж\"); Запись.Закрыть(); Поток.Перейти(0);",
                        "Чтение = Новый ЧтениеJSON; Чтение.ОткрытьПоток(Поток); Сообщить(ПрочитатьJSON(Чтение));",
                        "Чтение.Закрыть(); Сообщить(Поток.Размер());",
                        "Попытка Запись.ОткрытьПоток(Поток.ПолучитьПотокТолькоДляЧтения()); Исключение Сообщить(\"нельзя\");",
                        "КонецПопытки;"))
                .containsExactly("ж", "4", "нельзя");
    }

    @Test
    void filesNeedPermission() throws IOException {
        Files.writeString(directory.resolve("а.json"), "1", StandardCharsets.UTF_8);
        Path allowed = directory.resolve("а.json");
        ScriptException denied = catchThrowableOfType(
                ScriptException.class,
                () -> run(
                        builder -> builder.directory(directory)
                                .access((permission, subject) -> permission == Permission.PURE
                                        || permission == Permission.CONSOLE
                                        || (permission == Permission.READ_FILES
                                                && (subject.isEmpty() || subject.equals(allowed.toString())))),
                        "Чтение = Новый ЧтениеJSON; Чтение.ОткрытьФайл(\"а.json\"); Сообщить(ПрочитатьJSON(Чтение));",
                        "Чтение.ОткрытьФайл(\"../б.json\");"));
        assertThat(denied.getMessage()).contains("б.json");
    }

    @Test
    void readingAndWritingCountAgainstTheLimits() {
        assertThat(errorUnder(
                        builder -> builder.maxMemory(10_000_000),
                        "С = \"[0],\"; Для Сч = 1 По 19 Цикл С = С + С; КонецЦикла; Текст = \"[\" + С + \"]\"; "
                                + READER,
                        "А = ПрочитатьJSON(Чтение);"))
                .containsIgnoringCase("памят");
        assertThat(errorUnder(
                        builder -> builder.maxSteps(100_000),
                        "С = \"0,\"; Для Сч = 1 По 18 Цикл С = С + С; КонецЦикла; Текст = \"[\" + С + \"]\"; " + READER,
                        "Пока Истина Цикл Чтение.УстановитьСтроку(Текст); ПрочитатьJSON(Чтение); КонецЦикла;"))
                .containsIgnoringCase("шаг");
    }

    private static String errorUnder(UnaryOperator<ScriptEngine.Builder> limits, String... lines) {
        return String.valueOf(catchThrowableOfType(ScriptException.class, () -> run(limits, lines))
                .getMessage());
    }
}
