package dev.tramway.onescript.internal.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TCPСоединение and TCPСервер of the standard library. */
class NetLibraryTest {
    @TempDir
    Path directory;

    @Test
    void connectionReadsAndSends() throws Exception {
        String text = """
                Соединение = Новый TCPСоединение("127.0.0.1", Число(АргументыКоманднойСтроки[0]));
                Соединение.ТаймаутЧтения = 20000;
                Соединение.ОтправитьСтроку("привет" + Символы.ПС);
                Сообщить(Соединение.ПрочитатьСтроку());
                Сообщить(Соединение.Активно);
                Соединение.ОтправитьДвоичныеДанные(ПолучитьДвоичныеДанныеИзСтроки("ещё" + Символы.ПС));
                Сообщить(Соединение.ПрочитатьДвоичныеДанные(3).Размер());
                Сообщить(Соединение.УдаленныйУзел);
                Пока Соединение.Активно Цикл
                    Приостановить(1);
                КонецЦикла;
                Соединение.Закрыть();
                Сообщить("конец");
                """;
        try (ServerSocket listener = TestPeer.listen();
                ScriptRun script = ScriptRun.start(directory, text, listener.getLocalPort());
                TestPeer server = TestPeer.accept(listener)) {
            assertThat(server.line()).isEqualTo("привет");
            server.send("здравствуй");
            assertThat(script.line()).isEqualTo("здравствуй");
            assertThat(script.line()).isEqualTo("Да");
            assertThat(server.line()).isEqualTo("ещё");
            server.send("abc");
            assertThat(script.line()).isEqualTo("3");
            assertThat(script.line()).isEqualTo("127.0.0.1:" + listener.getLocalPort());
            server.close();
            assertThat(script.line()).isEqualTo("конец");
        }
    }

    @Test
    void serverHandsOutOneConnectionAfterTheOther() throws Exception {
        String text = """
                Сервер = Новый TCPСервер(0);
                Сервер.Запустить();
                Сообщить("Сервер запущен на порту " + Сервер.Порт);
                Для Номер = 1 По 2 Цикл
                    Соединение = Сервер.ОжидатьСоединения();
                    Соединение.ОтправитьСтроку("вы " + Номер + Символы.ПС);
                    Соединение.Закрыть();
                КонецЦикла;
                Сообщить(Сервер.ОжидатьСоединения(1) = Неопределено);
                Сервер.Остановить();
                """;
        try (ScriptRun script = ScriptRun.start(directory, text)) {
            int port = script.port();
            for (int i = 1; i <= 2; i++) {
                try (TestPeer peer = TestPeer.connect(port)) {
                    assertThat(peer.line()).isEqualTo("вы " + i);
                    assertThat(peer.isAtEnd()).isTrue();
                }
            }
            assertThat(script.line()).isEqualTo("Да");
            assertThat(script.exitCode()).isZero();
        }
    }
}
