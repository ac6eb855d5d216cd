package dev.tramway.onescript.internal.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients, by events and by streams. */
class ClientScriptsTest {
    private static final String HANDLER = """
            Перем МС, Клиент;

            Процедура Пришло() Экспорт
                Текст = ПолучитьСтрокуИзБуфераДвоичныхДанных(МС.АргументыСобытия.Данные);
                Если Текст = "сбой" Тогда
                    ВызватьИсключение "так и задумано";
                КонецЕсли;
                Сообщить("<" + Текст + ">");
            КонецПроцедуры

            Процедура Читать() Экспорт
                Поток = Клиент.ПолучитьПоток();
                Пока Клиент.Подключен Цикл
                    Буфер = Поток.ПрочитатьВБуферДвоичныхДанных();
                    Если Буфер.Размер > 0 Тогда
                        Клиент.ОбработатьКлиентПолучилДанные(Буфер);
                    КонецЕсли;
                КонецЦикла;
                Сообщить("прочитано");
            КонецПроцедуры

            """ + ScriptRun.ATTACH + "Порт = Число(АргументыКоманднойСтроки[0]);\n";

    private static final String INPUT = """
            Текст = "";
            Пока ВвестиСтроку(Текст, , , ) Цикл
                Клиент.Отправить(Текст);
            КонецЦикла;
            """;

    @TempDir
    Path directory;

    @Test
    void readsOnAJobOfTheScriptAndSendsWhatIsTyped() throws Exception {
        String text = HANDLER + """
                Клиент = МС.TCPКлиент();
                Клиент.КлиентПолучилДанные = МС.Действие(ЭтотОбъект, "Пришло");
                Клиент.Подключить("127.0.0.1", Порт);
                ФоновыеЗадания.Выполнить(ЭтотОбъект, "Читать");
                """ + INPUT;
        try (ServerSocket listener = TestPeer.listen();
                ScriptRun script = ScriptRun.start(directory, text, listener.getLocalPort());
                TestPeer server = TestPeer.accept(listener)) {
            script.type("привет");
            assertThat(server.line()).isEqualTo("привет");
            server.send("ответ");
            assertThat(script.line()).isEqualTo("<ответ>");
            server.close();
            assertThat(script.line()).isEqualTo("прочитано");
        }
    }

    @Test
    void backgroundClientTellsWhatComesAndGoesOnAfterAnError() throws Exception {
        String text = HANDLER + """
                Клиент = МС.ФоновыйTCPКлиент("127.0.0.1", Порт);
                Клиент.КлиентПолучилДанные = МС.Действие(ЭтотОбъект, "Пришло");
                """ + INPUT;
        try (ServerSocket listener = TestPeer.listen();
                ScriptRun script = ScriptRun.start(directory, text, listener.getLocalPort());
                TestPeer server = TestPeer.accept(listener)) {
            server.send("сбой");
            assertThat(script.line()).isEqualTo("Ошибка обработки сообщения: так и задумано");
            server.send("дальше");
            assertThat(script.line()).isEqualTo("<дальше>");
            script.type("и обратно");
            assertThat(server.line()).isEqualTo("и обратно");
        }
    }

    @Test
    void backgroundClientWithoutServerIsUndefined() throws Exception {
        int closed;
        try (ServerSocket listener = TestPeer.listen()) {
            closed = listener.getLocalPort();
        }
        String text = HANDLER + "Сообщить(МС.ФоновыйTCPКлиент(\"127.0.0.1\", Порт) = Неопределено);\n";
        try (ScriptRun script = ScriptRun.start(directory, text, closed)) {
            assertThat(script.line()).startsWith("Ошибка подключения: ");
            assertThat(script.line()).isEqualTo("Да");
        }
    }

    @Test
    void sendingAfterClosingIsPrinted() throws Exception {
        String text = HANDLER + """
                Клиент = МС.TCPКлиент("127.0.0.1", Порт);
                Сообщить(Клиент.Подключен);
                Клиент.Закрыть();
                Сообщить(Клиент.Подключен);
                Клиент.Отправить("в пустоту");
                Сообщить(Клиент.ПолучитьПоток() = Неопределено);
                """;
        try (ServerSocket listener = TestPeer.listen();
                ScriptRun script = ScriptRun.start(directory, text, listener.getLocalPort());
                TestPeer server = TestPeer.accept(listener)) {
            assertThat(script.line()).isEqualTo("Да");
            assertThat(script.line()).isEqualTo("Нет");
            assertThat(script.line()).startsWith("Ошибка отправки: ");
            assertThat(script.line()).isEqualTo("Да");
            assertThat(server.isAtEnd()).isTrue();
        }
    }

