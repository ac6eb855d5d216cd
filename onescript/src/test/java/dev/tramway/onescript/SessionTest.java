package dev.tramway.onescript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

/** Lines typed one after the other. */
class SessionTest {
    private final Session session =
            ScriptEngine.builder().output(new ByteArrayOutputStream()).build().session();

    @Test
    void linesKeepTheirVariables() throws InterruptedException {
        assertThat(session.execute("А = 2; Б = \"да\"")).isEmpty();
        assertThat(session.execute("А + 1")).isEqualTo("3");
        assertThat(session.execute("Для Сч = 1 По 3 Цикл А = А * 2; КонецЦикла"))
                .isEmpty();
        assertThat(session.execute("А")).isEqualTo("16");
        assertThat(session.execute("Выполнить(\"А = 5; Временная = 1\")")).isEmpty();
        assertThat(session.execute("ВРег(Б) + А")).isEqualTo("ДА5");
        assertThat(session.execute("Сообщить(А)")).isEmpty();
    }

    @Test
    void anErrorEndsItsLineOnly() throws InterruptedException {
        session.execute("А = 1");
        ScriptException error =
                catchThrowableOfType(ScriptException.class, () -> session.execute("А = 2; Б = 1 / 0; А = 3"));
        assertThat(error).hasMessage("Деление на ноль");
        assertThat(session.execute("А")).isEqualTo("2");
        assertThat(catchThrowableOfType(ScriptException.class, () -> session.execute("Если А Тогда")))
                .hasMessage("Ожидается КонецЕсли");
        assertThat(catchThrowableOfType(ScriptException.class, () -> session.execute("Неизвестная + 1")))
                .hasMessage("Неизвестный символ: Неизвестная");
    }

    @Test
    void aLineMayEndTheSession() throws InterruptedException {
        session.execute("А = 1");
        assertThat(session.exitCode()).isEmpty();
        session.execute("ЗавершитьРаботу(4)");
        assertThat(session.exitCode()).hasValue(4);
    }
}
