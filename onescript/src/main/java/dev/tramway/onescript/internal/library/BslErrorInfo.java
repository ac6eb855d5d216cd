package dev.tramway.onescript.internal.library;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.node.ErrorTemplate;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.ScriptError;
import dev.tramway.onescript.internal.value.ScriptError.Place;
import java.util.ArrayList;
import java.util.List;

/** ИнформацияОбОшибке: of an error that is handled, or made by a script to be raised. */
public final class BslErrorInfo extends BslObject implements ErrorTemplate {
    public static final NativeType TYPE = NativeType.declare(BslErrorInfo.class, "ИнформацияОбОшибке", "ErrorInfo")
            .requires(Permission.PURE)
            .constructor(
                    Params.of(1, 2),
                    call -> new BslErrorInfo(
                            new ScriptError(call.text(0), (Throwable) null).with(call.value(1)), List.of()))
            .property("Описание", "Description", BslErrorInfo::description)
            .property("Параметры", "Parameters", self -> self.error.parameters())
            .property("ИмяМодуля", "ModuleName", self -> self.place().module())
            .property("НомерСтроки", "LineNumber", self -> (long) self.place().line())
            .property("ИсходнаяСтрока", "SourceLine", self -> self.place().sourceLine())
            .property("Причина", "Cause", BslErrorInfo::cause)
            .function("ПолучитьСтекВызовов", "GetStackTrace", BslErrorInfo::stack)
            .function("ПодробноеОписаниеОшибки", "DetailedDescription", BslErrorInfo::detailed)
            .build();

    private static final Place NOWHERE = new Place("", "", 0, 0, "");

    private final ScriptError error;
    private final List<Place> places;

    /** The outer places are those that the error has not passed. */
    BslErrorInfo(ScriptError error, List<Place> outer) {
        this.error = error;
        this.places = new ArrayList<>(error.places());
        this.places.addAll(outer);
    }

    @Override
    public NativeType type() {
        return TYPE;
    }

    private Place place() {
        return places.isEmpty() ? NOWHERE : places.get(0);
    }

    String description() {
        return error.getMessage();
    }

    /** Returns the sentence with module and line, as ОписаниеОшибки says it. */
    String located() {
        Place place = place();
        if (place.line() == 0) {
            return description();
        }
        String line = error.isInEnglish() ? "Error in line" : "Ошибка в строке";
        String module = error.isInEnglish() ? "Module" : "Модуль";
        return "{" + module + " " + place.module() + " / " + line + ": " + place.line() + " / " + description() + "}";
    }

    String detailed() {
        String source = place().sourceLine();
        return source.isEmpty() ? located() : located() + "\n    " + source;
    }

    /** What Java code threw is the cause of the error that a script sees. */
    private Object cause() {
        Throwable cause = error.getCause();
        if (cause == null) {
            return Empty.UNDEFINED;
        }
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new BslErrorInfo(new ScriptError(text, cause.getCause()), List.of());
    }

    private Object stack() {
        return new BslStackFrames(places.stream().map(BslStackFrame::new).toList());
    }

    @Override
    public String present() {
        return located();
    }

    @Override
    public ScriptError toError() {
        return new ScriptError(description(), error.getCause()).with(error.parameters());
    }
}