    @Test
    void streamTellsWhetherThereIsDataAndReadsInPieces() throws Exception {
        String text = HANDLER + """
                Клиент = МС.TCPКлиент("127.0.0.1", Порт);
                Клиент.Отправить("готов");
                Поток = Клиент.ПолучитьПоток();
                Сообщить("читает " + Поток.ВозможностьЧтения + ", пишет " + Поток.ВозможностьЗаписи);
                Пока Не Поток.ДанныеДоступны Цикл
                    Приостановить(1);
                КонецЦикла;
                Сообщить(Поток.ЧитатьБайт());
                Всего = 1;
                Пока Всего < 3000 Цикл
                    Буфер = Поток.ПрочитатьВБуферДвоичныхДанных();
                    Всего = Всего + Буфер.Размер;
                    Если Буфер.Размер > 1024 Тогда
                        Сообщить("слишком много");
                    КонецЕсли;
                КонецЦикла;
                Сообщить(Всего);
                Данные = ПолучитьБуферДвоичныхДанныхИзСтроки("..хвост..");
                Поток.Записать(Данные, 2, Данные.Размер - 4);
                Сообщить(Поток.ПрочитатьВБуферДвоичныхДанных().Размер);
                Сообщить(Поток.ЧитатьБайт());
                Поток.Закрыть();
                Сообщить(Поток.ВозможностьЧтения);
                """;
        try (ServerSocket listener = TestPeer.listen();
                ScriptRun script = ScriptRun.start(directory, text, listener.getLocalPort());
                TestPeer server = TestPeer.accept(listener)) {
            assertThat(server.line()).isEqualTo("готов");
            byte[] data = new byte[3000];
            data[0] = 77;
            server.send(data);
            assertThat(script.line()).isEqualTo("читает Да, пишет Да");
            assertThat(script.line()).isEqualTo("77");
            assertThat(script.line()).isEqualTo("3000");
            assertThat(new String(server.bytes(10), StandardCharsets.UTF_8)).isEqualTo("хвост");
            server.close();
            assertThat(script.line()).isEqualTo("0");
            assertThat(script.line()).isEqualTo("-1");
            assertThat(script.line()).isEqualTo("Нет");
        }
    }

    @Test
    void loopWhileConnectedEndsAfterAReset() throws Exception {
        String text = HANDLER + """
                Клиент = МС.TCPКлиент("127.0.0.1", Порт);
                Сообщить("подключен");
                Пока Клиент.Подключен Цикл
                    Приостановить(1);
                КонецЦикла;
                Сообщить("конец");
                """;
        try (ServerSocket listener = TestPeer.listen();
                ScriptRun script = ScriptRun.start(directory, text, listener.getLocalPort());
                TestPeer server = TestPeer.accept(listener)) {
            assertThat(script.line()).isEqualTo("подключен");
            server.reset();
            assertThat(script.line()).isEqualTo("конец");
        }
    }

    @Test
    void textAndBuffersAreSentAsTheEncodingSays() throws Exception {
        String text = HANDLER + """
                Клиент = МС.TCPКлиент("127.0.0.1", Порт);
                Клиент.Кодировка = МС.Кодировка().ASCII;
                Клиент.Отправить("a" + Символ(1103) + Символы.ПС);
                Клиент.Кодировка = МС.Кодировка().UTF7;
                Клиент.Отправить("Hi+" + Символ(1103));
                Клиент.Отправить(ПолучитьБуферДвоичныхДанныхИзСтроки("як" + Символы.ПС, КодировкаТекста.ANSI));
                Клиент.Отправить(12.5);
                """ + INPUT;
        try (ServerSocket listener = TestPeer.listen();
                ScriptRun script = ScriptRun.start(directory, text, listener.getLocalPort());
                TestPeer server = TestPeer.accept(listener)) {
            assertThat(server.line()).isEqualTo("a?");
            assertThat(server.line()).isEqualTo("Hi+-+BE8-");
            assertThat(server.bytes(3)).isEqualTo(new byte[] {(byte) 0xFF, (byte) 0xEA, '\n'});
            assertThat(server.line()).isEqualTo("12.5");
            assertThat(script.hasEnded()).isFalse();
        }
    }
}
