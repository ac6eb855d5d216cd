package dev.tramway.onescript.internal.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose events the script takes one by one. */
class ServerScriptsTest {
    private static final String HANDLERS = """
            Перем МС, Сервер;

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
                Текст = ПолучитьСтрокуИзБуфераДвоичныхДанных(МС.АргументыСобытия.Данные);
                Если Текст = "все" Тогда
                    Сервер.ОтправитьВсем("всем");
                ИначеЕсли Текст = "стоп" Тогда
                    МС.Продолжать = Ложь;
                ИначеЕсли Текст = "сбой" Тогда
                    ВызватьИсключение "так и задумано";
                Иначе
                    Сервер.ОтправитьКлиенту(МС.АргументыСобытия.ИдентификаторКлиента, "эхо " + Текст);
                КонецЕсли;
            КонецПроцедуры

            """;

    private static final String SERVER = """
            Сервер = МС.МногопоточныйСервер(0);
            Сервер.ПриПодключенииКлиента = МС.Действие(ЭтотОбъект, "Вошел");
            Сервер.ПриОтключенииКлиента = МС.Действие(ЭтотОбъект, "Вышел");
            Сервер.СерверПолучилДанные = МС.Действие(ЭтотОбъект, "Пришло");
            Сервер.ПриОшибкеСервера = МС.Действие(ЭтотОбъект, "Ошибка");
            """;

    private static final String PUMP = """
            Пока МС.Продолжать Цикл
                МС.ПолучитьСобытие().Выполнить();
            КонецЦикла;
            """;

    @TempDir
    Path directory;

    private ScriptRun echo(String options) {
        return ScriptRun.start(
                directory,
                HANDLERS + ScriptRun.ATTACH + SERVER + options + "Сервер.Начать();\n" + PUMP
                        + "Сервер.Остановить();\nСообщить(\"конец\");\n");
    }

    @Test
    void tellsEachEventAndAnswersTheSender() throws Exception {
        try (ScriptRun script = echo("");
                TestPeer first = TestPeer.connect(script.port())) {
            assertThat(script.line()).isEqualTo("вошел 1");
            first.send("привет");
            assertThat(first.line()).isEqualTo("эхо привет");
            first.close();
            assertThat(script.line()).isEqualTo("вышел 1");
        }
    }

    @Test
    void broadcastReachesEveryClient() throws Exception {
        try (ScriptRun script = echo("")) {
            int port = script.port();
            try (TestPeer first = TestPeer.connect(port);
                    TestPeer second = TestPeer.connect(port)) {
                assertThat(script.line()).startsWith("вошел ");
                assertThat(script.line()).startsWith("вошел ");
                first.send("все");
                assertThat(first.line()).isEqualTo("всем");
                assertThat(second.line()).isEqualTo("всем");
            }
        }
    }

    @Test
    void scriptEndsItsLoopAndStopsTheServer() throws Exception {
        try (ScriptRun script = echo("");
                TestPeer peer = TestPeer.connect(script.port())) {
            assertThat(script.line()).isEqualTo("вошел 1");
            peer.send("стоп");
            assertThat(peer.line()).isEqualTo("SERVER_SHUTDOWN");
            assertThat(peer.isAtEnd()).isTrue();
            assertThat(script.line()).isEqualTo("Начало выключения сервера...");
            assertThat(script.exitCode()).isZero();
        }
    }

    @Test
    void errorInAHandlerEndsTheScript() throws Exception {
        try (ScriptRun script = echo("");
                TestPeer peer = TestPeer.connect(script.port())) {
            assertThat(script.line()).isEqualTo("вошел 1");
            peer.send("сбой");
            assertThat(script.line()).startsWith("ERROR").contains("так и задумано");
            assertThat(script.exitCode()).isEqualTo(1);
            assertThat(peer.isAtEnd()).isTrue();
        }
    }

    @Test
    void resetIsTheEndOfAClientOnce() throws Exception {
        try (ScriptRun script = echo("")) {
            int port = script.port();
            TestPeer lost = TestPeer.connect(port);
            assertThat(script.line()).isEqualTo("вошел 1");
            lost.reset();
            assertThat(script.line()).startsWith("ошибка Ошибка чтения от клиента 1: ");
            assertThat(script.line()).isEqualTo("вышел 1");
            try (TestPeer next = TestPeer.connect(port)) {
                assertThat(script.line()).isEqualTo("вошел 2");
                next.close();
                assertThat(script.line()).isEqualTo("вышел 2");
            }
        }
    }

    @Test
    void clientBeyondTheLimitIsTurnedAway() throws Exception {
        try (ScriptRun script = echo("Сервер.МаксимальноеКоличествоПодключений = 1;\n")) {
            int port = script.port();
            try (TestPeer first = TestPeer.connect(port)) {
                assertThat(script.line()).isEqualTo("вошел 1");
                try (TestPeer second = TestPeer.connect(port)) {
                    assertThat(second.line()).isEqualTo("ERROR: Сервер перегружен");
                    assertThat(second.isAtEnd()).isTrue();
                }
                first.send("а");
                assertThat(first.line()).isEqualTo("эхо а");
            }
            assertThat(script.line()).isEqualTo("вышел 1");
        }
    }

