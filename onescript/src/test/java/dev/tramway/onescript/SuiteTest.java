package dev.tramway.onescript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The test runner written in OneScript, with tests written in OneScript. */
class SuiteTest {
    private static final Path RUNNER =
            Path.of("..", "examples", "scripts", "testrunner.os").toAbsolutePath();

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    private static String resource(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(SuiteTest.class.getResource(name)).toURI())
                .toString();
    }

    private int runner(String... arguments) throws InterruptedException {
        output.reset();
        return ScriptEngine.builder()
                .output(output)
                .arguments(arguments)
                .build()
                .load(RUNNER)
                .run();
    }

    private List<String> lines() {
        return output.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void ourOwnTestsPass() throws Exception {
        int code = runner("-runall", resource("suite"));
        assertThat(code).as(() -> String.join("\n", lines())).isZero();
        assertThat(lines())
                .contains("Файл json.os", "Файл language.os", "Файл test-regex.os")
                .doesNotContain("Файл помощник.os")
                .endsWith("Прошло: 8, не реализовано: 0, с ошибкой: 0");
    }

    @Test
    void whatFailsIsToldWithItsPlace() throws Exception {
        assertThat(runner("-run", resource("failing.os"))).isEqualTo(3);
        assertThat(lines())
                .contains("Прошел: Проходит", "Ошибка: НеПроходит", "Не реализован: НетТакого")
                .endsWith("Прошло: 1, не реализовано: 1, с ошибкой: 1")
                .anySatisfy(line -> assertThat(line).contains("failing.os", "15", "так и задумано"));
    }

    @Test
    void oneTestIsChosenByNameOrNumber() throws Exception {
        assertThat(runner("-run", resource("failing.os"), "проходит")).isZero();
        assertThat(lines()).endsWith("Прошло: 1, не реализовано: 0, с ошибкой: 0");
        assertThat(runner("-run", resource("failing.os"), "2")).isEqualTo(2);
        assertThat(lines()).endsWith("Прошло: 0, не реализовано: 1, с ошибкой: 0");
    }

    @Test
    void testsAreShown() throws Exception {
        assertThat(runner("-show", resource("failing.os"))).isZero();
        assertThat(lines()).containsExactly("Файл failing.os", "0 Проходит", "1 НеПроходит", "2 НетТакого");
    }

    @Test
    void wrongArgumentsAreRefused() throws Exception {
        assertThat(runner("-walk", "x")).isEqualTo(1);
        assertThat(lines()).singleElement().asString().startsWith("Укажите -run");
    }

    @Test
    void aFileWithAnErrorDoesNotPass() throws Exception {
        assertThat(runner("-run", resource("suite/вложенные/помощник.os"))).isEqualTo(3);
        assertThat(lines()).contains("Ошибка: помощник.os");
    }
}
