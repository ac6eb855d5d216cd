package dev.tramway.onescript.internal.library.binary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.library.BslArray;
import dev.tramway.onescript.internal.library.Declared;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.ScriptError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinaryBufferTest {
    private final Declared script = new Declared();

    private BslObject buffer(int... bytes) {
        BslObject buffer = script.make("БуферДвоичныхДанных", bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            buffer.setAt((long) i, (long) bytes[i]);
        }
        return buffer;
    }

    private static List<Integer> bytes(Object buffer) {
        List<Integer> bytes = new ArrayList<>();
        ((BslObject) buffer).elements().forEachRemaining(value -> bytes.add(((Long) value).intValue()));
        return bytes;
    }

    private static void assertFails(String message, Executable action) {
        assertEquals(message, assertThrows(ScriptError.class, action).getMessage());
    }

    @Test
    void startsWithZeros() {
        BslObject buffer = script.make("BinaryDataBuffer", 3);
        assertEquals(3L, script.get(buffer, "Размер"));
        assertEquals(3L, script.get(buffer, "Size"));
        assertEquals(List.of(0, 0, 0), bytes(buffer));
        assertEquals(script.value("ПорядокБайтов", "LittleEndian"), script.get(buffer, "ByteOrder"));
    }

    @Test
    void holdsBytesOnly() {
        BslObject buffer = buffer(1, 255);
        assertEquals(255L, buffer.at(1L));
        assertEquals(255L, script.invoke(buffer, "Получить", 1));
        script.invoke(buffer, "Set", 0, 7);
        assertEquals(List.of(7, 255), bytes(buffer));
        assertFails("Неверное значение аргумента номер 2", () -> buffer.setAt(0L, 256L));
        assertFails("Неверное значение аргумента номер 2", () -> buffer.setAt(0L, -1L));
        assertFails("Неверное значение аргумента номер 2", () -> buffer.setAt(0L, new BigDecimal("1.5")));
        assertFails("Неверный тип аргумента номер 2", () -> buffer.setAt(0L, "1"));
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, 5", "4, 1", "2, 2147483647", "-2147483648, 2147483647", "0, -1"})
    void readsWithinItsBoundsOnly(int position, int count) {
        BslObject buffer = buffer(1, 2, 3, 4);
        Declared poor = script.limit(1_000);
        assertFails(
                "Значение индекса выходит за пределы диапазона",
                () -> poor.invoke(buffer, "Прочитать", position, count));
    }

    @Test
    void asksForMemoryBeforeItTakesAny() {
        script.limit(1_000_000);
        assertFails("Превышен предел памяти", () -> script.make("БуферДвоичныхДанных", Integer.MAX_VALUE));
        assertFails("Неверное значение аргумента номер 1", () -> script.make("БуферДвоичныхДанных", -1));
    }

    @ParameterizedTest
    @CsvSource({
        "16, LittleEndian, 513, '1,2'",
        "16, BigEndian, 258, '1,2'",
        "32, LittleEndian, 4293844428, '204,221,238,255'",
        "32, BigEndian, 3437096703, '204,221,238,255'",
        "64, LittleEndian, 18446744073709551614, '254,255,255,255,255,255,255,255'",
        "64, BigEndian, 18374686479671623681, '255,0,0,0,0,0,0,1'",
        "64, BigEndian, 9223372036854775807, '127,255,255,255,255,255,255,255'"
    })
    void numbersHaveTheOrderAsked(int bits, String order, BigDecimal number, String bytes) {
        Object wanted = script.value("ByteOrder", order);
        Object value = Numbers.of(number);
        BslObject buffer = buffer(new int[bits / 8]);
        script.invoke(buffer, "ЗаписатьЦелое" + bits, 0, value, wanted);
        assertEquals(bytes.replace(",", ", "), bytes(buffer).toString().replaceAll("[\\[\\]]", ""));
        assertEquals(value, script.invoke(buffer, "ReadInt" + bits, 0, wanted));

        BslObject ordered = script.make("БуферДвоичныхДанных", bits / 8, wanted);
        script.invoke(ordered, "WriteInt" + bits, 0, value);
        assertEquals(bytes(buffer), bytes(ordered));
        script.set(buffer, "ПорядокБайтов", wanted);
        assertEquals(value, script.invoke(buffer, "ПрочитатьЦелое" + bits, 0));
    }

    @Test
    void readsSixteenBitsWithSignAndWritesWithout() {
        BslObject buffer = buffer(0, 0);
        script.invoke(buffer, "ЗаписатьЦелое16", 0, 65535);
        assertEquals(-1L, script.invoke(buffer, "ПрочитатьЦелое16", 0));
        assertFails("Неверное значение аргумента номер 2", () -> script.invoke(buffer, "ЗаписатьЦелое16", 0, -1));
        assertFails("Неверное значение аргумента номер 2", () -> script.invoke(buffer, "ЗаписатьЦелое16", 0, 65536));
        assertFails(
                "Неверное значение аргумента номер 2",
                () -> script.invoke(buffer(new int[8]), "ЗаписатьЦелое64", 0, new BigDecimal("18446744073709551616")));
        assertFails(
                "Значение индекса выходит за пределы диапазона", () -> script.invoke(buffer, "ПрочитатьЦелое32", 0));
    }

    @Test
    void writesAllOrPartOfAnother() {
        BslObject buffer = buffer(1, 2, 3, 4);
        script.invoke(buffer, "Записать", 1, buffer(8, 9));
        assertEquals(List.of(1, 8, 9, 4), bytes(buffer));
        script.invoke(buffer, "Write", 3, buffer(7, 6), 1);
        assertEquals(List.of(1, 8, 9, 7), bytes(buffer));
        assertFails(
                "Значение индекса выходит за пределы диапазона",
                () -> script.invoke(buffer, "Записать", 3, buffer(1, 2)));
        assertFails(
                "Значение индекса выходит за пределы диапазона",
                () -> script.invoke(buffer, "Записать", 0, buffer(1, 2), 3));
    }

    @Test
    void combinesBits() {
        assertEquals(List.of(0b1000, 1), combined("ЗаписатьПобитовоеИ"));
        assertEquals(List.of(0b0100, 1), combined("WriteBitwiseAndNot"));
        assertEquals(List.of(0b1110, 1), combined("ЗаписатьПобитовоеИли"));
        assertEquals(List.of(0b0110, 1), combined("WriteBitwiseXor"));
    }

    private List<Integer> combined(String method) {
        BslObject buffer = buffer(0b1100, 1);
        script.invoke(buffer, method, 0, buffer(0b1010));
        return bytes(buffer);
    }

    @Test
    void copiesAndJoins() {
        BslObject buffer = script.make("БуферДвоичныхДанных", 2, script.value("ПорядокБайтов", "BigEndian"));
        BslObject copy = (BslObject) script.invoke(buffer, "Скопировать");
        copy.setAt(0L, 9L);
        assertEquals(List.of(0, 0), bytes(buffer));
        assertEquals(script.get(buffer, "ПорядокБайтов"), script.get(copy, "ПорядокБайтов"));
        assertEquals(List.of(9, 0, 5), bytes(script.invoke(copy, "Соединить", buffer(5))));
        assertEquals(List.of(3, 2, 1), bytes(reversed(1, 2, 3)));
    }

    private BslObject reversed(int... bytes) {
        BslObject buffer = buffer(bytes);
        script.invoke(buffer, "Перевернуть");
        return buffer;
    }

    @Test
    void sliceSharesBytes() {
        BslObject buffer = buffer(1, 2, 3, 4);
        BslObject slice = (BslObject) script.invoke(buffer, "ПолучитьСрез", 1, 2);
        slice.setAt(0L, 9L);
        assertEquals(List.of(1, 9, 3, 4), bytes(buffer));
        script.invoke(slice, "ЗаписатьЦелое16", 0, 0x0201);
        assertEquals(List.of(1, 1, 2, 4), bytes(buffer));
        assertFails("Значение индекса выходит за пределы диапазона", () -> slice.at(2L));
        assertEquals(List.of(2, 1), bytes(reversedSlice(slice)));
        assertEquals(List.of(1, 4), bytes(script.invoke(buffer, "GetSlice", 2)));
    }

    private BslObject reversedSlice(BslObject slice) {
        script.invoke(slice, "Reverse");
        return slice;
    }

    @Test
    void splitsAtTheLongestSeparator() {
        BslObject data = buffer(1, 13, 10, 2, 13, 3, 13, 10);
        BslArray separators = new BslArray(List.of(buffer(13), buffer(13, 10)));
        BslArray parts = (BslArray) script.invoke(data, "Разделить", separators);
        assertEquals(
                List.of(List.of(1), List.of(2), List.of(3), List.of()),
                parts.values().stream().map(BinaryBufferTest::bytes).toList());
        assertFails("Неверное значение аргумента номер 1", () -> script.invoke(data, "Split", buffer()));
        assertFails("Неверный тип аргумента номер 1", () -> script.invoke(data, "Split", "x"));
    }

    @Test
    void readOnlyNeverChanges() {
        BslObject buffer = buffer(1, 2, 3, 4, 5, 6, 7, 8);
        script.invoke(buffer, "УстановитьТолькоЧтение");
        assertEquals(true, script.get(buffer, "ТолькоЧтение"));
        for (Executable write : List.<Executable>of(
                () -> buffer.setAt(0L, 1L),
                () -> script.invoke(buffer, "Установить", 0, 1),
                () -> script.invoke(buffer, "Записать", 0, buffer(1)),
                () -> script.invoke(buffer, "Перевернуть"),
                () -> script.invoke(buffer, "ЗаписатьЦелое32", 0, 1),
                () -> script.invoke(buffer, "ЗаписатьПобитовоеИ", 0, buffer(1)),
                () -> ((BslObject) script.invoke(buffer, "ПолучитьСрез", 0)).setAt(0L, 1L))) {
            assertTrue(assertThrows(ScriptError.class, write).getMessage().contains("Только чтение"));
        }
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, ((BslBinaryBuffer) buffer).toBytes());
    }
}
