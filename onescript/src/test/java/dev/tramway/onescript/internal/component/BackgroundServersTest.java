package dev.tramway.onescript.internal.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose events are handled on a job, while the script goes on. */
class BackgroundServersTest {
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
                Если Текст = "сбой" Тогда
                    ВызватьИсключение "так и задумано";
                КонецЕсли;
                Сервер.ОтправитьКлиенту(МС.АргументыСобытия.ИдентификаторКлиента,
                    "эхо " + Текст + МС.АргументыСобытия.Параметр);
            КонецПроцедуры

            """;

    private static final String ROOT_HANDLERS = """
            МС.ПриПодключенииКлиента = МС.Действие(ЭтотОбъект, "Вошел");
            МС.ПриОтключенииКлиента = МС.Действие(ЭтотОбъект, "Вышел");
            МС.СерверПолучилДанные = МС.Действие(ЭтотОбъект, "Пришло", "!");
            МС.ПриОшибкеСервера = МС.Действие(ЭтотОбъект, "Ошибка");
            """;

    private static final String SLEEP = """
            Пока Истина Цикл
                Приостановить(1000);
            КонецЦикла;
            """;

    @TempDir
    Path directory;

    @Test
    void handlersOfTheRootObjectRunOnAJob() throws Exception {
        String text =
                HANDLERS + ScriptRun.ATTACH + ROOT_HANDLERS + "Сервер = МС.ФоновыйМногопоточныйСервер(0);\n" + SLEEP;
        try (ScriptRun script = ScriptRun.start(directory, text);
                TestPeer peer = TestPeer.connect(script.port())) {
            assertThat(script.line()).isEqualTo("вошел 1");
            peer.send("привет");
            assertThat(peer.line()).isEqualTo("эхо привет!");
            peer.close();
            assertThat(script.line()).isEqualTo("вышел 1");
        }
    }

    @Test
    void errorInAHandlerIsToldAndTheServerGoesOn() throws Exception {
        String text =
                HANDLERS + ScriptRun.ATTACH + ROOT_HANDLERS + "Сервер = МС.ФоновыйМногопоточныйСервер(0);\n" + SLEEP;
        try (ScriptRun script = ScriptRun.start(directory, text);
                TestPeer peer = TestPeer.connect(script.port())) {
            assertThat(script.line()).isEqualTo("вошел 1");
            peer.send("сбой");
            assertThat(script.line()).isEqualTo("ошибка Ошибка обработки сообщения: так и задумано");
            peer.send("дальше");
            assertThat(peer.line()).isEqualTo("эхо дальше!");
        }
    }

    @Test
    void serverThatCannotStartIsUndefined() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String text = HANDLERS + ScriptRun.ATTACH + ROOT_HANDLERS + """
                    Сервер = МС.ФоновыйМногопоточныйСервер(Число(АргументыКоманднойСтроки[0]));
                    Сообщить("сервер" + Сервер);
                    """ + SLEEP;
            try (ScriptRun script = ScriptRun.start(directory, text, taken.getLocalPort())) {
                assertThat(script.line()).startsWith("Критическая ошибка: ");
                String first = script.line();
                String second = script.line();
                assertThat(new String[] {first, second})
                        .contains("сервер")
                        .anyMatch(line -> line.startsWith("ошибка Ошибка сервера: "));
            }
        }
    }

    /** The third way of the manual: the script writes by itself what the background server does. */
    @Test
    void scriptMayRunTheServerOnAJobOfItsOwn() throws Exception {
        String text = HANDLERS + """
                Процедура Работать() Экспорт
                    Код = "Перем Сервер;
                        |
                        |Процедура Вошел() Экспорт
                        |    МС.ОбработатьПриПодключенииКлиента(МС.АргументыСобытия);
                        |КонецПроцедуры
                        |
                        |Процедура Пришло() Экспорт
                        |    МС.ОбработатьСерверПолучилДанные(МС.АргументыСобытия);
                        |КонецПроцедуры
                        |
                        |Процедура Запустить(Параметр) Экспорт
                        |    Сервер = МС.МногопоточныйСервер(0);
                        |    Параметр.Вставить(""Сервер"", Сервер);
                        |    Сервер.ПриПодключенииКлиента = МС.Действие(ЭтотОбъект, ""Вошел"");
                        |    Сервер.СерверПолучилДанные = МС.Действие(ЭтотОбъект, ""Пришло"");
                        |    Пока Не Параметр.Свойство(""Взят"") Цикл
                        |        Приостановить(1);
                        |    КонецЦикла;
                        |    Сервер.Начать();
                        |    Пока МС.Продолжать Цикл
                        |        МС.ПолучитьСобытие().Выполнить();
                        |    КонецЦикла;
                        |КонецПроцедуры";
                    Контекст = Новый Структура("МС", МС);
                    Сценарий = ЗагрузитьСценарийИзСтроки(Код, Контекст);
                    Сценарий.Запустить(Общее);
                КонецПроцедуры

                """ + ScriptRun.ATTACH + ROOT_HANDLERS + """
                Общее = Новый Структура;
                Параметры = Новый Массив(0);
                ФоновыеЗадания.Выполнить(ЭтотОбъект, "Работать", Параметры);
                Пока Не Общее.Свойство("Сервер") Цикл
                    Приостановить(1);
                КонецЦикла;
                Сервер = Общее.Сервер;
                Общее.Вставить("Взят");
                """ + SLEEP;
        text = text.replace("Перем МС, Сервер;", "Перем МС, Сервер, Общее;");
        try (ScriptRun script = ScriptRun.start(directory, text);
                TestPeer peer = TestPeer.connect(script.port())) {
            assertThat(script.line()).isEqualTo("вошел 1");
            peer.send("привет");
            assertThat(peer.line()).isEqualTo("эхо привет!");
        }
    }
}
