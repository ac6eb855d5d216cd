package dev.tramway.onescript.internal.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The server scripts that the manual of the original component has, written anew, each run against the JDK's sockets:
 *
 * <pre>
 * S1, S3, S4, S16     an echo with handlers for all events    {@link #anEchoPrintsFramesAndTextAndAnswers}
 * S2                  the same, to all only                   {@link #aMessageIsSentToAllOnly}
 * S5, S6              actions with parameters                 {@link ServerScriptsTest#handlerFindsTheParameterOfItsAction}
 * S7, S18             an encoding                             {@link #textIsSentInTheEncodingOfTheServer}
 * S8, S19             the interval of signs of life           {@link #signsOfLifeAreSentInTheInterval}
 * S9, S20             a limit of clients                      {@link #clientsBeyondTheLimitAreTurnedAway}
 * S10, S21            a limit of size                         {@link #aMessageBeyondTheLimitEndsItsClient}
 * S11, S12, S22       the state, by name                      {@link #theStateIsTold}
 * S13, S23            starting, stopping, going on            {@link #aServerThatWasStoppedLeavesTheScriptWaiting}
 * S14, S24            a server on a job of the script         {@link #aScriptRunsTheServerOnAJobOfItsOwn}
 * S15, S25            a server in the background              {@link #aServerInTheBackgroundHasTheHandlersOfTheRoot}
 * S17                 a certificate beside the script         {@link #theCertificateIsFoundByThePathOfTheScript}
 * E1 to E13           encodings, then waiting for events      {@link EncodingScriptsTest}, {@link #encodingsArePrintedAndTheScriptWaits}
 * N1                  the line end of the system              {@link #aTextOfSeveralLinesIsPrinted}
 * </pre>
 */
class ServerShapesTest {
    /** How both kinds of servers are made. */
    enum Kind {
        PLAIN("МногопоточныйСервер"),
        SECURE("МногопоточныйСерверSSL");

        private final String maker;

        Kind(String maker) {
            this.maker = maker;
        }
    }

    /** A message is printed as frames of a length and a text, or else as text. */
    private static final String HANDLERS = """
            Перем МС, Сервер;

            Процедура Показать(Данные, Ид)
                Попытка
                    Длина = Данные.ПрочитатьЦелое32(0);
                    Тело = ПолучитьДвоичныеДанныеИзБуфераДвоичныхДанных(Данные.Прочитать(4, Длина));
                    Сообщить(Ид + " прислал " + ПолучитьСтрокуИзДвоичныхДанных(Тело));
                    Если Данные.Размер > 4 + Длина Тогда
                        Показать(Данные.Прочитать(4 + Длина, Данные.Размер - 4 - Длина), Ид);
                    КонецЕсли;
                Исключение
                    Сообщить(Ид + " прислал текст " + ПолучитьСтрокуИзБуфераДвоичныхДанных(Данные));
                КонецПопытки;
            КонецПроцедуры

            Процедура Вошел() Экспорт
                Сообщить("вошел " + МС.АргументыСобытия.ИдентификаторКлиента);
            КонецПроцедуры

            Процедура Вышел() Экспорт
                Сообщить("вышел " + МС.АргументыСобытия.ИдентификаторКлиента);
            КонецПроцедуры

            Процедура Ошибка() Экспорт
                Сообщить("ошибка " + МС.АргументыСобытия.ОшибкаСервера);
            КонецПроцедуры

            Процедура Пришло() Экспорт
                Ид = МС.АргументыСобытия.ИдентификаторКлиента;
                Показать(МС.АргументыСобытия.Данные, Ид);
                Сервер.ОтправитьВсем("всем: " + Ид);
                Сервер.ОтправитьКлиенту(Ид, "одному: " + Ид);
            КонецПроцедуры

            Процедура ПришлоВсем() Экспорт
                Сервер.ОтправитьВсем(МС.АргументыСобытия.Данные);
            КонецПроцедуры

            """ + ScriptRun.ATTACH;

    private static final String LOOP = """
            Пока МС.Продолжать Цикл
                МС.ПолучитьСобытие().Выполнить();
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
        certificates.copy(TestCertificates.KEY_FILE, directory);
    }

    private static String server(Kind kind) {
        return "Сервер = МС." + kind.maker + "(0);\n" + handlersOf("Сервер");
    }

    private static String handlersOf(String object) {
        return """
                ?.ПриПодключенииКлиента = МС.Действие(ЭтотОбъект, "Вошел");
                ?.ПриОтключенииКлиента = МС.Действие(ЭтотОбъект, "Вышел");
                ?.СерверПолучилДанные = МС.Действие(ЭтотОбъект, "Пришло");
                ?.ПриОшибкеСервера = МС.Действие(ЭтотОбъект, "Ошибка");
                """.replace("?", object);
    }

    private ScriptRun start(Kind kind, String options) {
        return ScriptRun.start(directory, HANDLERS + server(kind) + options + "Сервер.Начать();\n" + LOOP);
    }

    private static TestPeer connect(Kind kind, int port) throws Exception {
        return kind == Kind.PLAIN ? TestPeer.connect(port) : certificates.connect(port);
    }

    private static byte[] frames(String... texts) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            frames.writeBytes(new byte[] {(byte) bytes.length, 0, 0, 0});
            frames.writeBytes(bytes);
        }
        return frames.toByteArray();
    }

    @ParameterizedTest
    @EnumSource
    void anEchoPrintsFramesAndTextAndAnswers(Kind kind) throws Exception {
        try (ScriptRun script = start(kind, "Сервер.ПроверятьАктивностьКлиента = Истина;\n")) {
            int port = script.port();
            try (TestPeer first = connect(kind, port)) {
                assertThat(script.line()).isEqualTo("вошел 1");
                first.send(frames("привет", "мир"));
                assertThat(script.line()).isEqualTo("1 прислал привет");
                assertThat(script.line()).isEqualTo("1 прислал мир");
                assertThat(first.line()).isEqualTo("всем: 1");
                assertThat(first.line()).isEqualTo("одному: 1");
                try (TestPeer second = connect(kind, port)) {
                    assertThat(script.line()).isEqualTo("вошел 2");
                    second.send("обычный текст");
                    assertThat(script.line()).isEqualTo("2 прислал текст обычный текст");
                    assertThat(second.line()).isEqualTo("всем: 2");
                    assertThat(second.line()).isEqualTo("одному: 2");
                    assertThat(first.line()).isEqualTo("всем: 2");
                }
                assertThat(script.line()).isEqualTo("вышел 2");
            }
            assertThat(script.line()).isEqualTo("вышел 1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMessageIsSentToAllOnly(Kind kind) throws Exception {
        String only = "Сервер.СерверПолучилДанные = МС.Действие(ЭтотОбъект, \"ПришлоВсем\");\n";
        try (ScriptRun script = start(kind, only)) {
            int port = script.port();
            try (TestPeer first = connect(kind, port);
                    TestPeer second = connect(kind, port)) {
                assertThat(script.line()).startsWith("вошел");
                assertThat(script.line()).startsWith("вошел");
                first.send("как есть\n");
                assertThat(first.line()).isEqualTo("как есть");
                assertThat(second.line()).isEqualTo("как есть");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void textIsSentInTheEncodingOfTheServer(Kind kind) throws Exception {
        try (ScriptRun script = start(kind, "Сервер.Кодировка = МС.Кодировка().ASCII;\n");
                TestPeer peer = connect(kind, script.port())) {
            peer.send("x");
            assertThat(peer.line()).isEqualTo("????: 1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void signsOfLifeAreSentInTheInterval(Kind kind) throws Exception {
        String options = "Сервер.ПроверятьАктивностьКлиента = Истина;\nСервер.ИнтервалПроверки = 0.05;\n";
        try (ScriptRun script = start(kind, options);
                TestPeer peer = connect(kind, script.port())) {
            assertThat(peer.line()).startsWith("PING|");
            assertThat(peer.line()).startsWith("PING|");
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientsBeyondTheLimitAreTurnedAway(Kind kind) throws Exception {
        try (ScriptRun script = start(kind, "Сервер.МаксимальноеКоличествоПодключений = 2;\n")) {
            int port = script.port();
            try (TestPeer first = connect(kind, port);
                    TestPeer second = connect(kind, port)) {
                assertThat(script.line()).startsWith("вошел");
                assertThat(script.line()).startsWith("вошел");
                try (TestPeer third = connect(kind, port)) {
                    assertThat(third.line()).isEqualTo("ERROR: Сервер перегружен");
                    assertThat(third.isAtEnd()).isTrue();
                }
                second.send("я здесь");
                assertThat(first.line()).startsWith("всем: ");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMessageBeyondTheLimitEndsItsClient(Kind kind) throws Exception {
        try (ScriptRun script = start(kind, "Сервер.МаксимальныйРазмерСообщения = 20;\n");
                TestPeer peer = connect(kind, script.port())) {
            assertThat(script.line()).isEqualTo("вошел 1");
            peer.send("x".repeat(21));
            assertThat(peer.line()).isEqualTo("ERROR: Превышен размер сообщения");
            assertThat(peer.isAtEnd()).isTrue();
            assertThat(script.line()).isEqualTo("ошибка Превышен размер сообщения для клиента 1. Клиент отключен.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theStateIsTold(Kind kind) throws Exception {
        String tell = "Сообщить(\"Состояние: \" + МС.СостояниеСервера.%s(Сервер.СостояниеСервера));\n";
        String text = HANDLERS + server(kind) + tell.formatted("Имя") + "Сервер.Начать();\n" + tell.formatted("Имя")
                + tell.formatted("Name") + LOOP;
        try (ScriptRun script = ScriptRun.start(directory, text)) {
            assertThat(script.line()).isEqualTo("Состояние: Остановлен");
            assertThat(script.port()).isPositive();
            assertThat(script.line()).isEqualTo("Состояние: Запущен");
            assertThat(script.line()).isEqualTo("Состояние: Running");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatWasStoppedLeavesTheScriptWaiting(Kind kind) throws Exception {
        String text = HANDLERS + server(kind) + """
                Сервер.Начать();
                Сообщить(Сервер.СостояниеСервера = МС.СостояниеСервера.Запущен);
                Сервер.Остановить();
                Сообщить(МС.СостояниеСервера.Имя(Сервер.СостояниеСервера));
                """ + LOOP;
        try (ScriptRun script = ScriptRun.start(directory, text)) {
            assertThat(script.port()).isPositive();
            assertThat(script.line()).isEqualTo("Да");
            assertThat(script.line()).isEqualTo("Начало выключения сервера...");
            assertThat(script.line()).isEqualTo("Сервер полностью остановлен");
            assertThat(script.line()).isEqualTo("Остановлен");
            assertThat(script.hasEnded()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aScriptRunsTheServerOnAJobOfItsOwn(Kind kind) throws Exception {
        String text = HANDLERS.replace(ScriptRun.ATTACH, "") + """
                Процедура Работать(Настройки) Экспорт
                    Код = "Перем Свой;
                        |
                        |Процедура Вошел() Экспорт
                        |    МС.ОбработатьПриПодключенииКлиента(МС.АргументыСобытия);
                        |КонецПроцедуры
                        |
                        |Процедура Вышел() Экспорт
                        |    МС.ОбработатьПриОтключенииКлиента(МС.АргументыСобытия);
                        |КонецПроцедуры
                        |
                        |Процедура Пришло() Экспорт
                        |    МС.ОбработатьСерверПолучилДанные(МС.АргументыСобытия);
                        |КонецПроцедуры
                        |
                        |Процедура Ошибка() Экспорт
                        |    МС.ОбработатьПриОшибкеСервера(МС.АргументыСобытия);
                        |КонецПроцедуры
                        |
                        |Процедура Запустить() Экспорт
                        |    Свой = Сервер;
                        |    Свой.ПриПодключенииКлиента = МС.Действие(ЭтотОбъект, ""Вошел"");
                        |    Свой.ПриОтключенииКлиента = МС.Действие(ЭтотОбъект, ""Вышел"");
                        |    Свой.СерверПолучилДанные = МС.Действие(ЭтотОбъект, ""Пришло"");
                        |    Свой.ПриОшибкеСервера = МС.Действие(ЭтотОбъект, ""Ошибка"");
                        |    Свой.Начать();
                        |    Пока МС.Продолжать Цикл
                        |        МС.ПолучитьСобытие().Выполнить();
                        |    КонецЦикла;
                        |КонецПроцедуры";
                    Контекст = Новый Структура;
                    Контекст.Вставить("МС", Настройки[0]);
                    Контекст.Вставить("Сервер", Настройки[1]);
                    ЗагрузитьСценарийИзСтроки(Код, Контекст).Запустить();
                КонецПроцедуры

                """ + ScriptRun.ATTACH + handlersOf("МС")
                + "Сервер = МС." + kind.maker + "(0);\n" + """
                Настройки = Новый Массив(2);
                Настройки[0] = МС;
                Настройки[1] = Сервер;
                Параметры = Новый Массив(1);
                Параметры[0] = Настройки;
                ФоновыеЗадания.Выполнить(ЭтотОбъект, "Работать", Параметры);
                Пока Истина Цикл
                    Приостановить(1000);
                КонецЦикла;
                """;
        try (ScriptRun script = ScriptRun.start(directory, text)) {
            try (TestPeer peer = connect(kind, script.port())) {
                assertThat(script.line()).isEqualTo("вошел 1");
                peer.send(frames("из задания"));
                assertThat(script.line()).isEqualTo("1 прислал из задания");
                assertThat(peer.line()).isEqualTo("всем: 1");
                assertThat(peer.line()).isEqualTo("одному: 1");
            }
            assertThat(script.line()).isEqualTo("вышел 1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerInTheBackgroundHasTheHandlersOfTheRoot(Kind kind) throws Exception {
        String text = HANDLERS + handlersOf("МС") + "Сервер = МС.Фоновый" + kind.maker + "(0);\n" + """
                Пока Истина Цикл
                    Приостановить(1000);
                КонецЦикла;
                """;
        try (ScriptRun script = ScriptRun.start(directory, text)) {
            try (TestPeer peer = connect(kind, script.port())) {
                assertThat(script.line()).isEqualTo("вошел 1");
                peer.send("фоном");
                assertThat(script.line()).isEqualTo("1 прислал текст фоном");
                assertThat(peer.line()).isEqualTo("всем: 1");
                assertThat(peer.line()).isEqualTo("одному: 1");
            }
            assertThat(script.line()).isEqualTo("вышел 1");
        }
    }

    @Test
    void theCertificateIsFoundByThePathOfTheScript() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("запуск"));
        Path file = directory.resolve("сервер.os");
        Files.writeString(file, HANDLERS + """
                Папка = Новый Файл(ТекущийСценарий().Источник).Путь;
                Сервер = МС.МногопоточныйСерверSSL(0, ОбъединитьПути(Папка, "certificate.pfx"), "swordfish20231223");
                Сервер.СерверПолучилДанные = МС.Действие(ЭтотОбъект, "Пришло");
                Сервер.Начать();
                """ + LOOP);
        try (ScriptRun script = ScriptRun.start(file, elsewhere);
                TestPeer peer = certificates.connect(script.port())) {
            peer.send("тайна");
            assertThat(peer.line()).isEqualTo("всем: 1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ASCII", "UTF7", "UTF8", "Юникод", "ОбратнаяUTF16", "ПоУмолчанию"})
    void encodingsArePrintedAndTheScriptWaits(String name) throws Exception {
        String text = ScriptRun.ATTACH + "К = МС.Кодировка()." + name + ";\n" + """
                Сообщить("Тип " + ТипЗнч(К) + ", " + К.ИмяWeb + ", " + К.ИмяЗаголовка + ", " + К.ИмяТела);
                Буфер = К.ПолучитьБайты("Az");
                Байты = "";
                Для А = 0 По Буфер.Размер - 1 Цикл
                    Байты = Байты + Буфер.Получить(А) + " ";
                КонецЦикла;
                Сообщить("Байты " + Байты + "из " + К.КоличествоБайтов("Az"));
                """ + LOOP;
        try (ScriptRun script = ScriptRun.start(directory, text)) {
            assertThat(script.line()).startsWith("Тип МсКодировка, ");
            assertThat(script.line()).matches("Байты (0 )?65 (0 )?(0 )?122 (0 )?из [24]");
            assertThat(script.hasEnded()).isFalse();
        }
    }

    @Test
    void aTextOfSeveralLinesIsPrinted() throws Exception {
        String text = ScriptRun.ATTACH + """
                Сообщить("первая" + МС.НоваяСтрока
                    + "вторая" + МС.NewLine
                    + "третья");
                """;
        try (ScriptRun script = ScriptRun.start(directory, text)) {
            assertThat(script.line()).isEqualTo("первая");
            assertThat(script.line()).isEqualTo("вторая");
            assertThat(script.line()).isEqualTo("третья");
            assertThat(script.exitCode()).isZero();
        }
    }
}
