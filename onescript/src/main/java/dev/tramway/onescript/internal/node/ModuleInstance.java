package dev.tramway.onescript.internal.node;

import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Values;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object whose class is a module. What one thread assigns to its variables, with all that happened before, others see when they
 * read them: documented scripts wait for variables that event handlers change.
 */
public final class ModuleInstance extends BslObject {
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(Object[].class);

    private static final String PRESENTATION = "обработкаполученияпредставления";

    private final ScriptClass type;
    private final Object[] variables;
    private final List<Object> injected;

    /** Makes an instance, whose body has not run yet. */
    public ModuleInstance(ScriptClass type, List<Object> injected) {
        this.type = type;
        this.injected = injected;
        this.variables = new Object[type.module().variables().size()];
        Arrays.fill(variables, Empty.UNDEFINED);
    }

    @Override
    public ScriptClass type() {
        return type;
    }

    /** Runs the body of the module. */
    public void runBody(Execution execution) {
        type.runBody(this, execution);
    }

    Object variable(int index) {
        return ELEMENT.getAcquire(variables, index);
    }

    void variable(int index, Object value) {
        ELEMENT.setRelease(variables, index, value);
    }

    /** Says what the module's own ОбработкаПолученияПредставления does, if it has one: text, and whether that stands. */
    @Override
    public String present() {
        ScriptMethod custom = type.ownMethod(PRESENTATION);
        Execution running = Execution.current();
        if (custom == null || running == null) {
            return super.present();
        }
        References.OfValue text = new References.OfValue(super.present());
        References.OfValue standard = new References.OfValue(true);
        custom.invoke(this, new Call(running, new Object[] {text, standard}));
        return Boolean.FALSE.equals(standard.get()) ? Values.toText(text.get()) : super.present();
    }

    Object injected(int index) {
        return injected.get(index);
    }

    @Override
    public @Nullable Object dynamic(String key) {
        int index = type.injected().indexOf(key);
        return index < 0 ? null : injected.get(index);
    }
}
