package dev.tramway.onescript;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text, buffers and binary data turned into each other; hashes. */
class BinaryFunctionsTest {
    @ParameterizedTest
    @CsvSource({
        "КодировкаТекста.UTF8, D096, EFBBBFD096",
        "КодировкаТекста.UTF8NoBOM, D096, D096",
        "КодировкаТекста.ANSI, C6, C6",
        "КодировкаТекста.OEM, 86, 86",
        "TextEncoding.UTF16, 1604, FFFE1604",
        "'\"utf-16\"', 1604, FFFE1604",
        "'\"utf-16BE\"', 0416, FEFF0416",
        "'\"windows-1251\"', C6, C6",
        "'\"UTF-8\"', D096, EFBBBFD096",
        "'\"koi8-r\"', F6, F6",
        "'', D096, EFBBBFD096"
    })
    void textBecomesBytesByItsEncoding(String encoding, String plain, String marked) {
        assertThat(Scripts.run(
                        "Буфер = ПолучитьБуферДвоичныхДанныхИзСтроки(\"Ж\", " + encoding + ");",
                        "Сообщить(ПолучитьHexСтрокуИзБуфераДвоичныхДанных(Буфер));",
                        "Данные = GetBinaryDataFromString(\"Ж\", " + encoding + ", Истина);",
                        "Сообщить(ПолучитьHexСтрокуИзДвоичныхДанных(Данные));",
                        "Сообщить(ПолучитьСтрокуИзБуфераДвоичныхДанных(Буфер, " + encoding + "));",
                        "Сообщить(GetStringFromBinaryData(Данные, " + encoding + "));"))
                .containsExactly(plain, marked, "Ж", "Ж");
    }

    @ParameterizedTest
    @CsvSource({"FFFE1604, Ж", "FEFF0416, Ж", "EFBBBFD096, Ж", "FFFE000016040000, Ж", "41FF42, A\uFFFDB", "'', ''"})
    void aMarkWinsOverTheEncodingAndRubbishIsShownAsSuch(String hex, String text) {
        assertThat(Scripts.value("ПолучитьСтрокуИзДвоичныхДанных(ПолучитьДвоичныеДанныеИзHexСтроки(\"" + hex
                        + "\"), \"utf-8\")"))
                .isEqualTo(text);
    }

    @Test
    void anUnknownEncodingHasAName() {
        assertThat(Scripts.error("А = ПолучитьДвоичныеДанныеИзСтроки(\"а\", \"utf-99\");")
                        .getMessage())
                .isEqualTo("Неизвестная кодировка: utf-99");
    }

    @Test
    void base64HasLinesInOneFormAndNoneInTheOther() {
        assertThat(Scripts.run(
                        "Данные = Новый БуферДвоичныхДанных(60);",
                        "Текст = ПолучитьBase64СтрокуИзБуфераДвоичныхДанных(Данные);",
                        "Сообщить(СтрДлина(Текст)); Сообщить(Найти(Текст, Символы.ВК + Символы.ПС));",
                        "Сообщить(ПолучитьБуферДвоичныхДанныхИзBase64Строки(Текст).Размер);",
                        "Сообщить(СтрДлина(Base64Строка(ПолучитьДвоичныеДанныеИзБуфераДвоичныхДанных(Данные))));",
                        "Сообщить(ПолучитьСтрокуИзДвоичныхДанных(Base64Value(\"0JY=\")));",
                        "Сообщить(ПолучитьДвоичныеДанныеИзBase64Строки(\"!\").Размер());"))
                .containsExactly("82", "77", "60", "80", "Ж", "0");
    }

