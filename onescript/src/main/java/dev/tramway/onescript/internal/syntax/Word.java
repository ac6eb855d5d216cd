package dev.tramway.onescript.internal.syntax;

import dev.tramway.onescript.internal.value.Names;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reserved words. */
public enum Word {
    IF("Если", "If"),
    THEN("Тогда", "Then"),
    ELSE("Иначе", "Else"),
    ELSE_IF("ИначеЕсли", "ElsIf"),
    END_IF("КонецЕсли", "EndIf"),
    VAR("Перем", "Var"),
    VAL("Знач", "Val"),
    PROCEDURE("Процедура", "Procedure"),
    END_PROCEDURE("КонецПроцедуры", "EndProcedure"),
    FUNCTION("Функция", "Function"),
    END_FUNCTION("КонецФункции", "EndFunction"),
    FOR("Для", "For"),
    EACH("Каждого", "Each"),
    IN("Из", "In"),
    TO("По", "To"),
    WHILE("Пока", "While"),
    DO("Цикл", "Do"),
    END_DO("КонецЦикла", "EndDo"),
    RETURN("Возврат", "Return"),
    CONTINUE("Продолжить", "Continue"),
    BREAK("Прервать", "Break"),
    TRY("Попытка", "Try"),
    EXCEPT("Исключение", "Except"),
    END_TRY("КонецПопытки", "EndTry"),
    EXECUTE("Выполнить", "Execute"),
    RAISE("ВызватьИсключение", "Raise"),
    NEW("Новый", "New"),
    EXPORT("Экспорт", "Export"),
    AND("И", "And"),
    OR("Или", "Or"),
    NOT("Не", "Not"),
    ADD_HANDLER("ДобавитьОбработчик", "AddHandler"),
    REMOVE_HANDLER("УдалитьОбработчик", "RemoveHandler"),
    TRUE("Истина", "True"),
    FALSE("Ложь", "False"),
    UNDEFINED("Неопределено", "Undefined"),
    NULL("Null", "Null");

    private static final Map<String, Word> BY_NAME = new HashMap<>();

    static {
        for (Word word : values()) {
            BY_NAME.put(Names.key(word.russian), word);
            BY_NAME.put(Names.key(word.english), word);
        }
    }

    private final String russian;
    private final String english;

    Word(String russian, String english) {
        this.russian = russian;
        this.english = english;
    }

    static @Nullable Word of(String key) {
        return BY_NAME.get(key);
    }

    public String in(boolean inEnglish) {
        return inEnglish ? english : russian;
    }
}
