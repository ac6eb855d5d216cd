package dev.tramway.onescript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Messages that are written together, and what may not come before them. */
class OutputDelayTest {
    /** Longer than any test. */
    private static final Duration LONG = Duration.ofHours(1);

    private static final String PROGRAM =
            "\"\"" + Path.of(System.getProperty("java.home"), "bin", "java") + "\"\" -version";

    private final Writes output = new Writes();

    /** Every write, as text. */
    private static final class Writes extends OutputStream {
        private final BlockingQueue<String> all = new LinkedBlockingQueue<>();

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            all.add(new String(bytes, offset, count, StandardCharsets.UTF_8).replace("\r\n", "\n"));
        }

        List<String> list() {
            return List.copyOf(all);
        }
    }

    private ScriptEngine.Builder engine(Duration delay) {
        return ScriptEngine.builder().output(output).outputDelay(delay);
    }

    private void run(Duration delay, String script) throws InterruptedException {
        engine(delay).build().compile(script, "test").run();
    }

    @Test
    void withoutADelayEveryMessageIsWritten() throws InterruptedException {
        run(Duration.ZERO, "Сообщить(1); Сообщить(2); Сообщить(3);");
        assertThat(output.list()).containsExactly("1\n", "2\n", "3\n");
    }

    @Test
    void theFirstIsWrittenAtOnceAndTheOthersTogetherAtTheEnd() throws InterruptedException {
        run(LONG, "Сообщить(1); Сообщить(2); Консоль.Вывести(\"три\"); Консоль.ВывестиСтроку(\"!\");");
        assertThat(output.list()).containsExactly("1\n", "2\nтри!\n");
    }

    @Test
    void manyAreWrittenAsSoonAsTheyFillABuffer() throws InterruptedException {
        run(LONG, "Для Сч = 10001 По 19999 Цикл Сообщить(Сч); КонецЦикла;");
        StringBuilder expected = new StringBuilder();
        for (int i = 10_001; i <= 19_999; i++) {
            expected.append(i).append('\n');
        }
        assertThat(String.join("", output.list())).isEqualTo(expected.toString());
        assertThat(output.list()).hasSizeLessThan(12);
    }

    @Test
    void whatIsLargerThanTheBufferKeepsItsPlace() throws InterruptedException {
        run(LONG, "Сообщить(1); Сообщить(2); Консоль.Вывести(СтрСоединить(Новый Массив(10001), \"-\")); Сообщить(3);");
        assertThat(String.join("", output.list())).isEqualTo("1\n2\n" + "-".repeat(10_000) + "3\n");
    }

    @Test
    void whileAScriptGoesOnTheyAreWrittenAfterTheDelay() throws InterruptedException {
        assertThat(writtenWhileRunning(Duration.ofMillis(1), engine -> {})).isEqualTo("1\n2\n");
    }

    @Test
    void whileAScriptGoesOnTheyAreWrittenWhenItsHostAsks() throws InterruptedException {
        assertThat(writtenWhileRunning(LONG, ScriptEngine::flushOutput)).isEqualTo("1\n2\n");
    }

    private String writtenWhileRunning(Duration delay, Consumer<ScriptEngine> asking) throws InterruptedException {
        ScriptEngine engine = engine(delay).build();
        Script script = engine.compile("Сообщить(1); Сообщить(2); Приостановить(60000);", "test");
        Thread running = Thread.ofPlatform().start(() -> {
            try {
                script.run();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        StringBuilder written = new StringBuilder();
        while (written.length() < 4 && running.isAlive()) {
            asking.accept(engine);
            written.append(Objects.requireNonNullElse(output.all.poll(1, TimeUnit.MILLISECONDS), ""));
        }
        running.interrupt();
        running.join();
        return written.toString();
    }

    @Test
    void aProgramThatIsStartedComesBehind() throws InterruptedException {
        run(
                LONG,
                "Сообщить(1); Сообщить(2); П = СоздатьПроцесс(\"" + PROGRAM + "\", , Истина); П.Запустить();"
                        + " П.ОжидатьЗавершения(); Сообщить(3);");
        assertThat(output.list()).containsExactly("1\n", "2\n", "3\n");
    }

    @Test
    void itDoesAlsoWhileMessagesGoElsewhere() throws InterruptedException {
        run(
                LONG,
                "Было = Консоль.ОткрытьСтандартныйПотокВывода(); Сообщить(1); Сообщить(2);"
                        + " Консоль.УстановитьПотокВывода(Новый ПотокВПамяти); П = СоздатьПроцесс(\"" + PROGRAM
                        + "\", , Истина); П.Запустить(); П.ОжидатьЗавершения();"
                        + " Консоль.УстановитьПотокВывода(Было); Сообщить(3);");
        assertThat(output.list()).containsExactly("1\n", "2\n", "3\n");
    }

    @Test
    void anErrorOutputComesBehind() throws InterruptedException {
        engine(LONG)
                .errorOutput(output)
                .build()
                .compile(
                        "Сообщить(1); Сообщить(2); П = Консоль.ОткрытьСтандартныйПотокОшибок();"
                                + " П.Записать(ПолучитьБуферДвоичныхДанныхИзСтроки(\"ой\"), 0, 4); П.Закрыть();",
                        "test")
                .run();
        assertThat(output.list()).containsExactly("1\n", "2\n", "ой");
    }

    @Test
    void aStreamOverTheOutputIsWrittenWithoutBeingClosed() throws InterruptedException {
        run(
                LONG,
                "П = Консоль.ОткрытьСтандартныйПотокВывода();"
                        + " П.Записать(ПолучитьБуферДвоичныхДанныхИзСтроки(\"раз\"), 0, 6); Сообщить(2);");
        assertThat(output.list()).containsExactly("раз", "2\n");
    }

    @Test
    void theEndOfACallWritesWhatItKept() throws InterruptedException {
        Instance instance = engine(LONG)
                .build()
                .compile("Процедура Сказать() Экспорт Сообщить(1); Сообщить(2); КонецПроцедуры", "test")
                .start(Duration.ofSeconds(20));
        instance.call("Сказать", Duration.ofSeconds(20));
        assertThat(output.list()).containsExactly("1\n", "2\n");
    }

    @Test
    void anOutputThatFailsIsAnErrorOfTheScript() {
        ScriptEngine engine = ScriptEngine.builder()
                .output(new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        throw new IOException("no room");
                    }
                })
                .outputDelay(LONG)
                .build();
        assertThatThrownBy(() -> engine.compile("Сообщить(1);", "test").run())
                .hasStackTraceContaining("no room")
                .isInstanceOfAny(ScriptException.class, UncheckedIOException.class);
    }

    @Test
    void aDelayIsNotNegative() {
        assertThatThrownBy(() -> engine(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("outputDelay: PT-0.000000001S (expected: zero or more)");
    }
}
