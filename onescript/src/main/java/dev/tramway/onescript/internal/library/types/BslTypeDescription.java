package dev.tramway.onescript.internal.library.types;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.bind.PrimitiveType;
import dev.tramway.onescript.internal.bind.Type;
import dev.tramway.onescript.internal.library.BslArray;
import dev.tramway.onescript.internal.value.BslDate;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.ScriptError;
import dev.tramway.onescript.internal.value.Values;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** ОписаниеТипов: which types values may have; without types, any. */
public final class BslTypeDescription extends BslObject {
    public static final NativeType TYPE = NativeType.declare(
                    BslTypeDescription.class, "ОписаниеТипов", "TypeDescription")
            .requires(Permission.PURE)
            .constructor(Params.of(0, 7), BslTypeDescription::create)
            .property("КвалификаторыЧисла", "NumberQualifiers", self -> self.number)
            .property("КвалификаторыСтроки", "StringQualifiers", self -> self.string)
            .property("КвалификаторыДаты", "DateQualifiers", self -> self.date)
            .property("КвалификаторыДвоичныхДанных", "BinaryDataQualifiers", self -> self.binary)
            .function("Типы", "Types", self -> new BslArray(self.types))
            .function(
                    "СодержитТип",
                    "ContainsType",
                    Params.of(1),
                    (self, call) -> self.types.contains(call.as(0, Type.class)))
            .function("ПривестиЗначение", "AdjustValue", Params.of(0, 1), (self, call) -> self.adjust(call.value(0)))
            .build();

    /** The description of values of any type. */
    public static final BslTypeDescription ANY = new BslTypeDescription();

    private final Set<Type> types = new LinkedHashSet<>();
    private BslQualifiers.OfNumber number = BslQualifiers.OfNumber.NONE;
    private BslQualifiers.OfString string = BslQualifiers.OfString.NONE;
    private BslQualifiers.OfDate date = BslQualifiers.OfDate.NONE;
    private BslQualifiers.OfBinary binary = BslQualifiers.OfBinary.NONE;

    private BslTypeDescription() {}

    /**
     * Новый ОписаниеТипов(Типы, Квалификаторы…), where types are names or an array; or (Описание, Добавить, Убрать,
     * Квалификаторы…). Qualifiers are known by their types, wherever they stand.
     */
    private static Object create(Call call) {
        BslTypeDescription made = new BslTypeDescription();
        Object source = call.value(0);
        if (source instanceof BslTypeDescription base) {
            made.copy(base);
            made.types.addAll(typesAt(call, 1));
            made.types.removeAll(typesAt(call, 2));
        } else {
            if (source != Empty.UNDEFINED && !isListOfTypes(source)) {
                throw Errors.badArgumentType(1);
            }
            made.types.addAll(typesAt(call, 0));
        }
        for (int i = 1; i < call.count(); i++) {
            made.qualify(call.value(i), i);
        }
        return made;
    }

    private void copy(BslTypeDescription base) {
        types.addAll(base.types);
        number = base.number;
        string = base.string;
        date = base.date;
        binary = base.binary;
    }

    private void qualify(Object qualifiers, int index) {
        switch (qualifiers) {
            case BslQualifiers.OfNumber given -> number = given;
            case BslQualifiers.OfString given -> string = given;
            case BslQualifiers.OfDate given -> date = given;
            case BslQualifiers.OfBinary given -> binary = given;
            default -> {
                if (qualifiers != Empty.UNDEFINED && !isListOfTypes(qualifiers)) {
                    throw Errors.badArgumentType(index + 1);
                }
            }
        }
    }

    private static boolean isListOfTypes(Object value) {
        return value instanceof String || value instanceof BslArray || value instanceof Type;
    }

    private static List<Type> typesAt(Call call, int index) {
        return switch (call.value(index)) {
            case String names
            when !names.isBlank() ->
                List.of(names.split(",", -1)).stream()
                        .map(name -> named(call, name.strip()))
                        .toList();
            case BslArray array ->
                array.values().stream().map(element -> element(call, element)).toList();
            case Type type -> List.of(type);
            default -> List.of();
        };
    }

    private static Type element(Call call, Object element) {
        return element instanceof Type type ? type : named(call, Values.toText(element));
    }

    private static Type named(Call call, String name) {
        Type type = call.context().engine().type(name);
        if (type == null) {
            throw Errors.unknownType(name);
        }
        return type;
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    /** Returns the value itself where it is of a type described, else what it can be made, else the default. */
    public Object adjust(Object value) {
        if (types.isEmpty()) {
            return value;
        }
        if (types.contains(PrimitiveType.of(value))) {
            return qualified(value);
        }
        return types.size() == 1 ? qualified(converted(types.iterator().next(), value)) : Empty.UNDEFINED;
    }

    private Object qualified(Object value) {
        return switch (value) {
            case String text -> string.adjust(text);
            case BslDate moment -> date.adjust(moment);
            default -> Numbers.isNumber(value) ? number.adjust(value) : value;
        };
    }

    private static Object converted(Type type, Object value) {
        if (type == PrimitiveType.STRING) {
            return Values.toText(value);
        }
        try {
            if (type == PrimitiveType.NUMBER) {
                return Values.toNumber(value);
            }
            if (type == PrimitiveType.BOOLEAN) {
                return Values.toBoolean(value);
            }
            if (type == PrimitiveType.DATE) {
                return Values.toDate(value);
            }
        } catch (ScriptError notConvertible) {
            return initial(type);
        }
        return initial(type);
    }

    private static Object initial(Type type) {
        if (type == PrimitiveType.NUMBER) {
            return 0L;
        }
        if (type == PrimitiveType.BOOLEAN) {
            return false;
        }
        if (type == PrimitiveType.DATE) {
            return BslDate.EMPTY;
        }
        return type == PrimitiveType.NULL ? Empty.NULL : Empty.UNDEFINED;
    }
}
