package dev.tramway.server.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.tramway.server.internal.config.ConfigException;
import dev.tramway.server.internal.config.ConfigFile;
import dev.tramway.server.internal.telemetry.Views.ListenerView;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Scripts in the server: as a listener, and told of readings. Whatever they do, others go on. */
class ScriptsTest {
    private static final String SERIAL = "00200110";

    private static final String SERVER = """
            Перем МС, Сервер;

            Процедура Пришло() Экспорт
            	Аргументы = МС.АргументыСобытия;
            	WORK
            	Сервер.ОтправитьКлиенту(Аргументы.ИдентификаторКлиента, Аргументы.Данные);
            КонецПроцедуры

            ПодключитьВнешнююКомпоненту("MultithreadedTCPServer.dll");
            МС = Новый МногопоточныйTCPСерверДляОдноСкрипта();
            Сервер = МС.МногопоточныйСервер(Число(АргументыКоманднойСтроки[0]));
            Сервер.СерверПолучилДанные = МС.Действие(ЭтотОбъект, "Пришло");
            Сервер.Начать();
            Пока МС.Продолжать Цикл
            	МС.ПолучитьСобытие().Выполнить();
            КонецЦикла;
            """;

    private static final String SERVING = """
            listeners:
              plant: { port: 0, protocol: aqua-plc, unknown: accept }
              own: { role: script, port: 0, script: own.os }
            """;

    private static final String TOLD = """
            listeners:
              plant: { port: 0, protocol: aqua-plc, unknown: accept, script: own.os }
            """;

    @TempDir
    private Path directory;

    private final LogLines lines = new LogLines();
    private final List<String> log = lines.messages();

    @BeforeEach
    void listenToTheLog() {
        ((Logger) LoggerFactory.getLogger("dev.tramway.script")).setLevel(Level.INFO);
    }

    @AfterEach
    void leaveTheLog() {
        ((Logger) LoggerFactory.getLogger("dev.tramway.script")).setLevel(null);
        lines.close();
    }

    private void script(String text) {
        TelemetryTest.write(directory.resolve("own.os"), text);
    }

    private static String server(String work) {
        return SERVER.replace("WORK", work);
    }