    @Test
    void tooLongAMessageEndsItsClient() throws Exception {
        try (ScriptRun script = echo("Сервер.МаксимальныйРазмерСообщения = 20;\n");
                TestPeer peer = TestPeer.connect(script.port())) {
            assertThat(script.line()).isEqualTo("вошел 1");
            peer.send("12345678901234567890");
            assertThat(peer.line()).isEqualTo("эхо 12345678901234567890");
            peer.send("123456789012345678901");
            assertThat(peer.line()).isEqualTo("ERROR: Превышен размер сообщения");
            assertThat(peer.isAtEnd()).isTrue();
            peer.close();
            assertThat(script.line()).isEqualTo("ошибка Превышен размер сообщения для клиента 1. Клиент отключен.");
            assertThat(script.line()).isEqualTo("вышел 1");
        }
    }

    @Test
    void clientsAreSentSignsOfLife() throws Exception {
        String options = "Сервер.ПроверятьАктивностьКлиента = Истина;\nСервер.ИнтервалПроверки = 0.05;\n";
        try (ScriptRun script = echo(options);
                TestPeer peer = TestPeer.connect(script.port())) {
            for (int i = 0; i < 3; i++) {
                assertThat(peer.line())
                        .matches("PING\\|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}[+-]\\d\\d:\\d\\d");
            }
        }
    }

    @Test
    void textIsSentInTheEncodingOfTheServer() throws Exception {
        try (ScriptRun script = echo("Сервер.Кодировка = МС.Кодировка().ASCII;\n");
                TestPeer peer = TestPeer.connect(script.port())) {
            peer.send("x");
            assertThat(new String(peer.bytes(6), StandardCharsets.US_ASCII)).isEqualTo("??? x\n");
        }
    }

    @Test
    void stateHasNamesInBothLanguages() throws Exception {
        String text = ScriptRun.ATTACH + """
                Сервер = МС.МногопоточныйСервер(0);
                Сообщить(МС.СостояниеСервера.Имя(Сервер.СостояниеСервера));
                Сервер.Начать();
                Сообщить(МС.СостояниеСервера.Имя(Сервер.СостояниеСервера));
                Сообщить(МС.СостояниеСервера.Name(Сервер.СостояниеСервера));
                Сообщить(Сервер.СостояниеСервера = МС.СостояниеСервера.Запущен);
                Сервер.Остановить();
                Сообщить(МС.СостояниеСервера.Имя(Сервер.СостояниеСервера));
                Сообщить(МС.СостояниеСервера.Name(17));
                Для Каждого Номер Из МС.СостояниеСервера Цикл
                    Сообщить(Номер);
                КонецЦикла;
                """;
        try (ScriptRun script = ScriptRun.start(directory, text)) {
            assertThat(script.line()).isEqualTo("Остановлен");
            assertThat(script.port()).isPositive();
            assertThat(script.line()).isEqualTo("Запущен");
            assertThat(script.line()).isEqualTo("Running");
            assertThat(script.line()).isEqualTo("Да");
            assertThat(script.line()).isEqualTo("Начало выключения сервера...");
            assertThat(script.line()).isEqualTo("Сервер полностью остановлен");
            assertThat(script.line()).isEqualTo("Остановлен");
            assertThat(script.line()).isEqualTo("17");
            for (String number : new String[] {"2", "1", "0", "4", "3"}) {
                assertThat(script.line()).isEqualTo(number);
            }
            assertThat(script.exitCode()).isZero();
        }
    }

    @Test
    void serverCanBeStartedAgain() throws Exception {
        String text = HANDLERS + ScriptRun.ATTACH + SERVER + """
                Сервер.Начать();
                Сервер.Остановить();
                Сервер.Начать();
                """ + PUMP;
        try (ScriptRun script = ScriptRun.start(directory, text)) {
            assertThat(script.port()).isPositive();
            assertThat(script.line()).isEqualTo("Начало выключения сервера...");
            assertThat(script.line()).isEqualTo("Сервер полностью остановлен");
            try (TestPeer peer = TestPeer.connect(script.port())) {
                peer.send("снова");
                assertThat(peer.line()).isEqualTo("эхо снова");
            }
        }
    }

