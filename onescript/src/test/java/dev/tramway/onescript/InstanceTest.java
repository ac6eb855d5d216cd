package dev.tramway.onescript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Java code calls what a script exports. */
class InstanceTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    private Instance start(String text) throws InterruptedException {
        return ScriptEngine.builder()
                .output(output)
                .maxStepsPerEvent(200_000)
                .build()
                .compile(text, "test")
                .start(LONG);
    }

    private List<String> said() {
        return output.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void variablesAreKeptFromCallToCall() throws Exception {
        Instance instance = start("""
                Перем Всего;
                Процедура Прибавить(Число) Экспорт
                	Всего = Всего + Число;
                	Сообщить(Всего);
                КонецПроцедуры
                Всего = 10;
                """);
        instance.call("прибавить", LONG, 1);
        instance.call("Прибавить", LONG, 2.5);
        assertThat(said()).containsExactly("11", "13.5");
    }

    @Test
    void valuesAreThoseOfTheLanguage() throws Exception {
        Instance instance = start("""
                Процедура Получить(Данные) Экспорт
                	Для Каждого Значение Из Данные.Все Цикл
                		Сообщить(ТипЗнч(Значение));
                	КонецЦикла;
                	Сообщить(Данные.Имя);
                КонецПроцедуры
                """);
        instance.call(
                "Получить",
                LONG,
                Map.of(
                        "Имя",
                        "насос",
                        "Все",
                        List.of("a", true, 1L, Instant.EPOCH, new byte[1], List.of(), Map.of(), Optional.empty())));
        assertThat(said())
                .containsExactly(
                        "Строка",
                        "Булево",
                        "Число",
                        "Дата",
                        "ДвоичныеДанные",
                        "Массив",
                        "Структура",
                        "Неопределено",
                        "насос");
        assertThatThrownBy(() -> instance.call("Получить", LONG, new Object()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eachCallHasItsOwnSteps() throws Exception {
        Instance instance = start("""
                Процедура Работать(Без_Конца) Экспорт
                	Для Сч = 1 По 100000 Цикл КонецЦикла;
                	Пока Без_Конца Цикл КонецЦикла;
                	Сообщить("готово");
                КонецПроцедуры
                """);
        for (int i = 0; i < 5; i++) {
            instance.call("Работать", LONG, false);
        }
        assertThatThrownBy(() -> instance.call("Работать", LONG, true))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("предел числа шагов");
        instance.call("Работать", LONG, false);
        assertThat(said()).hasSize(6);
    }

    @Test
    void aCallThatTakesTooLongIsEnded() throws Exception {
        Instance instance = start("Процедура Ждать() Экспорт Приостановить(600000); КонецПроцедуры");
        assertThatThrownBy(() -> instance.call("Ждать", Duration.ofMillis(50)))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("предел времени");
    }

    @Test
    void whatIsNotExportedCannotBeCalled() throws Exception {
        Instance instance = start("Процедура Своя() КонецПроцедуры");
        assertThatThrownBy(() -> instance.call("Своя", LONG)).isInstanceOf(ScriptException.class);
        assertThatThrownBy(() -> instance.call("Чужая", LONG)).isInstanceOf(ScriptException.class);
    }
}
