package dev.tramway.onescript.internal.node;

import dev.tramway.onescript.internal.value.ScriptError;

/** A value that ВызватьИсключение makes an error of. */
public interface ErrorTemplate {
    ScriptError toError();
}