    private static Socket connect(Plant plant) throws IOException {
        Plant.until(
                "the script listens", () -> !plant.listener("own").addresses().isEmpty());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), plant.port("own"));
        socket.setSoTimeout((int) Plant.LIMIT.toMillis());
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String receive(Socket socket, int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), StandardCharsets.UTF_8);
    }

    private static void awaitEnd(Socket socket) throws IOException {
        try (InputStream in = socket.getInputStream()) {
            while (in.read() >= 0) {
                // What was sent before it ended.
            }
        } catch (SocketException reset) {
            // Ended too.
        }
    }

    private void awaitLog(String words) {
        Plant.until(words, () -> log.stream().anyMatch(line -> line.contains(words)));
    }

    // ---- as a listener ----------------------------------------------------------------------------------------------

    @Test
    void aScriptServesItsPort() throws IOException {
        script(server(""));
        try (var plant = new Plant(directory, SERVING);
                Socket client = connect(plant)) {
            send(client, "good morning");
            assertThat(receive(client, 12)).isEqualTo("good morning");
            ListenerView seen = plant.listener("own");
            assertThat(seen.role()).isEqualTo("script");
            assertThat(seen.sessions()).isEqualTo(1);
            assertThat(seen.bytesIn()).isEqualTo(12);
        }
    }

    @Test
    void limitsAreThoseOfTheConfiguration() throws IOException {
        script(server(""));
        String limited = SERVING.replace("script: own.os", "script: own.os, limits: { connections: 1 }");
        try (var plant = new Plant(directory, limited);
                Socket first = connect(plant)) {
            send(first, "in");
            assertThat(receive(first, 2)).isEqualTo("in");
            try (Socket second = connect(plant)) {
                awaitEnd(second);
            }
            assertThat(plant.listener("own").refused()).isEqualTo(1);
        }
    }

    @Test
    void anErrorEndsTheScriptWhichStartsAgainWhileOthersGoOn() throws IOException {
        script(server("Если Аргументы.Данные.Размер = 4 Тогда ВызватьИсключение \"сломано\"; КонецЕсли;"));
        try (var plant = new Plant(directory, SERVING);
                var device = plant.device("plant")) {
            device.measure(SERIAL, 1, 1).awaitAcknowledgement(1);
            try (Socket client = connect(plant)) {
                send(client, "boom");
                awaitEnd(client);
            }
            awaitLog("сломано");
            device.measure(SERIAL, 2, 2).awaitAcknowledgement(2);
            try (Socket client = connect(plant)) {
                send(client, "again");
                assertThat(receive(client, 5)).isEqualTo("again");
            }
        }
    }

    @Test
    void anEndlessLoopIsEnded() throws IOException {
        script(server("Пока Истина Цикл КонецЦикла;"));
        try (var plant = new Plant(directory, SERVING);
                var device = plant.device("plant");
                Socket client = connect(plant)) {
            send(client, "x");
            device.measure(SERIAL, 1, 1).awaitAcknowledgement(1);
            awaitEnd(client);
            awaitLog("предел числа шагов");
            device.measure(SERIAL, 2, 2).awaitAcknowledgement(2);
        }
    }

    @Test
    void filesAndOtherPortsAreDenied() {
        script("Сообщить(Новый ЧтениеТекста(\"own.os\").Прочитать());");
        try (var plant = new Plant(directory, SERVING)) {
            awaitLog("READ_FILES");
            assertThat(plant.listener("own").addresses()).isEmpty();
        }
        script(server("").replace("Число(АргументыКоманднойСтроки[0])", "1"));
        try (var plant = new Plant(directory, SERVING)) {
            awaitLog("LISTEN, 1");
            assertThat(plant.listener("own").addresses()).isEmpty();
        }
    }

    @Test
    void aChangedScriptIsTakenAndNobodyElseNotices() throws IOException {
        script(server(""));
        try (var plant = new Plant(directory, SERVING);
                var device = plant.device("plant");
                Socket client = connect(plant)) {
            device.measure(SERIAL, 1, 1).awaitAcknowledgement(1);
            script(server("Если Тогда"));
            assertThat(plant.reload(SERVING)).singleElement().asString().contains("not taken", "own.os:5:");
            send(client, "still");
            assertThat(receive(client, 5)).isEqualTo("still");
            script(server("Сервер.ОтправитьКлиенту(Аргументы.ИдентификаторКлиента, \"new \");"));
            assertThat(plant.reload(SERVING)).containsExactly("own started");
            awaitEnd(client);
            try (Socket next = connect(plant)) {
                send(next, "hello");
                assertThat(receive(next, 10)).isEqualTo("new \nhello");
            }
            device.measure(SERIAL, 2, 2).awaitAcknowledgement(2);
        }
    }

    @Test
    void mistakesAreSaidWithTheLineOfTheScript() {
        TelemetryTest.write(directory.resolve("server.yaml"), SERVING);
        assertThatThrownBy(() -> ConfigFile.load(directory.resolve("server.yaml"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("server.yaml:3:")
                .hasMessageContaining("no file");
        script("А = 1;\nЕсли А Тогда\n");
        assertThatThrownBy(() -> ConfigFile.load(directory.resolve("server.yaml"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("server.yaml:3:")
                .hasMessageContaining("own.os:");
        script("Процедура Другая() Экспорт КонецПроцедуры");
        TelemetryTest.write(directory.resolve("server.yaml"), TOLD);
        assertThatThrownBy(() -> ConfigFile.load(directory.resolve("server.yaml"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("OnReadings");
    }

    // ---- told of readings -------------------------------------------------------------------------------------------

    @Test
    void aScriptSeesTheReadings() {
        script("""
                Перем Всего;

                Процедура ПриПолученииПоказаний(Сообщение) Экспорт
                	Для Каждого П Из Сообщение.Показания Цикл
                		Всего = Всего + 1;
                		Сообщить("" + Всего + ": " + Сообщение.Слушатель + " " + Сообщение.Устройство + " " + П.Имя + " "
                			+ (П.Значение + 0.5) + " " + П.Качество + " " + (П.ВремяСервера >= П.ВремяУстройства));
                	КонецЦикла;
                КонецПроцедуры

                Всего = 0;
                """);
        try (var plant = new Plant(directory, TOLD);
                var device = plant.device("plant")) {
            device.measure(SERIAL, 1, 1).awaitAcknowledgement(1);
            awaitLog("plant: 1: plant " + SERIAL);
            device.measure(SERIAL, 2, 2).awaitAcknowledgement(2);
            awaitLog("plant: 2: plant " + SERIAL);
            assertThat(log).anyMatch(line -> line.contains("good"));
        }
    }

    @Test
    void theSameInEnglish() {
        script("""
                Procedure OnReadings(Told) Export
                	Message(Told.Device + " has " + Told.Readings.Count() + ": " + Told.Readings[0].Value);
                EndProcedure
                """);
        try (var plant = new Plant(directory, TOLD);
                var device = plant.device("plant")) {
            device.measure(SERIAL, 1, 7).awaitAcknowledgement(1);
            awaitLog(SERIAL + " has 1: 7");
        }
    }

    @Test
    void aScriptThatFailsOrLoopsCostsNobodyAReading() {
        script("""
                Процедура ПриПолученииПоказаний(Сообщение) Экспорт
                	Если Сообщение.Показания[0].Значение = 1 Тогда
                		ВызватьИсключение "не нравится";
                	ИначеЕсли Сообщение.Показания[0].Значение = 2 Тогда
                		Пока Истина Цикл КонецЦикла;
                	КонецЕсли;
                	Сообщить("получено");
                КонецПроцедуры
                """);
        try (var plant = new Plant(directory, TOLD);
                var device = plant.device("plant")) {
            for (int i = 1; i <= 3; i++) {
                device.measure(SERIAL, i, i).awaitAcknowledgement(i);
            }
            awaitLog("не нравится");
            awaitLog("получено");
            var seen = plant.listener("plant").script().orElseThrow();
            assertThat(seen.calls()).isEqualTo(3);
            assertThat(seen.errors()).isEqualTo(2);
            assertThat(plant.store.words()).hasSize(3);
        }
    }
}