    @Test
    void bytesOfBase64AndHexGoThereAndBack() {
        assertThat(Scripts.run(
                        "Данные = ПолучитьДвоичныеДанныеИзСтроки(\"привет\");",
                        "Буфер = ПолучитьБуферДвоичныхДанныхИзДвоичныхДанных(Данные);",
                        "Сообщить(Данные = ПолучитьДвоичныеДанныеИзBase64ДвоичныхДанных(",
                        "  ПолучитьBase64ДвоичныеДанныеИзДвоичныхДанных(Данные)));",
                        "Сообщить(Данные = ПолучитьДвоичныеДанныеИзHexДвоичныхДанных(",
                        "  ПолучитьHexДвоичныеДанныеИзДвоичныхДанных(Данные)));",
                        "Сообщить(ПолучитьСтрокуИзБуфераДвоичныхДанных(",
                        "  ПолучитьБуферДвоичныхДанныхИзBase64БуфераДвоичныхДанных(",
                        "  ПолучитьBase64БуферДвоичныхДанныхИзБуфераДвоичныхДанных(Буфер))));",
                        "Сообщить(ПолучитьСтрокуИзБуфераДвоичныхДанных(",
                        "  ПолучитьБуферДвоичныхДанныхИзHexБуфераДвоичныхДанных(",
                        "  ПолучитьHexБуферДвоичныхДанныхИзБуфераДвоичныхДанных(Буфер))));"))
                .containsExactly("Да", "Да", "привет", "привет");
    }

    @Test
    void hexMayHaveAnythingBetweenItsDigitsButNotAnOddNumberOfThem() {
        assertThat(Scripts.value("ПолучитьДвоичныеДанныеИзHexСтроки(\"0a-1B 2c\")"))
                .isEqualTo("0A 1B 2C");
        assertThat(Scripts.error("А = ПолучитьДвоичныеДанныеИзHexСтроки(\"abc\");")
                        .getMessage())
                .isEqualTo("Неверный формат шестнадцатеричной строки");
    }

    @Test
    void binaryDataIsSplitAndJoined() {
        assertThat(Scripts.run(
                        "Части = РазделитьДвоичныеДанные(ПолучитьДвоичныеДанныеИзHexСтроки(\"0102030405\"), 2);",
                        "Для Каждого Часть Из Части Цикл Сообщить(Часть); КонецЦикла;",
                        "Сообщить(СоединитьДвоичныеДанные(Части));",
                        "Сообщить(ConcatenateBinaryData(Новый Массив).Размер());",
                        "Буферы = Новый Массив; Буферы.Добавить(Новый БуферДвоичныхДанных(2));",
                        "Буферы.Добавить(Новый БуферДвоичныхДанных(3));",
                        "Сообщить(СоединитьБуферыДвоичныхДанных(Буферы).Размер);"))
                .containsExactly("01 02", "03 04", "05", "01 02 03 04 05", "0", "5");
        assertThat(Scripts.error("А = РазделитьДвоичныеДанные(ПолучитьДвоичныеДанныеИзHexСтроки(\"01\"), 0);")
                        .getMessage())
                .isEqualTo("Неверное значение аргумента номер 2");
    }

    @Test
    void equalBytesAreEqualValues() {
        assertThat(Scripts.run(
                        "А = ПолучитьДвоичныеДанныеИзСтроки(\"а\"); Б = ПолучитьДвоичныеДанныеИзСтроки(\"а\");",
                        "С = Новый Соответствие; С.Вставить(А, 1); Сообщить(А = Б); Сообщить(С.Получить(Б));"))
                .containsExactly("Да", "1");
    }

    @ParameterizedTest
    @CsvSource({
        "MD5, 900150983CD24FB0D6963F7D28E17F72",
        "SHA1, A9993E364706816ABA3E25717850C26C9CD0D89D",
        "SHA256, BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
        "CRC32, 352441C2"
    })
    void hashesAreThoseOfTheStandards(String function, String sum) {
        assertThat(Scripts.run(
                        "Хеш = Новый ХешированиеДанных(ХешФункция." + function + ");",
                        "Хеш.Добавить(\"a\"); Сообщить(Хеш.ХешСуммаСтрокой = \"\");",
                        "Хеш.Append(ПолучитьДвоичныеДанныеИзСтроки(\"b\"));",
                        "Поток = Новый ПотокВПамяти(ПолучитьБуферДвоичныхДанныхИзСтроки(\"cdef\"));",
                        "Хеш.Добавить(Поток, 1); Сообщить(Хеш.HashSumOfString); Сообщить(Поток.ТекущаяПозиция());",
                        "Хеш.Очистить(); Хеш.Добавить(\"abc\"); Сообщить(Хеш.ХешСуммаСтрокой);",
                        "Сообщить(ТипЗнч(Хеш.ХешСумма)); Сообщить(Хеш.ХешФункция);"))
                .containsExactly("Нет", sum, "1", sum, function.equals("CRC32") ? "Число" : "ДвоичныеДанные", function);
    }
}
