package dev.tramway.onescript.internal.compile;

import dev.tramway.onescript.internal.bind.Function;
import dev.tramway.onescript.internal.bind.Library;
import dev.tramway.onescript.internal.node.Calls;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What modules may name without declaring it. All keys are in lower case. */
public interface Environment {
    @Nullable
    Function function(String key);

    Library.@Nullable Global global(String key);

    /** Finds a module of a library, which is a global value. */
    @Nullable
    Object module(String key);

    /** Returns the symbols that #Если knows as defined. */
    Set<String> symbols();

    /** Returns what makes values of types known at run time only. */
    Calls.NewByName.Creator creator();
}
