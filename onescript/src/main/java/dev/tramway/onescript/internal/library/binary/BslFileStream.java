package dev.tramway.onescript.internal.library.binary;

import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Context;
import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.file.FileNames;
import dev.tramway.onescript.internal.value.Errors;
import dev.tramway.onescript.internal.value.Numbers;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** ФайловыйПоток. Whether its file may be read or written is asked when it is opened. */
public final class BslFileStream extends BslStream {
    /** РежимОткрытияФайла. */
    public static final Enumeration MODE = new Enumeration("РежимОткрытияФайла", "FileOpenMode");

    static final Enumeration.Value APPEND = MODE.value("Дописать", "Append");
    static final Enumeration.Value TRUNCATE = MODE.value("Обрезать", "Truncate");
    static final Enumeration.Value OPEN = MODE.value("Открыть", "Open");
    static final Enumeration.Value OPEN_OR_CREATE = MODE.value("ОткрытьИлиСоздать", "OpenOrCreate");
    static final Enumeration.Value CREATE = MODE.value("Создать", "Create");
    static final Enumeration.Value CREATE_NEW = MODE.value("СоздатьНовый", "CreateNew");

    /** ДоступКФайлу. */
    public static final Enumeration ACCESS = new Enumeration("ДоступКФайлу", "FileAccess");

    static final Enumeration.Value WRITE = ACCESS.value("Запись", "Write");
    static final Enumeration.Value READ = ACCESS.value("Чтение", "Read");
    static final Enumeration.Value BOTH = ACCESS.value("ЧтениеИЗапись", "ReadAndWrite");

    private static final Map<Enumeration.Value, Set<StandardOpenOption>> OPTIONS = Map.of(
            APPEND, EnumSet.of(StandardOpenOption.CREATE),
            TRUNCATE, EnumSet.of(StandardOpenOption.TRUNCATE_EXISTING),
            OPEN, EnumSet.noneOf(StandardOpenOption.class),
            OPEN_OR_CREATE, EnumSet.of(StandardOpenOption.CREATE),
            CREATE, EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING),
            CREATE_NEW, EnumSet.of(StandardOpenOption.CREATE_NEW));

    public static final NativeType TYPE = members(
                    NativeType.declare(BslFileStream.class, "ФайловыйПоток", "FileStream"))
            .constructor(Params.of(2, 4), BslFileStream::create)
            .property("ИмяФайла", "FileName", self -> self.name)
            .build();

    private final String name;

    private BslFileStream(String name, FileChannel channel, Enumeration.Value access) {
        super(new FileStorage(channel), access != WRITE, access != READ);
        this.name = name;
    }

    /** The access may be left out before the size of the buffer, which means nothing here. */
    static BslFileStream create(Call call) {
        Enumeration.Value mode = call.as(1, Enumeration.Value.class);
        boolean accessLeftOut = Numbers.isNumber(call.value(2));
        Enumeration.Value access = accessLeftOut ? BOTH : call.as(2, Enumeration.Value.class, BOTH);
        return open(call.context(), call.text(0), mode, access);
    }

    /** Opens a file, if it may be read or written as wanted. */
    static BslFileStream open(Context context, String name, Enumeration.Value mode, Enumeration.Value access) {
        Set<StandardOpenOption> known = OPTIONS.get(mode);
        if (known == null) {
            throw Errors.badArgumentType(2);
        }
        if (!ACCESS.values().contains(access)) {
            throw Errors.badArgumentType(3);
        }
        Set<OpenOption> options = new HashSet<>(known);
        Path path = FileNames.path(context.engine(), name);
        if (access != WRITE) {
            FileNames.readable(context, name);
            options.add(StandardOpenOption.READ);
        }
        if (access != READ || mode != OPEN) {
            FileNames.writable(context, name);
            options.add(StandardOpenOption.WRITE);
        }
        return FileNames.io(() -> {
            FileChannel channel = FileChannel.open(path, options);
            if (mode == APPEND) {
                channel.position(channel.size());
            }
            return new BslFileStream(name, channel, access);
        });
    }

    @Override
    public NativeType type() {
        return TYPE;
    }
}
