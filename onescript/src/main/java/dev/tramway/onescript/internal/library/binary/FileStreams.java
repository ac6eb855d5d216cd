package dev.tramway.onescript.internal.library.binary;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.BslObject;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.bind.NativeType;
import dev.tramway.onescript.internal.bind.Params;
import dev.tramway.onescript.internal.library.file.FileNames;
import java.nio.file.Files;
import java.nio.file.Path;

/** МенеджерФайловыхПотоков: the common ways to open a file. */
final class FileStreams extends BslObject {
    static final NativeType TYPE = NativeType.declare(
                    FileStreams.class, "МенеджерФайловыхПотоков", "FileStreamsManager")
            .requires(Permission.PURE)
            .function("Открыть", "Open", Params.of(2, 4), (self, call) -> BslFileStream.create(call))
            .requires(Permission.READ_FILES)
            .function("ОткрытьДляЧтения", "OpenForRead", Params.of(1), open(BslFileStream.OPEN, BslFileStream.READ))
            .requires(Permission.WRITE_FILES)
            .function(
                    "ОткрытьДляДописывания",
                    "OpenForAppend",
                    Params.of(1),
                    open(BslFileStream.APPEND, BslFileStream.WRITE))
            .function(
                    "ОткрытьДляЗаписи",
                    "OpenForWrite",
                    Params.of(1),
                    open(BslFileStream.OPEN_OR_CREATE, BslFileStream.WRITE))
            .function("Создать", "Create", Params.of(1, 2), open(BslFileStream.CREATE, BslFileStream.BOTH))
            .function("СоздатьВременныйФайл", "CreateTempFile", Params.of(0, 2), (self, call) -> temporary(call))
            .build();

    static final FileStreams INSTANCE = new FileStreams();

    private FileStreams() {}

    private static NativeType.FunctionBody<FileStreams> open(Enumeration.Value mode, Enumeration.Value access) {
        return (self, call) -> BslFileStream.open(call.context(), call.text(0), mode, access);
    }

    /** The limit of memory and the size of the buffer that scripts may give are hints, which are not needed. */
    private static Object temporary(Call call) {
        Path directory = FileNames.writable(call.context(), System.getProperty("java.io.tmpdir"));
        Path file = FileNames.io(() -> Files.createTempFile(directory, "", ".tmp"));
        return BslFileStream.open(call.context(), file.toString(), BslFileStream.CREATE, BslFileStream.BOTH);
    }

    @Override
    public NativeType type() {
        return TYPE;
    }
}
