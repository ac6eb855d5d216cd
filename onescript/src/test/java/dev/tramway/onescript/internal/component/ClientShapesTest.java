package dev.tramway.onescript.internal.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The client scripts that the manual of the original component has, written anew, each run against the JDK's sockets:
 *
 * <pre>
 * C1, T1              a job of the script reads                   {@link #aJobOfTheScriptReadsAndTypedLinesAreSent}
 * C2, C3, T10         a client in the background                  {@link #aClientInTheBackgroundTellsWhatComes}
 * C4, T7              closing, then sending                       {@link #sendingAfterClosingIsPrinted}
 * C5, T9              an encoding, and a buffer in another one    {@link #textAndBuffersHaveTheirEncodings}
 * C6, C12             a client that reads in its main thread      {@link #theMainThreadReadsWhatIsThere}
 * C7, C8, C9          the same, printing a property of the stream {@link #theStreamTellsWhatItCan}
 * C10                 closing the stream                          {@link #aClosedStreamCannotRead}
 * C11                 writing through the stream                  {@link #theStreamWritesAPartOfABuffer}
 * T2, T3, T4, T8      ways to name the certificate                {@link #theCertificateIsGivenInAnyWay}
 * T5, T6              properties of the stream while a job reads  {@link #theStreamOfTlsTellsWhatItCan}
 * K1, K2, K3          making certificates, with paths of Windows  {@link TestCertificates}, which all tests with TLS use
 * </pre>
 */
class ClientShapesTest {
    /** How both kinds of clients are made, and their streams. */
    enum Kind {
        PLAIN("TCPКлиент", "ПолучитьПоток"),
        SECURE("TCPКлиентSSL", "ПолучитьПотокSSL");

        private final String maker;
        private final String stream;

        Kind(String maker, String stream) {
            this.maker = maker;
            this.stream = stream;
        }
    }

    private static final String HANDLERS = """
            Перем МС, Клиент;

            Процедура Показать(Данные)
                Попытка
                    Длина = Данные.ПрочитатьЦелое32(0);
                    Тело = ПолучитьДвоичныеДанныеИзБуфераДвоичныхДанных(Данные.Прочитать(4, Длина));
                    Сообщить("пришло " + ПолучитьСтрокуИзДвоичныхДанных(Тело));
                    Если Данные.Размер > 4 + Длина Тогда
                        Показать(Данные.Прочитать(4 + Длина, Данные.Размер - 4 - Длина));
                    КонецЕсли;
                Исключение
                    Сообщить("пришел текст " + ПолучитьСтрокуИзБуфераДвоичныхДанных(Данные, КодировкаТекста.UTF8));
                КонецПопытки;
            КонецПроцедуры

            Процедура Пришло() Экспорт
                Показать(МС.АргументыСобытия.Данные);
            КонецПроцедуры

            Процедура Читать() Экспорт
                Поток = Клиент.?();
                Пока Клиент.Подключен Цикл
                    Буфер = Поток.ПрочитатьВБуферДвоичныхДанных();
                    Если Буфер.Размер > 0 Тогда
                        Клиент.ОбработатьКлиентПолучилДанные(Буфер);
                    КонецЕсли;
                КонецЦикла;
            КонецПроцедуры

            """ + ScriptRun.ATTACH + "Порт = Число(АргументыКоманднойСтроки[0]);\n";

    private static final String HANDLER = "Клиент.КлиентПолучилДанные = МС.Действие(ЭтотОбъект, \"Пришло\");\n";
    private static final String JOB = "ФоновыеЗадания.Выполнить(ЭтотОбъект, \"Читать\");\n";

    private static final String INPUT = """
            Результат = "";
            Пока ВвестиСтроку(Результат, , , ) Цикл
                Если Не Результат = "" Тогда
                    Клиент.Отправить(Результат);
                КонецЕсли;
            КонецЦикла;
            """;

    private static final String PASSIVE = """
            Клиент = МС.TCPКлиент("127.0.0.1", Порт);
            Клиент.КлиентПолучилДанные = МС.Действие(ЭтотОбъект, "Пришло");
            Поток = Клиент.ПолучитьПоток();
            Клиент.Отправить("я подключился");
            Пока Клиент.Подключен Цикл
                Если Не Поток.ДанныеДоступны Тогда
                    Приостановить(1);
                Иначе
                    %s
                    Клиент.ОбработатьКлиентПолучилДанные(Поток.ПрочитатьВБуферДвоичныхДанных());
                КонецЕсли;
            КонецЦикла;
            """;

    private static TestCertificates certificates;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makeCertificate(@TempDir Path made) throws Exception {
        certificates = new TestCertificates(made);
    }

    @BeforeEach
    void putCertificateBesideTheScript() throws Exception {
        certificates.copy(TestCertificates.CERTIFICATE_FILE, directory);
    }

    private static ServerSocket listen(Kind kind) throws Exception {
        return kind == Kind.PLAIN ? TestPeer.listen() : certificates.listen();
    }

    private ScriptRun start(Kind kind, ServerSocket listener, String text) {
        return ScriptRun.start(directory, HANDLERS.replace("?", kind.stream) + text, listener.getLocalPort());
    }

    @ParameterizedTest
    @EnumSource
    void aJobOfTheScriptReadsAndTypedLinesAreSent(Kind kind) throws Exception {
        String text = "Клиент = МС." + kind.maker + "();\n" + HANDLER + "Клиент.Подключить(\"127.0.0.1\", Порт);\n"
                + JOB + INPUT;
        try (ServerSocket listener = listen(kind);
                ScriptRun script = start(kind, listener, text);
                TestPeer server = TestPeer.accept(listener)) {
            script.type("привет");
            assertThat(server.line()).isEqualTo("привет");
            server.send("ответ");
            assertThat(script.line()).isEqualTo("пришел текст ответ");
            server.send(new byte[] {2, 0, 0, 0, 'o', 'k'});
            assertThat(script.line()).isEqualTo("пришло ok");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientInTheBackgroundTellsWhatComes(Kind kind) throws Exception {
        String text = "Клиент = МС.Фоновый" + kind.maker + "(\"127.0.0.1\", Порт);\n" + HANDLER + INPUT;
        try (ServerSocket listener = listen(kind);
                ScriptRun script = start(kind, listener, text);
                TestPeer server = TestPeer.accept(listener)) {
            script.type("раз");
            script.type("два");
            assertThat(server.line()).isEqualTo("раз");
            assertThat(server.line()).isEqualTo("два");
            server.send("три");
            assertThat(script.line()).isEqualTo("пришел текст три");
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendingAfterClosingIsPrinted(Kind kind) throws Exception {
        String text = "Клиент = МС.Фоновый" + kind.maker + "(\"127.0.0.1\", Порт);\n" + HANDLER + """
                Клиент.Отправить("готов");
                Результат = "";
                ВвестиСтроку(Результат);
                Клиент.Закрыть();
                Сообщить("закрыт");
                """ + INPUT;
        try (ServerSocket listener = listen(kind);
                ScriptRun script = start(kind, listener, text);
                TestPeer server = TestPeer.accept(listener)) {
            assertThat(server.line()).isEqualTo("готов");
            server.send("закрой");
            assertThat(script.line()).isEqualTo("пришел текст закрой");
            script.type("да");
            assertThat(server.isAtEnd()).isTrue();
            assertThat(script.line()).isEqualTo("закрыт");
            script.type("раз");
            assertThat(script.line()).startsWith("Ошибка отправки: ");
            script.type("два");
            assertThat(script.line()).startsWith("Ошибка отправки: ");
            assertThat(script.hasEnded()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void textAndBuffersHaveTheirEncodings(Kind kind) throws Exception {
        String text = "Клиент = МС.Фоновый" + kind.maker + "(\"127.0.0.1\", Порт);\n" + HANDLER + """
                Клиент.Кодировка = МС.Кодировка().ASCII;
                Клиент.Отправить("text ю");
                Буфер = ПолучитьБуферДвоичныхДанныхИзСтроки("ю" + Символы.ПС, КодировкаТекста.ANSI);
                Клиент.Отправить(Буфер);
                """ + INPUT;
        try (ServerSocket listener = listen(kind);
                ScriptRun script = start(kind, listener, text);
                TestPeer server = TestPeer.accept(listener)) {
            assertThat(server.line()).isEqualTo("text ?");
            assertThat(server.bytes(2)).isEqualTo(new byte[] {(byte) 0xFE, '\n'});
            assertThat(script.hasEnded()).isFalse();
        }
    }

    @Test
    void theMainThreadReadsWhatIsThere() throws Exception {
        try (ServerSocket listener = TestPeer.listen();
                ScriptRun script = start(Kind.PLAIN, listener, PASSIVE.formatted("") + "Сообщить(\"конец\");\n");
                TestPeer server = TestPeer.accept(listener)) {
            assertThat(server.line()).isEqualTo("я подключился");
            server.send("добро пожаловать");
            assertThat(script.line()).isEqualTo("пришел текст добро пожаловать");
            server.close();
            assertThat(script.line()).isEqualTo("конец");
            assertThat(script.exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ВозможностьЧтения",
                "ВозможностьЗаписи",
                "ДанныеДоступны",
                "CanRead",
                "CanWrite",
                "DataAvailable"
            })
    void theStreamTellsWhatItCan(String property) throws Exception {
        String print = "Сообщить(\"" + property + " \" + Поток." + property + ");";
        try (ServerSocket listener = TestPeer.listen();
                ScriptRun script = start(Kind.PLAIN, listener, PASSIVE.formatted(print));
                TestPeer server = TestPeer.accept(listener)) {
            server.send("x");
            assertThat(script.line()).isEqualTo(property + " Да");
            assertThat(script.line()).isEqualTo("пришел текст x");
        }
    }

    @Test
    void aClosedStreamCannotRead() throws Exception {
        String text = """
                Клиент = МС.TCPКлиент("127.0.0.1", Порт);
                Поток = Клиент.ПолучитьПоток();
                Поток.Закрыть();
                Сообщить("читает " + Поток.ВозможностьЧтения);
                Пока Истина Цикл
                    Приостановить(1000);
                КонецЦикла;
                """;
        try (ServerSocket listener = TestPeer.listen();
                ScriptRun script = start(Kind.PLAIN, listener, text);
                TestPeer server = TestPeer.accept(listener)) {
            assertThat(script.line()).isEqualTo("читает Нет");
            assertThat(server.isAtEnd()).isTrue();
            assertThat(script.hasEnded()).isFalse();
        }
    }

    @Test
    void theStreamWritesAPartOfABuffer() throws Exception {
        String text = """
                Клиент = МС.TCPКлиент("127.0.0.1", Порт);
                Поток = Клиент.ПолучитьПоток();
                Буфер = ПолучитьБуферДвоичныхДанныхИзСтроки("привет всем");
                Поток.Записать(Буфер, 0, Буфер.Размер);
                Поток.Записать(Буфер, Буфер.Размер - 8, 8);
                """ + INPUT;
        try (ServerSocket listener = TestPeer.listen();
                ScriptRun script = start(Kind.PLAIN, listener, text);
                TestPeer server = TestPeer.accept(listener)) {
            byte[] sent = "привет всемвсем".getBytes(StandardCharsets.UTF_8);
            assertThat(server.bytes(sent.length)).isEqualTo(sent);
            assertThat(script.hasEnded()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "К = МС.TCPКлиентSSL(А, Порт);|",
                "К = МС.TCPКлиентSSL(А, Порт, Ф);|",
                "К = МС.TCPКлиентSSL();|К.Подключить(А, Порт);",
                "К = МС.TCPКлиентSSL();|К.Подключить(А, Порт, Ф);",
                "К = МС.TCPКлиентSSL();|К.Connect(А, Порт, ОбъединитьПути(Новый Файл(ТекущийСценарий().Источник).Путь, Ф));"
            })
    void theCertificateIsGivenInAnyWay(String make, @Nullable String connect) throws Exception {
        String text = "А = \"127.0.0.1\"; Ф = \"certificate.crt\";\n" + make + "\nКлиент = К;\n" + HANDLER
                + (connect == null ? "" : connect + "\n") + JOB + INPUT;
        try (ServerSocket listener = certificates.listen();
                ScriptRun script = start(Kind.SECURE, listener, text);
                TestPeer server = TestPeer.accept(listener)) {
            script.type("тайна");
            assertThat(server.line()).isEqualTo("тайна");
            server.send("в ответ");
            assertThat(script.line()).isEqualTo("пришел текст в ответ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ВозможностьЧтения", "ВозможностьЗаписи"})
    void theStreamOfTlsTellsWhatItCan(String property) throws Exception {
        String text = "Клиент = МС.TCPКлиентSSL(\"127.0.0.1\", Порт);\n" + HANDLER + JOB + "Сообщить(\"" + property
                + " \" + Клиент.ПолучитьПотокSSL()." + property + ");\n" + INPUT;
        try (ServerSocket listener = certificates.listen();
                ScriptRun script = start(Kind.SECURE, listener, text);
                TestPeer server = TestPeer.accept(listener)) {
            server.send("x");
            String first = script.line();
            String second = script.line();
            assertThat(new String[] {first, second}).containsExactlyInAnyOrder(property + " Да", "пришел текст x");
        }
    }
}
