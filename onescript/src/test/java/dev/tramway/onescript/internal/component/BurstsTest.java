package dev.tramway.onescript.internal.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one event holds, in which order things go, and what one client can do to another. */
class BurstsTest {
    private static final String PUMP = """
            Пока Истина Цикл
                МС.ПолучитьСобытие().Выполнить();
            КонецЦикла;
            """;

    @TempDir
    Path directory;

    /** A server whose handler of data is the given text; К is the client, Д the data. */
    private ScriptRun server(String handler, String options) {
        String text = """
                Перем МС, Сервер, Всего;

                Процедура Пришло() Экспорт
                    К = МС.АргументыСобытия.ИдентификаторКлиента;
                    Д = МС.АргументыСобытия.Данные;
                """ + handler + """
                КонецПроцедуры

                Процедура Вышел() Экспорт
                    Сообщить("вышел " + МС.АргументыСобытия.ИдентификаторКлиента);
                КонецПроцедуры

                Процедура Ошибка() Экспорт
                    Сообщить("ошибка " + МС.АргументыСобытия.ОшибкаСервера);
                КонецПроцедуры

                """ + ScriptRun.ATTACH + """
                Всего = 0;
                Сервер = МС.МногопоточныйСервер(0);
                Сервер.СерверПолучилДанные = МС.Действие(ЭтотОбъект, "Пришло");
                Сервер.ПриОтключенииКлиента = МС.Действие(ЭтотОбъект, "Вышел");
                Сервер.ПриОшибкеСервера = МС.Действие(ЭтотОбъект, "Ошибка");
                """ + options + "Сервер.Начать();\n" + PUMP;
        return ScriptRun.start(directory, text);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1023, 1024, 1025, 2048, 65536})
    void whatIsSentAtOnceIsAnsweredAtOnce(int size) throws Exception {
        byte[] sent = new byte[size];
        new Random(size).nextBytes(sent);
        try (ScriptRun script = server("Сервер.ОтправитьКлиенту(К, Д);\n", "");
                TestPeer peer = TestPeer.connect(script.port())) {
            peer.send(sent);
            assertThat(peer.bytes(size)).isEqualTo(sent);
        }
    }

    @Test
    void bytesThatTrickleInAreAnEventEach() throws Exception {
        try (ScriptRun script = server("Сервер.ОтправитьКлиенту(К, \"\" + Д.Размер);\n", "");
                TestPeer peer = TestPeer.connect(script.port())) {
            for (int i = 0; i < 50; i++) {
                peer.send("x");
                assertThat(peer.line()).isEqualTo("1");
            }
        }
    }

    @Test
    void burstOf16MebibytesArrivesWholeAndInOrder() throws Exception {
        byte[] sent = new byte[16 << 20];
        new Random(16).nextBytes(sent);
        try (ScriptRun script = server("Сервер.ОтправитьКлиенту(К, Д);\n", "");
                TestPeer peer = TestPeer.connect(script.port())) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendUnchecked(peer, sent));
            assertThat(Arrays.equals(peer.bytes(sent.length), sent)).isTrue();
            sending.get(20, TimeUnit.SECONDS);
        }
    }

    private static void sendUnchecked(TestPeer peer, byte[] bytes) {
        try {
            peer.send(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatArrivedBeforeTheEndIsToldBeforeTheEnd() throws Exception {
        String handler = "Всего = Всего + Д.Размер; Если Всего = 300000 Тогда Сообщить(\"все\"); КонецЕсли;\n";
        try (ScriptRun script = server(handler, "");
                TestPeer peer = TestPeer.connect(script.port())) {
            peer.send(new byte[300_000]).close();
            assertThat(script.line()).isEqualTo("все");
            assertThat(script.line()).isEqualTo("вышел 1");
        }
    }

    @Test
    void sendsToOneClientKeepTheirOrder() throws Exception {
        String handler = """
                Для Номер = 1 По 10000 Цикл
                    Если Номер % 2 = 0 Тогда
                        Сервер.ОтправитьКлиенту(К, "" + Номер);
                    Иначе
                        Сервер.ОтправитьВсем("" + Номер);
                    КонецЕсли;
                КонецЦикла;
                """;
        try (ScriptRun script = server(handler, "");
                TestPeer peer = TestPeer.connect(script.port())) {
            peer.send("начинай");
            for (int i = 1; i <= 10_000; i++) {
                assertThat(peer.line()).isEqualTo(Integer.toString(i));
            }
        }
    }

    @Test
    void clientThatDoesNotReadDelaysNobody() throws Exception {
        String handler = """
                Порция = Новый БуферДвоичныхДанных(100000);
                Для Номер = 1 По 200 Цикл
                    Сервер.ОтправитьВсем(Порция);
                КонецЦикла;
                """;
        try (ScriptRun script = server(handler, "")) {
            int port = script.port();
            try (TestPeer stalled = TestPeer.connect(port);
                    TestPeer peer = TestPeer.connect(port)) {
                peer.send("начинай");
                assertThat(peer.bytes(20_000_000)).hasSize(20_000_000);
                assertThat(stalled.bytes(20_000_000)).hasSize(20_000_000);
            }
        }
    }

    @Test
    void clientThatOwesMoreThanTheLimitIsDisconnectedWithAnError() throws Exception {
        String handler = """
                Порция = Новый БуферДвоичныхДанных(1000000);
                Для Номер = 1 По 30 Цикл
                    Сервер.ОтправитьКлиенту(К, Порция);
                КонецЦикла;
                """;
        try (ScriptRun script = server(handler, "Сервер.ПределОчередиОтправки = 2000000;\n");
                TestPeer peer = TestPeer.connect(script.port())) {
            peer.send("начинай");
            assertThat(script.line()).startsWith("ошибка Ошибка отправки клиенту 1: ");
            assertThat(script.line()).isEqualTo("вышел 1");
        }
    }

    @Test
    void slowScriptHoldsItsClientsBackAndLosesNothing() throws Exception {
        // The script takes nothing until it is told to; meanwhile 32 MiB are on the way to it.
        String handler = """
                Если Всего = 0 Тогда
                    Сообщить("жду");
                    Строка = "";
                    ВвестиСтроку(Строка);
                КонецЕсли;
                Всего = Всего + Д.Размер;
                Если Всего = 33554432 Тогда
                    Сообщить("все");
                КонецЕсли;
                """;
        try (ScriptRun script = server(handler, "");
                TestPeer peer = TestPeer.connect(script.port())) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendUnchecked(peer, new byte[32 << 20]));
            assertThat(script.line()).isEqualTo("жду");
            script.type("дальше");
            assertThat(script.line()).isEqualTo("все");
            sending.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void linesAreEventsWithoutTheirEnds() throws Exception {
        String handler = "Сервер.ОтправитьКлиенту(К, \"\" + Д.Размер);\n";
        try (ScriptRun script = server(handler, "Сервер.РазделятьПоСтрокам();\n");
                TestPeer peer = TestPeer.connect(script.port())) {
            peer.send("раз").send("\nдва\r\nтри!\n");
            assertThat(peer.line()).isEqualTo("6");
            assertThat(peer.line()).isEqualTo("6");
            assertThat(peer.line()).isEqualTo("7");
        }
    }

    @Test
    void lengthInFrontMakesEvents() throws Exception {
        String handler = "Сервер.ОтправитьКлиенту(К, Д);\n";
        try (ScriptRun script = server(handler, "Сервер.РазделятьПоДлине(4, Истина);\n");
                TestPeer peer = TestPeer.connect(script.port())) {
            byte[] text = "привет".getBytes(StandardCharsets.UTF_8);
            ByteBuffer frame = ByteBuffer.allocate(4 + text.length)
                    .putInt(Integer.reverseBytes(text.length))
                    .put(text);
            for (byte each : frame.array()) {
                peer.send(new byte[] {each});
            }
            assertThat(peer.bytes(frame.capacity())).isEqualTo(frame.array());
        }
    }

    @Test
    void groupsAreSentToTogether() throws Exception {
        String handler = """
                Текст = ПолучитьСтрокуИзБуфераДвоичныхДанных(Д);
                Если Текст = "входит" Тогда
                    Сервер.ДобавитьВГруппу(К, "комната");
                    Сервер.ОтправитьКлиенту(К, Сервер.АдресКлиента(К));
                ИначеЕсли Текст = "выходит" Тогда
                    Сервер.УдалитьИзГруппы(К, "комната");
                    Сервер.ОтправитьКлиенту(К, "вышел");
                ИначеЕсли Текст = "прочь" Тогда
                    Сервер.ОтключитьКлиента(К);
                Иначе
                    Сервер.ОтправитьГруппе("комната", Текст, К);
                КонецЕсли;
                """;
        try (ScriptRun script = server(handler, "")) {
            int port = script.port();
            try (TestPeer first = TestPeer.connect(port);
                    TestPeer second = TestPeer.connect(port)) {
                first.send("входит");
                assertThat(first.line()).isEqualTo("127.0.0.1:" + first.localPort());
                second.send("входит");
                assertThat(second.line()).isEqualTo("127.0.0.1:" + second.localPort());
                first.send("всем, кроме меня");
                assertThat(second.line()).isEqualTo("всем, кроме меня");
                second.send("выходит");
                assertThat(second.line()).isEqualTo("вышел");
                second.send("и мне");
                assertThat(first.line()).isEqualTo("и мне");
                first.send("прочь");
                assertThat(first.isAtEnd()).isTrue();
            }
        }
    }
}