    @Test
    void portThatIsTakenIsPrintedAndTheStateStays() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String text = ScriptRun.ATTACH + """
                    Сервер = МС.МногопоточныйСервер(Число(АргументыКоманднойСтроки[0]));
                    Сервер.Начать();
                    Сообщить(Сервер.СостояниеСервера);
                    """;
            try (ScriptRun script = ScriptRun.start(directory, text, taken.getLocalPort())) {
                assertThat(script.line()).startsWith("Критическая ошибка: ");
                assertThat(script.line()).isEqualTo("1");
            }
        }
    }

    @Test
    void handlerFindsTheParameterOfItsAction() throws Exception {
        String text = """
                Перем МС;

                Процедура Вошел() Экспорт
                    Сообщить(МС.АргументыСобытия.Параметр["Поле1"] + МС.АргументыСобытия.Параметр.Поле2);
                КонецПроцедуры

                """ + ScriptRun.ATTACH + """
                Сервер = МС.МногопоточныйСервер(0);
                Действие = МС.Действие(ЭтотОбъект, "");
                Действие.ИмяМетода = "Вошел";
                Действие.Параметр = Новый Структура("Поле1, Поле2", "раз", "два");
                Сообщить("" + Действие.Сценарий + " " + ТипЗнч(Действие));
                Сервер.ПриПодключенииКлиента = Действие;
                Сообщить(МС.АргументыСобытия = Неопределено);
                Сервер.Начать();
                МС.ПолучитьСобытие().Выполнить();
                """;
        try (ScriptRun script = ScriptRun.start(directory, text)) {
            assertThat(script.line()).isEqualTo("Сценарий МсДействие");
            assertThat(script.line()).isEqualTo("Да");
            try (TestPeer peer = TestPeer.connect(script.port())) {
                assertThat(script.line()).isEqualTo("раздва");
                assertThat(script.exitCode()).isZero();
                assertThat(peer.isAtEnd()).isTrue();
            }
        }
    }

    @Test
    void onlyActionsOfTheComponentAreHandlers() throws Exception {
        String text = ScriptRun.ATTACH + """
                Сервер = МС.МногопоточныйСервер(0);
                Сервер.СерверПолучилДанные = Неопределено;
                Сервер.СерверПолучилДанные = "Пришло";
                """;
        try (ScriptRun script = ScriptRun.start(directory, text)) {
            assertThat(script.line()).startsWith("ERROR").contains("Неверный тип аргумента");
        }
    }

    @Test
    void twoServersOfOneScriptShareTheQueue() throws Exception {
        String text = """
                Перем МС, А, Б;

                Процедура ПришлоА() Экспорт
                    А.ОтправитьКлиенту(МС.АргументыСобытия.ИдентификаторКлиента, "А" + МС.АргументыСобытия.Данные.Размер);
                КонецПроцедуры

                Процедура ПришлоБ() Экспорт
                    Б.ОтправитьКлиенту(МС.АргументыСобытия.ИдентификаторКлиента, "Б" + МС.АргументыСобытия.Данные.Размер);
                КонецПроцедуры

                """ + ScriptRun.ATTACH + """
                А = МС.МногопоточныйСервер(0);
                Б = МС.МногопоточныйСервер(0);
                А.СерверПолучилДанные = МС.Действие(ЭтотОбъект, "ПришлоА");
                Б.СерверПолучилДанные = МС.Действие(ЭтотОбъект, "ПришлоБ");
                А.Начать();
                Б.Начать();
                """ + PUMP;
        try (ScriptRun script = ScriptRun.start(directory, text);
                TestPeer first = TestPeer.connect(script.port());
                TestPeer second = TestPeer.connect(script.port())) {
            first.send("1");
            second.send("22");
            assertThat(first.line()).isEqualTo("А1");
            assertThat(second.line()).isEqualTo("Б2");
        }
    }

    @Test
    void everythingHasAnEnglishName() throws Exception {
        String text = """
                Var Root, Server;

                Procedure Joined() Export
                    Message("joined " + Root.EventArgs.ClientId);
                EndProcedure

                Procedure Left() Export
                    Message("left " + Root.EventArgs.ClientId);
                    Root.GoOn = False;
                EndProcedure

                Procedure Got() Export
                    Server.SendToClient(Root.EventArgs.ClientId, Root.EventArgs.Data);
                    Server.SendToAll("to all " + Server.ActiveClientsNumber);
                EndProcedure

                AttachAddIn("MultithreadedTCPServer.dll");
                Root = New OneScriptMultithreadedTCPServer();
                Server = Root.MultithreadedServer(0);
                Server.ClientConnected = Root.Action(ThisObject, "Joined");
                Server.ClientDisconnected = Root.Action(ThisObject, "Left");
                Server.MessageReceived = Root.Action(ThisObject, "Got");
                Server.CheckClientActivity = False;
                Server.Encoding = Root.Encoding().UTF8;
                Server.Start();
                While Root.GoOn Do
                    Root.DoEvents().Execute();
                EndDo;
                Server.Stop();
                """;
        try (ScriptRun script = ScriptRun.start(directory, text);
                TestPeer peer = TestPeer.connect(script.port())) {
            assertThat(script.line()).isEqualTo("joined 1");
            peer.send("same\n");
            assertThat(peer.line()).isEqualTo("same");
            assertThat(peer.line()).isEqualTo("to all 1");
            peer.close();
            assertThat(script.line()).isEqualTo("left 1");
            assertThat(script.exitCode()).isZero();
        }
    }
}
