package dev.tramway.onescript.internal.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Кодировка. */
class EncodingScriptsTest {
    @TempDir
    Path directory;

    @Test
    void encodingsHaveTheNamesThatScriptsKnow() throws Exception {
        String text = ScriptRun.ATTACH + """
                К = МС.Кодировка();
                Сообщить("" + ТипЗнч(К));
                Сообщить(К.ASCII.ИмяWeb + " " + К.UTF7.ИмяЗаголовка + " " + К.UTF8.ИмяТела);
                Сообщить(К.Юникод.WebName + " " + К.ОбратнаяUTF16.WebName + " " + К.Unicode.EncodingName);
                Сообщить("" + К.ASCII.КодоваяСтраница + " " + К.UTF8.WindowsCodePage);
                Сообщить(К.ПолучитьКодировку(37).ИмяWeb + " " + К.ПолучитьКодировку(1251).ИмяWeb);
                Сообщить(К.UTF8.КоличествоБайтов("яя") + К.Юникод.КоличествоБайтов("яя") + К.ASCII.GetByteCount("яя"));
                Байты = К.ПолучитьКодировку(37).ПолучитьБайты("A1");
                Сообщить("" + Байты[0] + " " + Байты.Получить(1));
                Сообщить(К.ПоУмолчанию.ПолучитьБайты("x").Размер);
                """;
        try (ScriptRun script = ScriptRun.start(directory, text)) {
            assertThat(script.line()).isEqualTo("МсКодировка");
            assertThat(script.line()).isEqualTo("us-ascii utf-7 utf-8");
            assertThat(script.line()).isEqualTo("utf-16 utf-16BE Unicode");
            assertThat(script.line()).isEqualTo("1252 1200");
            assertThat(script.line()).isEqualTo("IBM037 windows-1251");
            assertThat(script.line()).isEqualTo("10");
            assertThat(script.line()).isEqualTo("193 241");
            assertThat(script.line()).isEqualTo("1");
        }
    }

    /** The examples of RFC 2152, and one with an end inside of a digit. */
    @Test
    void utf7IsThatOfTheStandard() {
        assertThat(utf7("A\u2262\u0391.")).isEqualTo("A+ImIDkQ-.");
        assertThat(utf7("Hi Mom -\u263A-!")).isEqualTo("Hi Mom -+Jjo--+ACE-");
        assertThat(utf7("\u65E5\u672C\u8A9E")).isEqualTo("+ZeVnLIqe-");
        assertThat(utf7("1+1")).isEqualTo("1+-1");
        assertThat(utf7("")).isEmpty();
    }

    private static String utf7(String text) {
        return new String(Utf7.encode(text), StandardCharsets.US_ASCII);
    }
}
