package dev.tramway.onescript.internal.library.system;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.BslMap;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Errors;
import java.util.Map;
import java.util.TreeMap;

/** Environment variables. */
final class Environment {
    static final Enumeration TARGET = new Enumeration("РасположениеПеременнойСреды", "EnvironmentVariableTarget");

    private static final Enumeration.Value PROCESS = TARGET.value("Процесс", "Process");

    static {
        TARGET.value("Пользователь", "User");
        TARGET.value("Машина", "Machine");
    }

    private Environment() {}

    static void declare(Library.Builder library) {
        library.enumeration(TARGET)
                .requires(Permission.SYSTEM)
                .function("ПеременныеСреды", "EnvironmentVariables", Params.of(0, 1), Environment::all)
                .function("ПолучитьПеременнуюСреды", "GetEnvironmentVariable", Params.of(1, 2), Environment::get)
                .procedure("УстановитьПеременнуюСреды", "SetEnvironmentVariable", Params.of(2, 3), Environment::set);
    }

    /** Returns those of the program, with what the script changed; programs that it starts get them. */
    static Map<String, String> variables(Context context) {
        return Host.of(context.engine()).variables();
    }

    /** Those of user and machine are a matter of Windows and its registry, which nothing else has. */
    private static void checkTarget(Call call, int index) {
        Enumeration.Value target = call.as(index, Enumeration.Value.class, PROCESS);
        if (!TARGET.values().contains(target)) {
            throw Errors.badArgumentType(index + 1);
        }
        if (target != PROCESS) {
            throw Errors.of(
                    "Доступны только переменные среды процесса",
                    "Only environment variables of the process are accessible");
        }
    }

    static Object all(Call call) {
        checkTarget(call, 0);
        BslMap map = new BslMap();
        new TreeMap<>(variables(call.context())).forEach((name, value) -> {
            call.context().require(Permission.SYSTEM, name);
            map.put(name, value);
        });
        return map;
    }

    static Object get(Call call) {
        String name = call.text(0);
        checkTarget(call, 1);
        call.context().require(Permission.SYSTEM, name);
        String value = variables(call.context()).get(name);
        return value == null ? Empty.UNDEFINED : value;
    }

    /** An empty value removes the variable. */
    static void set(Call call) {
        String name = call.text(0);
        String value = call.text(1);
        checkTarget(call, 2);
        if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0 || value.indexOf('\0') >= 0) {
            throw Errors.badArgument(1);
        }
        call.context().require(Permission.SYSTEM, name);
        if (value.isEmpty()) {
            variables(call.context()).remove(name);
        } else {
            variables(call.context()).put(name, value);
        }
    }
}
