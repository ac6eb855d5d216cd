package dev.tramway.server.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.Transport;
import dev.tramway.Waiting;
import dev.tramway.frames.Protocol;
import dev.tramway.server.internal.ServeSettings;
import dev.tramway.server.internal.ServeSettings.LoopSettings;
import dev.tramway.server.internal.Serving;
import dev.tramway.server.internal.config.ConfigFile;
import dev.tramway.server.internal.simulate.DeviceModel;
import dev.tramway.server.internal.simulate.Faults;
import dev.tramway.server.internal.simulate.Fleet;
import dev.tramway.server.internal.simulate.FleetSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Dimension;

/**
 * Devices that are simulated, the server, and its page in a browser. With {@code -Dtramway.screenshots=DIRECTORY} it keeps the
 * pictures that the documents show.
 */
class PlantPageTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Optional<Path> PICTURES =
            Optional.ofNullable(System.getProperty("tramway.screenshots")).map(Path::of);

    private static final String CONFIGURATION = """
            listeners:
              plant: { protocol: aqua-plc, port: 0, unknown: accept }
              gate: { protocol: aqua-plc, port: 0 }
            devices:
              pump-house:
                serial: "00200110"
                protocol: aqua-plc
                slaves:
                  pump-2:
                    code: 1
                    sensors:
                      level:
                        code: 3
                        channels: { surface: 1, bottom: 2, inlet: 3, outlet: 4 }
                        alarm: { high-high: 90, high: 13, low: 2, low-low: 1, hysteresis: 0.5 }
            api: { port: 0 }
            state: state
            """;

    @TempDir
    private Path directory = Path.of("");

    private Serving serving() throws Exception {
        Path file = directory.resolve("server.yaml");
        Files.writeString(file, CONFIGURATION);
        return Serving.start(new ServeSettings(
                ConfigFile.load(file, Map.of()),
                Optional.of(file),
                List.of("localhost"),
                new LoopSettings(2, Transport.AUTO, Waiting.block(), 0)));
    }

    private static Fleet devices(Serving serving, String listener, int count, int first) {
        int port = serving.listeners().stream()
                .filter(one -> one.config().name().equals(listener))
                .findFirst()
                .orElseThrow()
                .addresses()
                .getFirst()
                .getPort();
        var choice = new DeviceModel.Choice(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(new DeviceModel.Vary("ch", 1, 4)));
        return Fleet.start(new FleetSettings(
                DeviceModel.of(Protocol.builtin("aqua-plc"), choice),
                "127.0.0.1",
                port,
                List.of(),
                count,
                first,
                Duration.ofMillis(500),
                Duration.ZERO,
                Duration.ofSeconds(30),
                1_000,
                Optional.empty(),
                Faults.NONE,
                1,
                Optional.empty()));
    }

    @Test
    @Timeout(600) // pictures need time for values to move
    void devicesAreSeenAndCommandedAndAccepted() throws Exception {
        try (Browser browser = Browser.open();
                Serving serving = serving();
                Fleet plant = devices(serving, "plant", PICTURES.isPresent() ? 40 : 5, 0);
                Fleet unknown = devices(serving, "gate", 2, 5_000)) {
            int port = serving.page().orElseThrow().getPort();

            browser.show(port, "");
            browser.until("traffic", () -> !browser.text(".figures").contains("Messages received\n0/s"));
            if (PICTURES.isPresent()) {
                Thread.sleep(Duration.ofSeconds(70)); // so that there is a course to be seen
            }
            keep(browser, "page-overview.png");

            browser.show(port, "devices");
            browser.until("devices", () -> browser.text("main tbody").contains("pump-2/level"));
            keep(browser, "page-devices.png");

            browser.show(port, "devices/pump-house");
            browser.until(
                    "the form", () -> browser.all("select[name=command] option").size() > 3);
            browser.choose("select[name=command]", "relay");
            browser.find("input[name=relay]").sendKeys("3");
            browser.find("input[name=operation]").sendKeys("1");
            browser.find("form button.main").click();
            browser.until(
                    "the device has confirmed it",
                    () -> !browser.all(".steps[aria-label=confirmed]").isEmpty());
            assertThat(plant.stats().answered()).isEqualTo(1);
            browser.find("#trace").click();
            browser.until(
                    "frames both ways",
                    () -> !browser.all("li.frame.up").isEmpty()
                            && !browser.all("li.frame.down").isEmpty());
            assertThat(browser.text("li.frame.up .decoded")).contains("value");
            if (PICTURES.isPresent()) {
                browser.until("a course", () -> browser.all(".spark").size() == 4);
                browser.size(new Dimension(1440, 2000));
                Thread.sleep(Duration.ofSeconds(20));
                keep(browser, "page-device.png");
                browser.size(Browser.DESKTOP);
            }

            browser.show(port, "waiting");
            browser.until("unknown devices", () -> browser.all("main tbody tr").size() == 2);
            keep(browser, "page-quarantine.png");
            browser.find("main tbody tr button.main").click();
            browser.until("one is known", () -> browser.all("main tbody tr").size() == 1);
            browser.until("it is acknowledged", () -> unknown.stats().acknowledged() > 0);

            if (PICTURES.isPresent()) {
                browser.show(port, "alarms");
                browser.until("an alarm", () -> !browser.all("main tbody tr").isEmpty());
                browser.find("#theme").click();
                keep(browser, "page-alarms.png");
                browser.show(port, "");
                keep(browser, "page-dark.png");
                browser.size(new Dimension(390, 844));
                browser.show(port, "devices");
                browser.until("devices", () -> browser.all("main tbody tr").size() > 10);
                keep(browser, "page-phone.png");
            }
            browser.assertNoErrors();
            assertThat(plant.stop(LIMIT).waiting()).isZero();
        }
    }

    private static void keep(Browser browser, String name) {
        PICTURES.ifPresent(directory -> browser.keep(directory.resolve(name)));
    }
}
