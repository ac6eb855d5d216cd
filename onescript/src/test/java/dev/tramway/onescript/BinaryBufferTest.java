package dev.tramway.onescript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** БуферДвоичныхДанных. */
class BinaryBufferTest {
    /** Functions that the scripts here share: a buffer of bytes written as Hex, and back. */
    private static final String HELPERS = """
            Функция Б(Hex)
                Возврат ПолучитьБуферДвоичныхДанныхИзHexСтроки(Hex);
            КонецФункции
            Функция Х(Буфер)
                Возврат ПолучитьHexСтрокуИзБуфераДвоичныхДанных(Буфер);
            КонецФункции
            """;

    private static List<String> run(String... lines) {
        return Scripts.run(HELPERS + String.join("\n", lines));
    }

    private static String error(String... lines) {
        return String.valueOf(Scripts.error(HELPERS + String.join("\n", lines)).getMessage());
    }

    @Test
    void startsWithZeros() {
        assertThat(run(
                        "Буфер = Новый БуферДвоичныхДанных(3);",
                        "Сообщить(Буфер.Размер); Сообщить(Буфер.Size); Сообщить(Х(Буфер));",
                        "Сообщить(Буфер.ПорядокБайтов); Сообщить(Буфер.ТолькоЧтение);",
                        "Сообщить(Новый BinaryDataBuffer(0).Size);",
                        "Сообщить(Новый БуферДвоичныхДанных(2, ПорядокБайтов.BigEndian).ByteOrder);"))
                .containsExactly("3", "3", "000000", "LittleEndian", "Нет", "0", "BigEndian");
    }

    @Test
    void bytesAreReachedByIndexAndInTurn() {
        assertThat(run(
                        "Буфер = Б(\"01FF\"); Буфер[0] = 7; Буфер.Установить(1, 254);",
                        "Сообщить(Буфер[0]); Сообщить(Буфер.Получить(1)); Сообщить(Буфер.Get(0));",
                        "Сумма = 0; Для Каждого Байт Из Буфер Цикл Сумма = Сумма + Байт; КонецЦикла;",
                        "Сообщить(Сумма);"))
                .containsExactly("7", "254", "7", "261");
    }

