package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.bind.PrimitiveType;
import dev.tramway.onescript.internal.bind.Type;
import dev.tramway.onescript.internal.value.BslDate;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.Values;

/** Types and conversions. */
final class TypesLibrary {
    private TypesLibrary() {}

    static void declare(Library.Builder library) {
        library.requires(Permission.PURE)
                .function("Булево", "Boolean", Params.of(1), call -> Values.toBoolean(call.value(0)))
                .function("Число", "Number", Params.of(1), call -> Values.toNumber(call.value(0)))
                .function("Строка", "String", Params.of(1), call -> call.text(0))
                .function("Тип", "Type", Params.of(1), TypesLibrary::type)
                .function("ТипЗнч", "TypeOf", Params.of(1), call -> PrimitiveType.of(call.value(0)))
                .function("ЗначениеЗаполнено", "ValueIsFilled", Params.of(1), call -> isFilled(call.value(0)));
    }

    private static Object type(Call call) {
        Type type = call.context().engine().type(call.text(0));
        if (type == null) {
            throw Errors.unknownType(call.text(0));
        }
        return type;
    }

    static boolean isFilled(Object value) {
        return switch (value) {
            case Empty none -> false;
            case String text -> !text.isBlank();
            case BslDate date -> date.seconds() != 0;
            case BslObject object -> object.isFilled();
            default -> !Numbers.isNumber(value) || Numbers.signum(value) != 0;
        };
    }
}
