package dev.tramway.server.internal.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.Select;

/** Headless Chromium as Debian has it. For one thread. */
final class Browser implements AutoCloseable {
    /** Size of its window unless told otherwise. */
    static final Dimension DESKTOP = new Dimension(1440, 1000);

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Opens one; where there is none, the test is skipped. */
    static Browser open() {
        return openWith();
    }

    /** Opens one that trusts a certificate, as if it had been imported. */
    static Browser open(X509Certificate trusted) {
        return openWith("--ignore-certificate-errors-spki-list=" + keyHash(trusted));
    }

    private static String keyHash(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(certificate.getPublicKey().getEncoded());
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Browser openWith(String... more) {
        Path chromium = installed("chromium", "chromium-browser", "google-chrome");
        Path chromedriver = installed("chromedriver");
        assumeTrue(chromium != null && chromedriver != null, "no Chromium with its driver here");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(String.valueOf(chromium));
        options.addArguments(
                "--headless=new",
                "--no-sandbox", // the sandbox needs rights that a container has not
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--force-prefers-reduced-motion", // what fades in has no text at first
                "--force-device-scale-factor=1",
                "--lang=en-GB");
        options.addArguments(more);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        System.setProperty("webdriver.chrome.driver", String.valueOf(chromedriver)); // else it looks for one in the net
        ChromeDriver driver = new ChromeDriver(options);
        driver.manage().timeouts().pageLoadTimeout(LIMIT).scriptTimeout(LIMIT);
        driver.manage().window().setSize(DESKTOP);
        return new Browser(driver);
    }

    private static @Nullable Path installed(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of("/usr/bin", "/usr/local/bin").map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    ChromeDriver driver() {
        return driver;
    }

    /** Shows a view of the page. */
    void show(ApiServer api, String view) {
        show(api.address().getPort(), view);
    }

    /** Shows a view of the page at a port. */
    void show(int port, String view) {
        show("http://127.0.0.1:" + port + "/", view);
    }

    /** Shows a view of the page at an address. */
    void show(String page, String view) {
        if (!String.valueOf(driver.getCurrentUrl()).startsWith(page)) {
            driver.get(page);
        }
        driver.executeScript("location.hash = '#/' + arguments[0]", view);
        until(
                "the page",
                () -> Boolean.TRUE.equals(driver.executeScript("return document.querySelector('main h1') !== null")));
    }

    /** A site of another origin: the same server under its other name. */
    void foreign(ApiServer other) {
        driver.get("http://localhost:" + other.address().getPort() + "/icon.svg");
    }

    void blank() {
        driver.get("about:blank");
        driver.manage().logs().get(LogType.BROWSER);
    }

    /** Waits until something holds; an element that was replaced meanwhile is looked for again. */
    void until(String what, BooleanSupplier holds) {
        await(what)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .ignoreException(StaleElementReferenceException.class)
                .ignoreException(org.openqa.selenium.NoSuchElementException.class)
                .until(holds::getAsBoolean);
    }

    /** The only element that fits. */
    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** Text that is shown. */
    String text(String css) {
        return find(css).getText();
    }

    String attribute(String css, String name) {
        return String.valueOf(find(css).getDomAttribute(name));
    }

    /** Chooses an option by its text. */
    void choose(String css, String option) {
        new Select(find(css)).selectByVisibleText(option);
    }

    void press(Keys key) {
        new org.openqa.selenium.interactions.Actions(driver).sendKeys(key).perform();
    }

    WebElement active() {
        return driver.switchTo().activeElement();
    }

    void focus(String css) {
        driver.executeScript("document.querySelector(arguments[0]).focus({ focusVisible: true })", css);
    }

    /** Sets the size of the window. */
    void size(Dimension size) {
        driver.manage().window().setSize(size);
    }

    /** Runs a script of the test's own. */
    @Nullable
    Object script(String script) {
        return driver.executeScript(script);
    }

    /** Runs a script that calls {@code done(value)} at its end. */
    @Nullable
    Object later(String script) {
        return driver.executeAsyncScript("const done = arguments[arguments.length - 1];" + script);
    }

    /** Nothing was refused by the content security policy, and no script has failed. */
    void assertNoErrors() {
        assertThat(driver.manage().logs().get(LogType.BROWSER).getAll())
                .filteredOn(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .isEmpty();
    }

    /** Keeps what is shown as a picture. */
    void keep(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
