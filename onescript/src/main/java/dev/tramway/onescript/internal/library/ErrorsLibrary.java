package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.node.Execution;
import dev.tramway.onescript.internal.node.Frame;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.ScriptError;
import dev.tramway.onescript.internal.value.ScriptError.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an Исключение block can learn. */
final class ErrorsLibrary {
    private ErrorsLibrary() {}

    static void declare(Library.Builder library) {
        library.type(BslErrorInfo.TYPE)
                .type(BslStackFrame.TYPE)
                .type(BslStackFrames.TYPE)
                .requires(Permission.PURE)
                .function("ИнформацияОбОшибке", "ErrorInfo", Params.NONE, ErrorsLibrary::info)
                .function("ОписаниеОшибки", "ErrorDescription", Params.NONE, ErrorsLibrary::description)
                .function(
                        "КраткоеПредставлениеОшибки",
                        "BriefErrorDescription",
                        Params.of(1),
                        call -> call.as(0, BslErrorInfo.class).description())
                .function(
                        "ПодробноеПредставлениеОшибки",
                        "DetailErrorDescription",
                        Params.of(1),
                        call -> call.as(0, BslErrorInfo.class).detailed());
    }

    private static Object info(Call call) {
        BslErrorInfo info = handled(call);
        return info == null ? Empty.UNDEFINED : info;
    }

    private static Object description(Call call) {
        BslErrorInfo info = handled(call);
        return info == null ? "" : info.located();
    }

    private static @Nullable BslErrorInfo handled(Call call) {
        Frame frame = ((Execution) call.context()).top();
        ScriptError error = frame == null ? null : frame.handled();
        if (frame == null || error == null) {
            return null;
        }
        List<Place> outer = new ArrayList<>();
        for (Frame caller = frame.caller(); caller != null; caller = caller.caller()) {
            outer.add(caller.place());
        }
        return new BslErrorInfo(error, outer);
    }
}
