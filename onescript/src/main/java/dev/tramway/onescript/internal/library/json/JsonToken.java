package dev.tramway.onescript.internal.library.json;

import dev.tramway.onescript.internal.bind.Enumeration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What JSON text is made of; scripts know the kinds as ТипЗначенияJSON. */
enum JsonToken {
    NONE("Ничего", "None"),
    NULL("Null", "Null"),
    BOOLEAN("Булево", "Boolean"),
    NUMBER("Число", "Number"),
    STRING("Строка", "String"),
    NAME("ИмяСвойства", "PropertyName"),
    ARRAY_START("НачалоМассива", "ArrayStart"),
    ARRAY_END("КонецМассива", "ArrayEnd"),
    OBJECT_START("НачалоОбъекта", "ObjectStart"),
    OBJECT_END("КонецОбъекта", "ObjectEnd"),
    COMMENT("Комментарий", "Comment");

    static final Enumeration TYPE = new Enumeration("ТипЗначенияJSON", "JSONValueType");

    private static final Map<JsonToken, Enumeration.Value> VALUES = new EnumMap<>(JsonToken.class);

    static {
        for (JsonToken token : values()) {
            VALUES.put(token, TYPE.value(token.russian, token.english));
        }
    }

    private final String russian;
    private final String english;

    JsonToken(String russian, String english) {
        this.russian = russian;
        this.english = english;
    }

    /** Returns the value of ТипЗначенияJSON. */
    Enumeration.Value value() {
        return Objects.requireNonNull(VALUES.get(this));
    }

    boolean isStart() {
        return this == ARRAY_START || this == OBJECT_START;
    }

    boolean isEnd() {
        return this == ARRAY_END || this == OBJECT_END;
    }
}
