package dev.tramway.onescript.internal.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS between two scripts, and the certificates that scripts make. */
class TlsScriptsTest {
    private static final String SERVER = """
            Перем МС, Сервер;

            Процедура Пришло() Экспорт
                Сервер.ОтправитьКлиенту(МС.АргументыСобытия.ИдентификаторКлиента, МС.АргументыСобытия.Данные);
            КонецПроцедуры

            Процедура Ошибка() Экспорт
                Сообщить("ошибка " + МС.АргументыСобытия.ОшибкаСервера);
            КонецПроцедуры

            """ + ScriptRun.ATTACH;

    private static final String START = """
            Сервер.СерверПолучилДанные = МС.Действие(ЭтотОбъект, "Пришло");
            Сервер.ПриОшибкеСервера = МС.Действие(ЭтотОбъект, "Ошибка");
            Сервер.Начать();
            Пока Истина Цикл
                МС.ПолучитьСобытие().Выполнить();
            КонецЦикла;
            """;

    private static final String CLIENT = """
            Перем МС, Клиент;

            Процедура Пришло() Экспорт
                Сообщить("<" + ПолучитьСтрокуИзБуфераДвоичныхДанных(МС.АргументыСобытия.Данные) + ">");
            КонецПроцедуры

            """ + ScriptRun.ATTACH + "Порт = Число(АргументыКоманднойСтроки[0]);\n";

    private static final String TALK = """
            Сообщить(Клиент.Подключен);
            Если Клиент.Подключен Тогда
                Клиент.КлиентПолучилДанные = МС.Действие(ЭтотОбъект, "Пришло");
                Клиент.Отправить("тайна");
                Поток = Клиент.ПолучитьПотокSSL();
                Клиент.ОбработатьКлиентПолучилДанные(Поток.ПрочитатьВБуферДвоичныхДанных());
                Сообщить(Поток.ВозможностьЧтения);
                Клиент.Закрыть();
            КонецЕсли;
            """;

    @TempDir
    Path directory;

    /** Makes a pair of files with the names that are the component's defaults. */
    private void makeCertificate(Path where, String name) throws Exception {
        String text = ScriptRun.ATTACH + """
                МС.СоздатьСамоподписанныйСертификат("C:\\Certs\\certificate.pfx", "%s", "swordfish20231223");
                МС.ИзвлечьCrtИзPfx("C:\\Certs\\certificate.pfx", "swordfish20231223", "certificate.crt");
                """.formatted(name);
        try (ScriptRun script = ScriptRun.start(where, text)) {
            assertThat(script.line()).isEqualTo("Сертификат сохранен: " + where.resolve("certificate.pfx"));
            assertThat(script.line()).isEqualTo("Сертификат сохранен: " + where.resolve("certificate.crt"));
            assertThat(script.exitCode()).isZero();
        }
    }

    private Path folder(String name) throws Exception {
        return Files.createDirectory(directory.resolve(name));
    }

    @Test
    void clientTrustsTheCertificateBesideItsScript() throws Exception {
        Path server = folder("server");
        makeCertificate(server, "Мой сервер");
        Path client = folder("client");
        Files.copy(server.resolve("certificate.crt"), client.resolve("certificate.crt"));
        try (ScriptRun serving = ScriptRun.start(server, SERVER + "Сервер = МС.МногопоточныйСерверSSL(0);\n" + START)) {
            String text = CLIENT + "Клиент = МС.TCPКлиентSSL(\"127.0.0.1\", Порт);\n" + TALK;
            try (ScriptRun script = ScriptRun.start(client, text, serving.port())) {
                assertThat(script.line()).isEqualTo("Да");
                assertThat(script.line()).isEqualTo("<тайна");
                assertThat(script.line()).isEqualTo(">");
                assertThat(script.line()).isEqualTo("Да");
            }
        }
    }

    @Test
    void anotherCertificateIsRefused() throws Exception {
        Path server = folder("server");
        makeCertificate(server, "localhost");
        Path client = folder("client");
        makeCertificate(client, "localhost");
        try (ScriptRun serving = ScriptRun.start(server, SERVER + "Сервер = МС.МногопоточныйСерверSSL(0);\n" + START)) {
            String text = CLIENT + """
                    Клиент = МС.TCPКлиентSSL();
                    Клиент.Подключить("127.0.0.1", Порт, "certificate.crt");
                    """ + TALK;
            try (ScriptRun script = ScriptRun.start(client, text, serving.port())) {
                assertThat(script.line()).startsWith("Ошибка подключения: ");
                assertThat(script.line()).isEqualTo("Нет");
                assertThat(script.exitCode()).isZero();
            }
        }
    }

    @Test
    void wrongPasswordIsAnErrorEvent() throws Exception {
        makeCertificate(directory, "localhost");
        String text = SERVER + """
                Путь = ОбъединитьПути(Новый Файл(ТекущийСценарий().Источник).Путь, "certificate.pfx");
                Сервер = МС.МногопоточныйСерверSSL(0, Путь, "не тот");
                """ + START;
        try (ScriptRun script = ScriptRun.start(directory, text)) {
            assertThat(script.line()).startsWith("ошибка Ошибка сервера: ");
        }
    }

    @Test
    void backgroundClientAndServerSpeakTls() throws Exception {
        makeCertificate(directory, "localhost");
        String text = """
                Перем МС, Сервер, Клиент;

                Процедура Пришло() Экспорт
                    Сервер.ОтправитьКлиенту(МС.АргументыСобытия.ИдентификаторКлиента, МС.АргументыСобытия.Данные);
                КонецПроцедуры

                Процедура Ответ() Экспорт
                    Сообщить("получено " + МС.АргументыСобытия.Данные.Размер);
                КонецПроцедуры

                """ + ScriptRun.ATTACH + """
                МС.СерверПолучилДанные = МС.Действие(ЭтотОбъект, "Пришло");
                Сервер = МС.ФоновыйМногопоточныйСерверSSL(0);
                Клиент = МС.ФоновыйTCPКлиентSSL("127.0.0.1", Сервер.Порт);
                Клиент.КлиентПолучилДанные = МС.Действие(ЭтотОбъект, "Ответ");
                Клиент.Отправить(Новый БуферДвоичныхДанных(100));
                Приостановить(60000);
                """;
        try (ScriptRun script = ScriptRun.start(directory, text)) {
            assertThat(script.port()).isPositive();
            assertThat(script.line()).isEqualTo("получено 100");
        }
    }
}