    @ParameterizedTest
    @ValueSource(strings = {"256", "-1", "1.5", "1000000000000000000000"})
    void onlyWholeNumbersFromZeroTo255AreBytes(String value) {
        assertThat(error("Буфер = Б(\"00\"); Буфер[0] = " + value + ";"))
                .isEqualTo("Неверное значение аргумента номер 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Буфер[4]",
                "Буфер[-1]",
                "Буфер.Получить(4)",
                "Буфер.Прочитать(-1, 1)",
                "Буфер.Прочитать(0, 5)",
                "Буфер.Прочитать(2, 2147483647)",
                "Буфер.Прочитать(0, -1)",
                "Буфер.ПолучитьСрез(5)",
                "Буфер.ПрочитатьЦелое16(3)",
                "Буфер.ПрочитатьЦелое32(1)",
                "Буфер.ПрочитатьЦелое64(0)",
                "Буфер.ПрочитатьЦелое16(2147483647)"
            })
    void nothingIsReadOutsideOfIt(String expression) {
        assertThat(error("Буфер = Б(\"01020304\"); А = " + expression + ";"))
                .isEqualTo("Значение индекса выходит за пределы диапазона");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Буфер[4] = 1",
                "Буфер.ЗаписатьЦелое16(3, 1)",
                "Буфер.ЗаписатьЦелое32(-1, 1)",
                "Буфер.ЗаписатьЦелое64(0, 1)",
                "Буфер.Записать(3, Б(\"0102\"))",
                "Буфер.Записать(0, Б(\"0102\"), 3)",
                "Буфер.ЗаписатьПобитовоеИли(3, Б(\"0102\"))"
            })
    void nothingIsWrittenOutsideOfIt(String statement) {
        assertThat(run(
                        "Буфер = Б(\"01020304\");",
                        "Попытка " + statement + "; Исключение Сообщить(ОписаниеОшибки()); КонецПопытки;",
                        "Сообщить(Х(Буфер));"))
                .satisfiesExactly(
                        message -> assertThat(message).contains("Значение индекса выходит за пределы диапазона"),
                        bytes -> assertThat(bytes).isEqualTo("01020304"));
    }

    @Test
    void memoryIsAskedForBeforeAnyIsTaken() {
        ScriptException tooMuch = catchThrowableOfType(
                ScriptException.class,
                () -> Scripts.run(
                        builder -> builder.maxMemory(1_000_000), "Б = Новый БуферДвоичныхДанных(2147483647);"));
        assertThat(tooMuch).isNotNull();
        assertThat(tooMuch.getMessage()).containsIgnoringCase("памят");
    }

    @ParameterizedTest
    @CsvSource({
        "16, LittleEndian, 513, 0102",
        "16, BigEndian, 258, 0102",
        "32, LittleEndian, 4293844428, CCDDEEFF",
        "32, BigEndian, 3437096703, CCDDEEFF",
        "64, LittleEndian, 18446744073709551614, FEFFFFFFFFFFFFFF",
        "64, BigEndian, 18374686479671623681, FF00000000000001",
        "64, BigEndian, 9223372036854775807, 7FFFFFFFFFFFFFFF"
    })
    void numbersHaveTheOrderAskedFor(int bits, String order, String number, String hex) {
        String size = String.valueOf(bits / 8);
        assertThat(run(
                        "Порядок = ПорядокБайтов." + order + ";",
                        "Один = Новый БуферДвоичныхДанных(" + size + ");",
                        "Один.ЗаписатьЦелое" + bits + "(0, " + number + ", Порядок); Сообщить(Х(Один));",
                        "Сообщить(Один.ReadInt" + bits + "(0, Порядок));",
                        "Два = Новый БуферДвоичныхДанных(" + size + ", Порядок);",
                        "Два.WriteInt" + bits + "(0, " + number + "); Сообщить(Х(Два));",
                        "Один.ПорядокБайтов = Порядок; Сообщить(Один.ПрочитатьЦелое" + bits + "(0));"))
                .containsExactly(hex, number, hex, number);
    }

    @Test
    void sixteenBitsAreReadWithSignAndWrittenWithout() {
        assertThat(run("Буфер = Б(\"0000\"); Буфер.ЗаписатьЦелое16(0, 65535);", "Сообщить(Буфер.ПрочитатьЦелое16(0));"))
                .containsExactly("-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ЗаписатьЦелое16(0, -1)",
                "ЗаписатьЦелое16(0, 65536)",
                "ЗаписатьЦелое32(0, 4294967296)",
                "ЗаписатьЦелое64(0, 18446744073709551616)",
                "ЗаписатьЦелое64(0, 0.5)"
            })
    void numbersThatDoNotFitAreRefused(String call) {
        assertThat(error("Буфер = Новый БуферДвоичныхДанных(8); Буфер." + call + ";"))
                .isEqualTo("Неверное значение аргумента номер 2");
    }

    @Test
    void anotherIsWrittenWholeOrInPart() {
        assertThat(run(
                        "Буфер = Б(\"01020304\"); Буфер.Записать(1, Б(\"0809\")); Сообщить(Х(Буфер));",
                        "Буфер.Write(3, Б(\"0706\"), 1); Сообщить(Х(Буфер));"))
                .containsExactly("01080904", "01080907");
    }

    @ParameterizedTest
    @CsvSource({
        "ЗаписатьПобитовоеИ, 0801",
        "WriteBitwiseAnd, 0801",
        "ЗаписатьПобитовоеИНе, 0401",
        "WriteBitwiseAndNot, 0401",
        "ЗаписатьПобитовоеИли, 0E01",
        "ЗаписатьПобитовоеИсключительноеИли, 0601"
    })
    void bitsAreCombined(String method, String result) {
        assertThat(run("Буфер = Б(\"0C01\"); Буфер." + method + "(0, Б(\"0A\")); Сообщить(Х(Буфер));"))
                .containsExactly(result);
    }

    @Test
    void copiesAreIndependentAndKeepTheOrder() {
        assertThat(run(
                        "Буфер = Б(\"0102\"); Буфер.ПорядокБайтов = ПорядокБайтов.BigEndian;",
                        "Копия = Буфер.Скопировать(); Копия[0] = 9; Часть = Буфер.Прочитать(1, 1); Часть[0] = 9;",
                        "Сообщить(Х(Буфер)); Сообщить(Копия.ПорядокБайтов); Сообщить(Часть.ПорядокБайтов);",
                        "Вместе = Копия.Соединить(Буфер); Сообщить(Х(Вместе));",
                        "Вместе.Перевернуть(); Сообщить(Х(Вместе));"))
                .containsExactly("0102", "BigEndian", "BigEndian", "09020102", "02010209");
    }

    @Test
    void aSliceSharesItsBytes() {
        assertThat(run(
                        "Буфер = Б(\"01020304\"); Срез = Буфер.ПолучитьСрез(1, 2);",
                        "Срез[0] = 9; Сообщить(Х(Буфер)); Срез.ЗаписатьЦелое16(0, 513); Сообщить(Х(Буфер));",
                        "Срез.Перевернуть(); Сообщить(Х(Буфер)); Сообщить(Х(Срез)); Сообщить(Х(Срез.GetSlice(1)));",
                        "Попытка Срез[2] = 1; Исключение Сообщить(\"за пределами\"); КонецПопытки;"))
                .containsExactly("01090304", "01010204", "01020104", "0201", "01", "за пределами");
    }

    @Test
    void partsAreCutAtTheLongestSeparator() {
        assertThat(run(
                        "Разделители = Новый Массив; Разделители.Добавить(Б(\"0D\")); Разделители.Добавить(Б(\"0D0A\"));",
                        "Для Каждого Часть Из Б(\"010D0A020D030D0A\").Разделить(Разделители) Цикл",
                        "  Сообщить(\"[\" + Х(Часть) + \"]\");",
                        "КонецЦикла;",
                        "Сообщить(Б(\"0102\").Split(Б(\"03\")).Количество());"))
                .containsExactly("[01]", "[02]", "[03]", "[]", "1");
        assertThat(error("А = Б(\"0102\").Разделить(Б(\"\"));")).isEqualTo("Неверное значение аргумента номер 1");
        assertThat(error("А = Б(\"0102\").Разделить(\"1\");")).isEqualTo("Неверный тип аргумента номер 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Буфер[0] = 1",
                "Буфер.Установить(0, 1)",
                "Буфер.Записать(0, Б(\"01\"))",
                "Буфер.Перевернуть()",
                "Буфер.ЗаписатьЦелое32(0, 1)",
                "Буфер.ЗаписатьПобитовоеИли(0, Б(\"01\"))",
                "Буфер.ПолучитьСрез(0)[0] = 1",
                "Поток = Новый ПотокВПамяти(Буфер); Поток.Записать(Б(\"01\"), 0, 1)",
                "Новый ПотокВПамяти(Б(\"01\")).Прочитать(Буфер, 0, 1)"
            })
    void nothingChangesWhatIsReadOnly(String statement) {
        assertThat(run(
                        "Буфер = Б(\"0000000000\"); Буфер.УстановитьТолькоЧтение();",
                        "Попытка",
                        "  " + (statement.startsWith("Новый") ? "А = " : "") + statement + ";",
                        "Исключение Сообщить(\"отказ\"); КонецПопытки;",
                        "Сообщить(Буфер.ReadOnly); Сообщить(Х(Буфер));"))
                .containsExactly("отказ", "Да", "0000000000");
    }
}
