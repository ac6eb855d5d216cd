package dev.tramway.server.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.Certificates;
import dev.tramway.Credentials;
import dev.tramway.frames.Direction;
import dev.tramway.server.internal.telemetry.Event;
import dev.tramway.server.internal.telemetry.Nodes;
import dev.tramway.server.internal.telemetry.Nodes.Figures;
import dev.tramway.server.internal.telemetry.Nodes.NodeView;
import dev.tramway.server.internal.telemetry.Views.DeviceState;
import dev.tramway.server.internal.telemetry.Views.QuarantineView;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The page in a browser. Skipped where there is none. */
class PageTest {
    private static final Credentials CREDENTIALS =
            Certificates.server("127.0.0.1").make();
    private static Browser browser;

    private final SampleTelemetry telemetry = new SampleTelemetry();
    private ApiServer api;

    @BeforeAll
    static void openBrowser() {
        browser = Browser.open(CREDENTIALS.certificate());
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void start() {
        api = start(Optional.empty(), Optional.empty());
    }

    private ApiServer start(Optional<String> token, Optional<Credentials> credentials) {
        return ApiServer.start(
                new ApiServer.Door("127.0.0.1", 0, List.of(), token, credentials), telemetry, ApiServer.Inside.NOTHING);
    }

    @AfterEach
    void stop() {
        browser.blank();
        api.close();
    }

    private void show(String view) {
        browser.show(api, view);
    }

    @Test
    void theOverviewShowsListenersAndPlotsThatMove() {
        show("");
        browser.until("live", () -> browser.text("#link").equals("live"));
        browser.until("the listener", () -> browser.text("main table").contains("plant"));
        browser.until("devices", () -> browser.text(".figures").contains("1 of 2"));
        assertThat(browser.all(".plot canvas")).hasSize(4);
        browser.until(
                "a plot with a description",
                () -> browser.attribute(".plot .area", "aria-label").startsWith("Messages: received"));
        browser.assertNoErrors();
    }

    @Test
    void devicesAreFoundByTypingAndByState() {
        show("devices");
        browser.until("both", () -> browser.text("main tbody").contains("12.5 m"));
        assertThat(browser.all("main tbody tr")).hasSize(2);
        assertThat(browser.text("main tbody")).contains("pump-house", "pump-2/level/surface", "12.5 m");
        browser.find("#search").sendKeys("well");
        browser.until("one", () -> browser.all("main tbody tr").size() == 1);
        browser.find("#search").sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        browser.find("fieldset.choice label:nth-of-type(2)").click();
        browser.until(
                "the one that is online",
                () -> browser.text("main tbody").contains("pump-house")
                        && browser.all("main tbody tr").size() == 1);
        browser.assertNoErrors();
    }

    @Test
    void aCommandIsSentWithItsArgumentsAndFollowed() {
        show("devices/pump-house");
        browser.until(
                "the form", () -> browser.all("select[name=command] option").size() > 3);
        browser.choose("select[name=command]", "relay");
        browser.find("input[name=relay]").sendKeys("100");
        browser.find("input[name=operation]").sendKeys("1");
        WebElement send = browser.find("form button.main");
        send.click();
        assertThat(telemetry.newest(10)).as("100 is more than there are relays").isEmpty();
        browser.find("input[name=relay]").sendKeys(Keys.BACK_SPACE, Keys.BACK_SPACE);
        send.click();
        browser.until("the command", () -> telemetry.newest(10).size() == 1);
        assertThat(telemetry.newest(1).getFirst().arguments()).containsEntry("relay", 1L);
        browser.until("its state", () -> browser.text("main").contains("queued"));
        browser.find("button[aria-label='Cancel relay']").click();
        browser.until(
                "the end", () -> browser.all(".steps[aria-label=cancelled]").size() == 1);
        browser.assertNoErrors();
    }

    @Test
    void aTraceShowsBytesBesideFields() {
        show("devices/pump-house");
        browser.find("#trace").click();
        browser.until("a watcher", () -> telemetry.events().isWanted(Event.Traced.class, "pump-house"));
        telemetry
                .events()
                .tell(new Event.Traced(
                        SampleTelemetry.NOON,
                        "pump-house",
                        "plant",
                        "session-1",
                        Direction.UP,
                        "00250100000000002001100103026d00",
                        "measurement",
                        "ml 25\nvalue 12.5",
                        ""));
        browser.until("the frame", () -> browser.all("li.frame").size() == 1);
        assertThat(browser.text("li.frame .hex")).startsWith("00 25 01 00");
        assertThat(browser.text("li.frame .decoded")).contains("value 12.5");
        browser.find("#trace").click();
        browser.until("nobody watches", () -> !telemetry.events().isWanted(Event.Traced.class, "pump-house"));
        browser.assertNoErrors();
    }

    @Test
    void aQuarantinedDeviceIsAcceptedByOneClick() {
        show("waiting");
        browser.until("the badge", () -> browser.text("#waiting-count").equals("1"));
        browser.until("the device", () -> browser.text("main tbody").contains("00200999"));
        browser.find("button[aria-label='Accept 00200999']").click();
        browser.until("it is known", () -> telemetry.device("00200999").isPresent());
        browser.until("nobody waits", () -> browser.text("main").contains("Nobody waits"));
        browser.assertNoErrors();
    }

    @Test
    void alarmsAndSessionsAreShown() {
        show("alarms");
        browser.until("the alarm", () -> browser.text("main tbody").contains("no connection since 12:00"));
        show("sessions");
        browser.until("the session", () -> browser.text("main tbody").contains("127.0.0.1:40000"));
        browser.assertNoErrors();
    }

    @Test
    void serversAreShownWhereTheyAreSeveralAndWhereADeviceIs() {
        show("");
        browser.until("the listener", () -> browser.text("main table").contains("plant"));
        assertThat(browser.find("#nodes").isDisplayed()).isFalse();
        String evil = "<img src=x onerror='window.pwned = 1'>";
        NodeView east = new NodeView("1", "east", true, Optional.of(new Figures("up", 12, 4711, 5, 6, 0, 3, 0)));
        NodeView west = new NodeView("2", evil, false, Optional.empty());
        telemetry.join(new Nodes() {
            @Override
            public Status status() {
                return new Status("degraded", List.of(east, west));
            }

            @Override
            public Optional<NodeView> of(String device) {
                return device.equals("pump-house") ? Optional.of(west) : Optional.empty();
            }
        });
        show("");
        browser.until("the servers", () -> browser.text("#nodes").contains("no answer"));
        assertThat(browser.all("#nodes tbody tr")).hasSize(2);
        assertThat(browser.text("#nodes"))
                .contains("degraded", "east", "this one", "up", "12", "4.7 k", "not arrived", evil, "no answer");
        show("devices/pump-house");
        browser.until("its server", () -> browser.text("#node").equals(evil));
        show("devices/well");
        browser.until("nowhere", () -> browser.text("#node").equals("none"));
        assertNothingRan();
        browser.assertNoErrors();
    }

    /** What a device sends is shown as it is: letters. */
    @Test
    void deviceTextsAreNeverMarkup() {
        List<String> evil = List.of(
                "<script>window.pwned = 1</script>",
                "<img src=x onerror='window.pwned = 1'>",
                "\"><svg onload=window.pwned=1>",
                "javascript:window.pwned=1",
                "</title><iframe srcdoc='<script>parent.pwned=1</script>'>",
                "'-window.pwned=1-'",
                "{{constructor.constructor('window.pwned=1')()}}",
                "\u202Egnp.exe\u0000\u001b[31m");
        for (String text : evil) {
            telemetry.add(SampleTelemetry.device(text, text, DeviceState.ONLINE, text));
            telemetry.add(
                    new QuarantineView(text, text, text, text, SampleTelemetry.NOON, SampleTelemetry.NOON, 1, text));
        }
        show("devices");
        browser.until("all of them", () -> browser.all("main tbody tr").size() == 2 + evil.size());
        assertThat(browser.text("main tbody")).contains(evil.subList(0, 7));
        assertNothingRan();
        browser.all("main tbody a").get(2).click();
        browser.until(
                "its page", () -> !browser.all("select[name=command] option").isEmpty());
        assertThat(browser.text("h1")).isEqualTo(evil.getFirst());
        assertNothingRan();
        show("waiting");
        browser.until("they wait", () -> browser.all("main tbody tr").size() == 1 + evil.size());
        assertNothingRan();
        browser.assertNoErrors();
    }

    /** F67: page for page, of the devices and of those that wait. */
    @Test
    void aHundredTextsAreNeverMarkup() {
        for (String text : Payloads.ALL) {
            telemetry.add(SampleTelemetry.device(text, text, DeviceState.ONLINE, text));
            telemetry.add(
                    new QuarantineView(text, text, text, text, SampleTelemetry.NOON, SampleTelemetry.NOON, 1, text));
        }
        show("devices");
        browser.until(
                "the first page",
                () -> browser.text("main [role=status]").endsWith(" of " + (2 + Payloads.ALL.size())));
        assertNothingRan();
        browser.script("document.querySelectorAll('main .body.row button')[1].click()");
        browser.until("the next page", () -> !browser.text("main [role=status]").startsWith("1–"));
        assertNothingRan();
        show("waiting");
        browser.until("they wait", () -> browser.all("main tbody tr").size() == 1 + Payloads.ALL.size());
        assertNothingRan();
        browser.assertNoErrors();
    }

    private static void assertNothingRan() {
        assertThat(browser.script("return window.pwned === undefined && document.querySelectorAll("
                        + "'main script, main img, main iframe, main [onerror], main [onload]').length === 0"))
                .isEqualTo(true);
    }

    @Test
    void thePageIsUsedByKeysAlone() {
        show("");
        browser.until("ready", () -> browser.text("#link").equals("live"));
        browser.press(Keys.TAB);
        assertThat(browser.active().getText()).isEqualTo("Skip to content");
        browser.press(Keys.ENTER);
        assertThat(browser.active().getTagName()).isEqualTo("main");
        browser.focus("nav a[data-view=devices]");
        assertThat(browser.active().getCssValue("outline-style")).isNotEqualTo("none");
        browser.press(Keys.ENTER);
        browser.until("devices", () -> browser.text("h1").equals("Devices"));
        assertThat(browser.active().getTagName()).isEqualTo("h1");
        assertThat(browser.find("nav a[aria-current=page]").getText()).isEqualTo("Devices");
        browser.assertNoErrors();
    }

    @Test
    void everyViewHasItsLabelsAndIsNotWiderThanAPhone() {
        browser.size(new Dimension(390, 844));
        try {
            for (String view :
                    List.of("", "devices", "devices/pump-house", "sessions", "commands", "waiting", "alarms")) {
                show(view);
                browser.until("content", () -> !browser.all("main table").isEmpty());
                assertThat(browser.script("""
                        return [...document.querySelectorAll('main input, main select, button')]
                            .filter(field => !(field.labels?.length || field.getAttribute('aria-label') || field.textContent.trim()))
                            .length + [...document.querySelectorAll('table')].filter(table => !table.caption).length
                            + document.querySelectorAll('h1').length - 1""")).as(view).isEqualTo(0L);
                assertThat(browser.script("return document.documentElement.scrollWidth <= window.innerWidth"))
                        .as(view)
                        .isEqualTo(true);
            }
        } finally {
            browser.size(Browser.DESKTOP);
        }
    }

    @Test
    void coloursAreSwitchedAndKept() {
        show("");
        String before = browser.attribute("html", "data-theme");
        browser.find("#theme").click();
        String after = browser.attribute("html", "data-theme");
        assertThat(List.of(before, after)).containsExactlyInAnyOrder("light", "dark");
        show("devices");
        assertThat(browser.attribute("html", "data-theme")).isEqualTo(after);
        browser.find("#theme").click();
        browser.assertNoErrors();
    }

    @Test
    void overTlsATokenIsAskedForAndKept() {
        api.close();
        api = start(Optional.of("a long secret"), Optional.of(CREDENTIALS));
        String page = "https://127.0.0.1:" + api.address().getPort() + "/";
        browser.show(page, "devices");
        browser.until("the question", () -> browser.find("#token").isDisplayed());
        browser.find("#token").sendKeys("a guess", Keys.ENTER);
        browser.until("the answer", () -> browser.text("#login-wrong").contains("not the token"));
        browser.find("#token").sendKeys("a long secret", Keys.ENTER);
        browser.until("devices", () -> browser.all("main tbody tr").size() == 2);
        assertThat(browser.script("return document.cookie")).isEqualTo("");
        browser.show(page, "waiting");
        browser.until("no question", () -> browser.text("main tbody").contains("00200999"));
        browser.show(page, "");
        browser.until("live", () -> browser.text("#link").equals("live"));
        assertThat(browser.script("return isSecureContext")).isEqualTo(true);
    }

    /** A page of somebody else in the same browser reads nothing and changes nothing. */
    @Test
    void anotherSiteGetsNothing() {
        SampleTelemetry others = new SampleTelemetry();
        try (ApiServer foreign = ApiServer.start(
                new ApiServer.Door("127.0.0.1", 0, List.of(), Optional.empty(), Optional.empty()),
                others,
                ApiServer.Inside.NOTHING)) {
            browser.foreign(foreign);
            String target = "http://127.0.0.1:" + api.address().getPort();
            assertThat(browser.later("fetch('" + target
                            + "/api/v1/devices').then(r => r.text()).then(done, e => done('refused'))"))
                    .isEqualTo("refused");
            assertThat(
                            browser.later(
                                    "fetch('" + target
                                            + "/api/v1/devices/well/commands', { method: 'POST', mode: 'no-cors',"
                                            + " body: JSON.stringify({ command: 'versions' }) }).then(() => done('sent'), e => done('refused'))"))
                    .isIn("sent", "refused");
            assertThat(telemetry.newest(10)).isEmpty();
        }
    }

    @Test
    void focusStaysWhereItIsWhileValuesChange() {
        show("devices");
        browser.until("both", () -> browser.all("main tbody tr").size() == 2);
        browser.focus("main tbody tr:nth-child(2) a");
        telemetry.add(SampleTelemetry.device("another", "00200112", DeviceState.ONLINE, 1.0));
        browser.until("three", () -> browser.all("main tbody tr").size() == 3);
        new Actions(browser.driver()).pause(1).perform();
        assertThat(browser.script("return document.activeElement.closest('tr') !== null"))
                .isEqualTo(true);
    }
}
